"""What is exchanged on a dossier: requests for missing pieces, messages, notes, visits."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.models.dossiers import Dossier


class PieceRequest(models.Model):
    """Missing pieces asked for. ``items``: [{"code", "libelle", "precision"}]; ``answer_by`` is the time limit.

    ``answered_at`` is empty while it is open; a request taken back ends at ``withdrawn_at``, the same moment.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="piece_requests")
    at = models.DateTimeField("demandées le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("message", blank=True)
    items = models.JSONField("pièces demandées")
    answer_by = models.DateField("à envoyer avant le")
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    reason = models.TextField("motif du retrait", blank=True, default="")
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "demande de pièces"
        verbose_name_plural = "demandes de pièces"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(answered_at=None),
                name="piece_request_open_once",
                violation_error_message="Des pièces sont déjà demandées pour ce dossier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} : {len(self.items)} pièces"


class Suspension(models.Model):
    """Days (of the territory) during which the legal clock of a dossier stands still."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="suspensions")
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    request = models.ForeignKey(PieceRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "suspension"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(until=None),
                name="suspension_open_once",
                violation_error_message="Le délai de ce dossier est déjà suspendu.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="suspension_ends_after_it_starts",
                violation_error_message="Une suspension ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until or '…'}"


class Message(models.Model):
    """A message between who files and who reviews; an internal note is not seen by who files."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField("écrit le")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("texte")
    is_internal = models.BooleanField("note interne", default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "message"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="message_says_something", violation_error_message="Un message a un texte."
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Seen(models.Model):
    """Until when a person has read the exchanges of a dossier, and when they last opened its first page."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("lu jusqu'au", null=True, blank=True)
    visited_at = models.DateTimeField("ouvert le", null=True, blank=True)

    class Meta:
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "user"], name="seen_once", violation_error_message="Cette lecture existe déjà."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} : {self.at}"


class Visit(models.Model):
    """A visit or a meeting about a dossier; ``report`` is written once it was held. ``guests`` have an account and are
    sent an invitation, of which ``sequence`` is the rank; ``people`` names who else comes."""

    class Kind(models.TextChoices):
        VISITE = "visite", "visite sur place"
        REUNION = "reunion", "réunion"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="visits")
    kind = models.CharField("nature", max_length=8, choices=Kind)
    at = models.DateTimeField("le")
    place = models.CharField("lieu", max_length=200, blank=True)
    minutes_long = models.PositiveIntegerField("durée (minutes)", default=60)
    people = models.TextField("avec qui", blank=True)
    guests = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    sequence = models.PositiveIntegerField("rang de l'invitation", default=0)
    report = models.TextField("compte rendu", blank=True)
    is_internal = models.BooleanField("pour l'instruction seulement", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "visite ou réunion"
        verbose_name_plural = "visites et réunions"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at}"
