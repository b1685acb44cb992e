"""A projet de santé: its roadmap, its text written by several, its versions and their signatures."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.structures.models import Member, Structure

FINGERPRINT = "^[0-9a-f]{64}$"


class Projet(models.Model):
    """A projet de santé of a structure. Its people are those of the structure's organisation.

    ``situation`` is that of the orientation it was made from (JSON of the command `orienter`), or ``{}``.
    """

    class State(models.TextChoices):
        PREPARATION = "preparation", "en préparation"
        PARTAGE = "partage", "partagé avec l'ARS et l'Assurance Maladie"
        ARCHIVE = "archive", "archivé"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="projets")
    title = models.CharField("titre", max_length=200)
    state = models.CharField("état", max_length=12, choices=State, default=State.PREPARATION)
    situation = models.JSONField("situation de l'orientation", default=dict, blank=True)
    diagnosis = models.ForeignKey(
        KeptDiagnosis, on_delete=models.PROTECT, null=True, blank=True, related_name="projets"
    )
    starts_on = models.DateField("début du projet")
    created_at = models.DateTimeField("créé le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "projet de santé"
        verbose_name_plural = "projets de santé"
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="projet_has_a_title", violation_error_message="Un projet a un titre."
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """A step of the roadmap. ``due_on`` was set by a person when ``is_set``, else it follows from the others.

    A date that ``is_imposed`` (a commission, a call for projects) does not move when another step slips.
    """

    class State(models.TextChoices):
        A_FAIRE = "a_faire", "à faire"
        EN_COURS = "en_cours", "en cours"
        FAIT = "fait", "fait"
        SANS_OBJET = "sans_objet", "sans objet"

    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField("étape", max_length=60)
    position = models.PositiveIntegerField("rang")
    state = models.CharField("état", max_length=12, choices=State, default=State.A_FAIRE)
    due_on = models.DateField("échéance", null=True, blank=True)
    is_set = models.BooleanField("échéance fixée par une personne", default=False)
    is_imposed = models.BooleanField("échéance imposée", default=False)
    done_on = models.DateField("fait le", null=True, blank=True)
    note = models.TextField("note", blank=True)
    documents = models.JSONField("documents prêts", default=list, blank=True)
    in_charge = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "étape"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet", "code"], name="step_once", violation_error_message="Cette étape existe déjà."
            ),
            models.CheckConstraint(
                condition=Q(state="fait") | Q(done_on=None),
                name="step_done_on_when_done",
                violation_error_message="Seule une étape faite a une date de fin.",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Section(models.Model):
    """A heading of the document and its rich text (see core/text). ``revision`` counts what was saved."""

    class State(models.TextChoices):
        VIDE = "vide", "vide"
        EN_COURS = "en_cours", "en cours"
        PRET = "pret", "prêt"
        A_REVOIR = "a_revoir", "à revoir"

    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField("rubrique", max_length=80)
    title = models.CharField("titre", max_length=200)
    position = models.PositiveIntegerField("rang")
    state = models.CharField("état", max_length=10, choices=State, default=State.VIDE)
    body = models.JSONField("texte")
    revision = models.PositiveIntegerField("révision", default=0)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField("prise le", null=True, blank=True)
    locked_until = models.DateTimeField("tenue jusqu'à", null=True, blank=True)
    saved_at = models.DateTimeField("enregistrée le", null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "rubrique"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet", "code"], name="section_once", violation_error_message="Cette rubrique existe déjà."
            ),
            models.CheckConstraint(
                condition=Q(locked_by=None, locked_until=None) | Q(locked_by__isnull=False, locked_until__isnull=False),
                name="section_lock_is_whole",
                violation_error_message="Une rubrique tenue dit par qui et jusqu'à quand.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SectionRevision(models.Model):
    """A section as it was saved once; numbers start at 1 and have no hole."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField("numéro")
    body = models.JSONField("texte")
    at = models.DateTimeField("enregistrée le")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("motif", max_length=120, blank=True)

    class Meta:
        verbose_name = "révision"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"],
                name="section_revision_once",
                violation_error_message="Cette révision existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


class SectionConflict(models.Model):
    """A text that could not be merged: what its author started from (``base``, a revision number) and wrote."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="conflicts")
    base = models.PositiveIntegerField("révision de départ")
    body = models.JSONField("texte")
    at = models.DateTimeField("écrit le")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField("résolu le", null=True, blank=True)

    class Meta:
        verbose_name = "texte à fusionner"
        verbose_name_plural = "textes à fusionner"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.section} ({self.base})"


class Comment(models.Model):
    """A remark on a section, or a suggestion of other words; an answer has a ``parent``."""

    class Kind(models.TextChoices):
        REMARQUE = "remarque", "remarque"
        SUGGESTION = "suggestion", "suggestion"

    class State(models.TextChoices):
        OUVERTE = "ouverte", "ouverte"
        ACCEPTEE = "acceptee", "acceptée"
        CLOSE = "close", "close"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers")
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.REMARQUE)
    state = models.CharField("état", max_length=8, choices=State, default=State.OUVERTE)
    quote = models.TextField("passage", blank=True)
    text = models.TextField("texte")
    replacement = models.TextField("texte proposé", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("écrit le")
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "commentaire"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="remarque") | ~Q(quote=""),
                name="comment_suggestion_has_a_quote",
                violation_error_message="Une suggestion dit quel passage elle remplace.",
            ),
            models.CheckConstraint(
                condition=~Q(text="", replacement=""),
                name="comment_says_something",
                violation_error_message="Un commentaire dit quelque chose.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Task(models.Model):
    """Something to do for the project, by a member, before a day."""

    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="tasks")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    title = models.CharField("à faire", max_length=200)
    in_charge = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    due_on = models.DateField("pour le", null=True, blank=True)
    created_at = models.DateTimeField("créée le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "tâche"
        ordering = ["done_at", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="task_has_a_title", violation_error_message="Une tâche dit quoi faire."
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """A line of the budget of the project for a year, in euros; ``amount`` is ``None`` when not established."""

    class Kind(models.TextChoices):
        DEPENSE = "depense", "dépense"
        RESSOURCE = "ressource", "ressource"

    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="budget_lines")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    year = models.PositiveIntegerField("année")
    label = models.CharField("libellé", max_length=200)
    envelope = models.CharField("enveloppe ou financeur", max_length=120, blank=True)
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2, null=True, blank=True)
    is_secured = models.BooleanField("acquis", default=False)
    note = models.CharField("note", max_length=250, blank=True)
    position = models.PositiveIntegerField("rang", default=0)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        ordering = ["year", "kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(label=""),
                name="budget_line_has_a_label",
                violation_error_message="Une ligne de budget a un libellé.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="budget_line_not_negative",
                violation_error_message="Un montant n'est pas négatif : la nature dit dépense ou ressource.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="budget_line_year",
                violation_error_message="Une année va de 2000 à 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.label}"


class Version(models.Model):
    """The project as it was when someone named it: nothing in it changes any more.

    ``content`` is the whole, with its figures resolved; ``fingerprint`` its SHA-256. ``asks_signatures_at`` is when the
    signatures were asked for on it; a later version asks again.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    projet = models.ForeignKey(Projet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("numéro")
    name = models.CharField("nom", max_length=120)
    content = models.JSONField("contenu")
    fingerprint = models.CharField("empreinte", max_length=64)
    at = models.DateTimeField("figée le")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asks_signatures_at = models.DateTimeField("signatures demandées le", null=True, blank=True)

    class Meta:
        verbose_name = "version"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["projet", "number"], name="version_once", violation_error_message="Cette version existe déjà."
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="version_has_a_name", violation_error_message="Une version a un nom."
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=FINGERPRINT),
                name="version_fingerprint_format",
                violation_error_message="Une version porte l'empreinte de son contenu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} — {self.name}"


class Signature(models.Model):
    """That a member signed a version: from their account with a second factor, or by a signed PDF deposited."""

    class Method(models.TextChoices):
        COMPTE = "compte", "compte et second facteur"
        PDF = "pdf", "PDF signé déposé"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="signatures")
    method = models.CharField("moyen", max_length=8, choices=Method)
    fingerprint = models.CharField("empreinte signée", max_length=64)
    file = models.UUIDField("fichier déposé", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("signée le")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "signature"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "member"],
                condition=Q(withdrawn_at=None),
                name="signature_once",
                violation_error_message="Ce membre a déjà signé cette version.",
            ),
            models.CheckConstraint(
                condition=Q(method="compte", file=None) | Q(method="pdf", file__isnull=False),
                name="signature_file_of_a_pdf",
                violation_error_message="Un PDF signé est déposé ; une signature par compte n'en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("at")),
                name="signature_withdrawn_after",
                violation_error_message="Une signature ne se retire pas avant d'être donnée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.version}"
