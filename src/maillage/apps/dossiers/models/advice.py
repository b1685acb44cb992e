"""The avis asked of experts: several at once, each with a deadline, hidden from one another until given."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.models.dossiers import Dossier


class Consultation(models.Model):
    """A question asked of several experts at once, until who reviews closes it. Independent: an expert reads the others
    once each has given theirs, or once it is closed."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="consultations")
    question = models.TextField("question")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer_by = models.DateField("à rendre avant le")
    is_independent = models.BooleanField("avis indépendants", default=True)
    at = models.DateTimeField("demandée le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("close le", null=True, blank=True)

    class Meta:
        verbose_name = "demande d'avis"
        verbose_name_plural = "demandes d'avis"
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(question=""),
                name="consultation_asks_something",
                violation_error_message="Une demande d'avis pose une question.",
            ),
        ]

    def __str__(self) -> str:
        return self.question[:60]


class AvisRequest(models.Model):
    """The part of one expert: an organisation, or one person of it. ``sense`` is empty until the avis is given."""

    class Sense(models.TextChoices):
        FAVORABLE = "favorable", "favorable"
        RESERVE = "reserve", "favorable avec réserves"
        DEFAVORABLE = "defavorable", "défavorable"
        SANS = "sans", "ne se prononce pas"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="avis_requests"
    )
    sense = models.CharField("sens", max_length=12, choices=Sense, blank=True)
    text = models.TextField("avis", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField("rendu le", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField("relancé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("demande retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "avis demandé"
        verbose_name_plural = "avis demandés"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation"],
                condition=Q(expert=None, withdrawn_at=None),
                name="avis_asked_once_of_an_organisation",
                violation_error_message="Cet avis est déjà demandé à cette organisation.",
            ),
            models.UniqueConstraint(
                fields=["consultation", "expert"],
                condition=Q(expert__isnull=False, withdrawn_at=None),
                name="avis_asked_once_of_a_person",
                violation_error_message="Cet avis est déjà demandé à cette personne.",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None, sense="", given_by=None)
                | (Q(given_at__isnull=False, given_by__isnull=False) & ~Q(sense="")),
                name="avis_given_is_whole",
                violation_error_message="Un avis rendu dit son sens, par qui et quand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} : {self.get_sense_display() or 'attendu'}"
