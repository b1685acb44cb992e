"""What is filed: a dossier, its answers, its documents, and each deposit as it was."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import StoredFile
from maillage.apps.projets.models import FINGERPRINT, Projet, Version
from maillage.apps.structures.models import Structure


class Counter(models.Model):
    """The last number given under a key (« dossier:53:2026 »): numbers have no hole and are given once."""

    key = models.CharField("clé", max_length=60, primary_key=True)
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "compteur"

    def __str__(self) -> str:
        return f"{self.key} : {self.last}"


class Label(models.Model):
    """A word that an authority puts on its dossiers; who files does not see it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField("étiquette", max_length=40)

    class Meta:
        verbose_name = "étiquette"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="label_once",
                violation_error_message="Cette étiquette existe déjà.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="label_has_a_name", violation_error_message="Une étiquette a un nom."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Dossier(models.Model):
    """A request to an authority. ``kind`` is the code of its definition (core/dossiers), read with ``region``.

    ``filer`` is the organisation that deposits it: that of the structure, or the collectivité that carries it.
    ``received_on`` and ``completed_on`` are days of the territory; the clock counts from one of them. ``due_on`` and
    ``suspended_since`` are what the clock says (see clocks.py), kept for lists. ``revision`` counts the writes of the
    answers, so that two authors do not erase each other: ``touched`` says at which revision each answer last changed.
    ``version`` is the version of the project to join. ``origin`` names what it was imported from.
    """

    class Phase(models.TextChoices):
        BROUILLON = "brouillon", "en préparation"
        INSTRUCTION = "instruction", "en instruction"
        ATTENTE = "attente", "en attente de pièces"
        COMMISSION = "commission", "devant la commission"
        DECISION = "decision", "à décider"
        SUIVI = "suivi", "accordé, suivi"
        CLOS = "clos", "clos"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=40, db_index=True)
    number = models.CharField("numéro", max_length=30, blank=True)
    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="dossiers")
    projet = models.ForeignKey(Projet, on_delete=models.PROTECT, null=True, blank=True, related_name="dossiers")
    filer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="filed_dossiers")
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="received_dossiers"
    )
    region = models.CharField("code INSEE de la région", max_length=3)
    departement = models.CharField("code INSEE du département", max_length=3, blank=True)
    state = models.CharField("état", max_length=30)
    phase = models.CharField("phase", max_length=12, choices=Phase, default=Phase.BROUILLON, db_index=True)
    answers = models.JSONField("réponses", default=dict, blank=True)
    revision = models.PositiveIntegerField("révision", default=0)
    touched = models.JSONField("révision de chaque réponse", default=dict, blank=True)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="joined_to_dossiers"
    )
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="held_dossiers"
    )
    labels = models.ManyToManyField(Label, related_name="dossiers", blank=True)
    created_at = models.DateTimeField("commencé le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("déposé le", null=True, blank=True)
    received_on = models.DateField("reçu le", null=True, blank=True)
    completed_on = models.DateField("complet le", null=True, blank=True)
    due_on = models.DateField("échéance légale", null=True, blank=True, db_index=True)
    suspended_since = models.DateField("délai suspendu depuis le", null=True, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    origin = models.CharField("repris de", max_length=80, blank=True)

    class Meta:
        verbose_name = "dossier"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="dossier_number_once",
                violation_error_message="Ce numéro de dossier est déjà pris.",
            ),
            models.UniqueConstraint(
                fields=["authority", "origin"],
                condition=~Q(origin=""),
                name="dossier_origin_once",
                violation_error_message="Ce dossier est déjà repris.",
            ),
            models.CheckConstraint(
                condition=Q(phase="brouillon") | Q(submitted_at__isnull=False, authority__isnull=False),
                name="dossier_filed_says_when_and_to_whom",
                violation_error_message="Un dossier déposé dit quand et à qui.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | ~Q(number=""),
                name="dossier_filed_has_a_number",
                violation_error_message="Un dossier déposé a un numéro.",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(suspended_since=None),
                name="dossier_clock_runs_or_stands",
                violation_error_message="Un délai suspendu n'a pas d'échéance.",
            ),
        ]

    def __str__(self) -> str:
        return self.number or "dossier en préparation"


class Piece(models.Model):
    """A document joined under a code of the definition; withdrawn, it stays for the deposits that it is in."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="pieces")
    code = models.CharField("pièce", max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("jointe le")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "pièce"
        ordering = ["code", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code=""), name="piece_has_a_code", violation_error_message="Une pièce dit ce qu'elle est."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.file}"


class Deposit(models.Model):
    """A dossier as it was filed once; nothing in it changes. ``content`` is the whole (answers, documents with their
    SHA-256, project), ``fingerprint`` its SHA-256, ``receipt`` the dated PDF given to who filed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="deposits")
    number = models.PositiveIntegerField("rang")
    at = models.DateTimeField("déposé le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField("contenu")
    fingerprint = models.CharField("empreinte", max_length=64)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="deposits")
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "dépôt"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"], name="deposit_once", violation_error_message="Ce dépôt existe déjà."
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=FINGERPRINT),
                name="deposit_fingerprint_format",
                violation_error_message="Un dépôt porte l'empreinte de son contenu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} ({self.number})"
