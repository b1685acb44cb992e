"""The decision of the competent authority, its conditions, and what it makes recognised or agreed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.models.dossiers import Dossier
from maillage.apps.structures.models import Structure


class Decision(models.Model):
    """What was decided on a dossier, by a person or by the silence kept.

    ``body`` is the letter as it was edited (core/documents/letters.py), from ``letter_model`` (letter_sense.py);
    ``letter`` its PDF, ``signed`` the signed one.
    A decision that is ``withdrawn_at`` stays in the history; a dossier has one in force at most.

    Until it is ``notified_at`` the dossier keeps its state and who filed sees nothing of it; notified, it takes the
    dossier along its path, from ``from_state``.
    """

    class Sense(models.TextChoices):
        ACCORD = "accord", "accord"
        CONDITIONS = "conditions", "accord sous conditions"
        REFUS = "refus", "refus"
        SILENCE_ACCORD = "silence_accord", "accord par silence gardé"
        SILENCE_REFUS = "silence_refus", "refus par silence gardé"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField("numéro", max_length=30, unique=True)
    sense = models.CharField("sens", max_length=16, choices=Sense)
    motives = models.TextField("motifs", blank=True)
    appeal = models.TextField("voies de recours", blank=True)
    decided_on = models.DateField("décidé le")
    at = models.DateTimeField("enregistré le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signatory = models.CharField("signataire", max_length=200, blank=True)
    signatory_quality = models.CharField("qualité du signataire", max_length=200, blank=True)
    body = models.JSONField("lettre", default=dict, blank=True)
    letter_model = models.CharField("modèle de la lettre", max_length=60, blank=True, default="")
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField("signée le", null=True, blank=True)
    notified_at = models.DateTimeField("notifiée le", null=True, blank=True)
    notified_how = models.CharField("moyen de la notification", max_length=120, blank=True)
    copied_to = models.CharField("copie à", max_length=250, blank=True)
    from_state = models.CharField("état d'avant", max_length=30, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_reason = models.TextField("motif du retrait", blank=True)

    class Meta:
        verbose_name = "décision"
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(withdrawn_at=None),
                name="decision_in_force_once",
                violation_error_message="Ce dossier a déjà une décision.",
            ),
            models.CheckConstraint(
                condition=~Q(sense__in=["refus", "conditions"]) | ~Q(motives=""),
                name="decision_refusal_has_motives",
                violation_error_message="Un refus, ou un accord sous conditions, dit ses motifs.",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(sense__in=["silence_accord", "silence_refus"]),
                name="decision_has_an_author",
                violation_error_message="Seul le silence décide sans personne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} : {self.get_sense_display()}"


class Proposal(models.Model):
    """What the reviewer proposes to decide: the sense, the motives, the conditions, the draft of the letter.

    ``conditions``: [{"text", "due_on"}]; ``body`` as in :class:`Decision`. The authority alone reads it.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="proposal")
    verb = models.CharField("décision proposée", max_length=30)
    motives = models.TextField("motifs", blank=True)
    appeal = models.TextField("voies de recours", blank=True)
    conditions = models.JSONField("conditions", default=list, blank=True)
    body = models.JSONField("lettre", default=dict, blank=True)
    letter_model = models.CharField("modèle de la lettre", max_length=60, blank=True, default="")
    at = models.DateTimeField("enregistrée le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "proposition de décision"
        verbose_name_plural = "propositions de décision"
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb=""),
                name="proposal_says_something",
                violation_error_message="Une proposition dit quelle décision elle propose.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} : {self.verb}"


class Condition(models.Model):
    """Something that a decision asks for, to be met before a day."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField("condition", max_length=500)
    due_on = models.DateField("avant le", null=True, blank=True)
    met_on = models.DateField("remplie le", null=True, blank=True)
    note = models.TextField("note", blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "condition"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="condition_says_something",
                violation_error_message="Une condition dit ce qu'elle demande.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Recognition(models.Model):
    """A structure in the register of recognised structures, by a decision, from a day; ``until`` ends it.

    A modification writes another one, that ``replaces`` the first: the register shows both.

    FINESS numbers have their key checked: of the entité juridique (EJ) and of the établissement (ET).
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="recognitions")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="recognition")
    kind = models.CharField("nature", max_length=4, choices=Structure.Kind)
    nom = models.CharField("nom", max_length=200)
    region = models.CharField("code INSEE de la région", max_length=3)
    specialite = models.CharField("spécialité", max_length=80, blank=True)
    finess_ej = models.CharField("FINESS de l'entité juridique", max_length=9, blank=True)
    finess_et = models.CharField("FINESS de l'établissement", max_length=9, blank=True)
    since = models.DateField("reconnue depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    ended_reason = models.CharField("motif de la fin", max_length=250, blank=True)
    is_published = models.BooleanField("publiée au registre", default=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = "reconnaissance"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure"],
                condition=Q(until=None),
                name="recognition_once",
                violation_error_message="Cette structure est déjà reconnue.",
            ),
            models.UniqueConstraint(
                fields=["finess_et"],
                condition=~Q(finess_et="") & Q(until=None),
                name="recognition_finess_et_once",
                violation_error_message="Ce numéro FINESS d'établissement est déjà celui d'une structure reconnue.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="recognition_ends_after_it_starts",
                violation_error_message="Une reconnaissance ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Perimeter(models.Model):
    """A commune of a recognised structure. The database refuses two CPTS on one commune, and two ESS of one
    speciality."""

    recognition = models.ForeignKey(Recognition, on_delete=models.CASCADE, related_name="perimeter")
    kind = models.CharField("nature", max_length=4)
    specialite = models.CharField("spécialité", max_length=80, blank=True)
    commune = models.CharField("code INSEE de la commune", max_length=5)
    until = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "commune reconnue"
        verbose_name_plural = "communes reconnues"
        ordering = ["commune", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune"],
                condition=Q(kind="cpts", until=None),
                name="perimeter_one_cpts",
                violation_error_message="Une autre CPTS reconnue est déjà sur cette commune.",
            ),
            models.UniqueConstraint(
                fields=["specialite", "commune"],
                condition=Q(kind="ess", until=None),
                name="perimeter_one_ess_by_speciality",
                violation_error_message="Une autre ESS reconnue de cette spécialité est déjà sur cette commune.",
            ),
            models.UniqueConstraint(
                fields=["recognition", "commune"],
                condition=Q(until=None),
                name="perimeter_once",
                violation_error_message="Cette commune est déjà dans le périmètre.",
            ),
        ]

    def __str__(self) -> str:
        return self.commune


class Agreement(models.Model):
    """The conventional mode that a structure adhered to: ACI or accord national, never both (cds.md, ADH5)."""

    class Mode(models.TextChoices):
        ACI = "aci", "accord conventionnel interprofessionnel (ACI)"
        ACCORD = "accord_national", "accord national des centres de santé"

    structure = models.ForeignKey(Structure, on_delete=models.PROTECT, related_name="agreements")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="agreement")
    mode = models.CharField("mode", max_length=16, choices=Mode)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "adhésion"
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure"],
                condition=Q(until=None),
                name="agreement_one_mode",
                violation_error_message="Cette structure adhère déjà à l'ACI ou à l'accord national : ils s'excluent.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="agreement_ends_after_it_starts",
                violation_error_message="Une adhésion ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure} : {self.get_mode_display()}"
