"""What goes from one meeting to the next: the subjects to talk about, the decisions, what is to be done."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.apps.structures.models import Member, Structure


class Topic(models.Model):
    """A subject that waits for a meeting. « inscrit »: ``meeting`` is where it is on the agenda."""

    class State(models.TextChoices):
        EN_ATTENTE = "en_attente", "en attente"
        INSCRIT = "inscrit", "à l’ordre du jour"
        TRAITE = "traite", "traité"
        ABANDONNE = "abandonne", "abandonné"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="topics")
    meeting = models.ForeignKey(
        "activity.Meeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    title = models.CharField("sujet", max_length=200)
    words = models.TextField("précisions", blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.EN_ATTENTE)
    proposed_at = models.DateTimeField("proposé le")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "sujet à traiter"
        verbose_name_plural = "sujets à traiter"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="topic_has_a_title", violation_error_message="Un sujet a un intitulé."
            ),
            models.CheckConstraint(
                condition=~Q(state="en_attente") | Q(meeting=None),
                name="topic_waits_for_a_meeting",
                violation_error_message="Un sujet en attente n'est à l'ordre du jour d'aucune réunion.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """A decision or a task that a meeting leaves. A decision with neither owner nor day is « actée » at once."""

    class Kind(models.TextChoices):
        DECISION = "decision", "décision"
        TACHE = "tache", "tâche"

    class State(models.TextChoices):
        A_SUIVRE = "a_suivre", "à suivre"
        FAITE = "faite", "faite"
        ACTEE = "actee", "actée"
        ABANDONNEE = "abandonnee", "abandonnée"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="follow_ups")
    meeting = models.ForeignKey(
        "activity.Meeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    kind = models.CharField("nature", max_length=10, choices=Kind)
    what = models.CharField("quoi", max_length=300)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField("pour le", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.A_SUIVRE)
    created_at = models.DateTimeField("notée le")
    ended_on = models.DateField("finie le", null=True, blank=True)

    class Meta:
        verbose_name = "suite à donner"
        verbose_name_plural = "suites à donner"
        ordering = ["due_on", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="follow_up_says_something",
                violation_error_message="Une décision ou une tâche dit quoi.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["a_suivre", "actee"], ended_on=None)
                | Q(state__in=["faite", "abandonnee"], ended_on__isnull=False),
                name="follow_up_ended_on_a_day",
                violation_error_message="Une suite finie porte le jour de sa fin, une suite ouverte n'en porte pas.",
            ),
            models.CheckConstraint(
                condition=~Q(state="actee") | Q(kind="decision"),
                name="follow_up_acted_is_a_decision",
                violation_error_message="Seule une décision est actée.",
            ),
        ]

    def __str__(self) -> str:
        return self.what
