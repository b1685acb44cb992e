"""Finding a date: the days that are proposed, who is asked, what each answers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.apps.structures.models import Member, Structure


class DatePoll(models.Model):
    """A meeting whose date is not found yet. « retenu »: ``meeting`` is the one that it gave."""

    class State(models.TextChoices):
        OUVERT = "ouvert", "ouvert"
        RETENU = "retenu", "date retenue"
        ABANDONNE = "abandonne", "abandonné"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="date_polls")
    meeting = models.ForeignKey("activity.Meeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField("sujet", max_length=200)
    kind = models.CharField("nature de la réunion", max_length=16)
    minutes = models.PositiveIntegerField("durée (minutes)")
    place = models.CharField("lieu", max_length=200, blank=True)
    words = models.TextField("mot d'accompagnement", blank=True)
    answer_by = models.DateField("réponse attendue le", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.OUVERT)
    created_at = models.DateTimeField("créé le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "sondage de dates"
        verbose_name_plural = "sondages de dates"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="date_poll_has_a_title", violation_error_message="Un sondage a un sujet."
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60),
                name="date_poll_lasts",
                violation_error_message="Une réunion dure de 1 minute à 24 heures.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PollDate(models.Model):
    """A moment that is proposed."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField("début")

    class Meta:
        verbose_name = "date proposée"
        verbose_name_plural = "dates proposées"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at"],
                name="poll_date_once",
                violation_error_message="Cette date est déjà proposée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d/%m/%Y %H:%M}"


class PollVoter(models.Model):
    """Who is asked: a member, or someone from outside by name and address. Their link is signed with their key."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="voters")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    nom = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    sent_at = models.DateTimeField("lien envoyé le", null=True, blank=True)
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)

    class Meta:
        verbose_name = "personne sondée"
        verbose_name_plural = "personnes sondées"
        ordering = ["member__nom", "nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "member"],
                name="poll_voter_once",
                violation_error_message="Cette personne est déjà sondée.",
            ),
            models.CheckConstraint(
                condition=(Q(member__isnull=False, nom="") | (Q(member=None) & ~Q(nom=""))),
                name="poll_voter_is_someone",
                violation_error_message="Une personne sondée est un membre, ou porte un nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom or str(self.member)


class PollAnswer(models.Model):
    """Whether somebody can come at a moment."""

    class Choice(models.TextChoices):
        OUI = "oui", "oui"
        SI_BESOIN = "si_besoin", "si besoin"
        NON = "non", "non"

    voter = models.ForeignKey(PollVoter, on_delete=models.CASCADE, related_name="answers")
    date = models.ForeignKey(PollDate, on_delete=models.CASCADE, related_name="answers")
    choice = models.CharField("réponse", max_length=10, choices=Choice)

    class Meta:
        verbose_name = "réponse à un sondage"
        verbose_name_plural = "réponses à un sondage"
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voter", "date"],
                name="poll_answer_once",
                violation_error_message="Cette personne a déjà répondu pour cette date.",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["oui", "si_besoin", "non"]),
                name="poll_answer_known",
                violation_error_message="Une réponse est « oui », « si besoin » ou « non ».",
            ),
        ]

    def __str__(self) -> str:
        return self.get_choice_display()
