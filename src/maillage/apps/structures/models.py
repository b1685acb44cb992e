"""A structure: what it is, where, who belongs to it, under which legal forms."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.accounts.models import Organisation
from maillage.apps.structures.belonging_models import Belonging as Belonging
from maillage.apps.structures.belonging_models import DirectoryChoice as DirectoryChoice
from maillage.apps.structures.belonging_models import DuesAmount as DuesAmount
from maillage.apps.structures.belonging_models import DuesPayment as DuesPayment
from maillage.apps.structures.belonging_models import DuesReminder as DuesReminder
from maillage.apps.structures.belonging_models import DuesYear as DuesYear
from maillage.apps.structures.belonging_models import Partner as Partner
from maillage.apps.structures.belonging_models import ShareMovement as ShareMovement
from maillage.core.rules.orientation.situation import LABELS


class Structure(models.Model):
    """A team of exercice coordonné, from the idea on. Its organisation holds the roles of its people."""

    class Kind(models.TextChoices):
        ESP = "esp", "équipe de soins primaires (ESP)"
        MSP = "msp", "maison de santé pluriprofessionnelle (MSP)"
        CDS = "cds", "centre de santé (CDS)"
        ESS = "ess", "équipe de soins spécialisés (ESS)"
        CPTS = "cpts", "communauté professionnelle territoriale de santé (CPTS)"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="structure")
    kind = models.CharField("nature", max_length=4, choices=Kind)
    nom = models.CharField("nom", max_length=200)
    region = models.CharField("code INSEE de la région", max_length=3)
    specialite = models.CharField("spécialité", max_length=80, blank=True)
    created_at = models.DateTimeField("créée le")

    class Meta:
        verbose_name = "structure"
        ordering = ["nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom=""), name="structure_has_a_name", violation_error_message="Une structure a un nom."
            ),
            models.CheckConstraint(
                condition=Q(kind="ess") | Q(specialite=""),
                name="structure_speciality_of_ess",
                violation_error_message="Seule une ESS a une spécialité.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class TerritoryCommune(models.Model):
    """A commune of the territory of a structure, by its code of today."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="communes")
    code = models.CharField("code INSEE de la commune", max_length=5)
    position = models.PositiveIntegerField("rang", default=0)

    class Meta:
        verbose_name = "commune du territoire"
        verbose_name_plural = "communes du territoire"
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "code"],
                name="territory_commune_once",
                violation_error_message="Cette commune est déjà dans le territoire.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class LegalEntity(models.Model):
    """A legal person of the structure (association, SISA…): thought of, or constituted."""

    class State(models.TextChoices):
        ENVISAGEE = "envisagee", "envisagée"
        CONSTITUEE = "constituee", "constituée"

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="legal_entities")
    form = models.CharField("forme juridique", max_length=24)
    nom = models.CharField("dénomination", max_length=200, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.ENVISAGEE)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    constituted_on = models.DateField("constituée le", null=True, blank=True)

    class Meta:
        verbose_name = "personne morale"
        verbose_name_plural = "personnes morales"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="constituee") | Q(constituted_on=None),
                name="legal_entity_date_when_constituted",
                violation_error_message="Seule une personne morale constituée a une date de constitution.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom or LABELS["forme_juridique"].get(self.form, self.form)


class Site(models.Model):
    """A place where the structure receives people."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="sites")
    nom = models.CharField("nom du site", max_length=200)
    adresse = models.CharField("adresse", max_length=250, blank=True)
    commune = models.CharField("code INSEE de la commune", max_length=5)

    class Meta:
        verbose_name = "site"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nom


class OpeningHours(models.Model):
    """A span of a day of the week when a site is open; 0 is Monday."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField("jour")
    opens = models.TimeField("ouvre à")
    closes = models.TimeField("ferme à")

    class Meta:
        verbose_name = "plage d'ouverture"
        verbose_name_plural = "plages d'ouverture"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="opening_weekday", violation_error_message="Un jour va de 0 à 6."
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="opening_closes_after_it_opens",
                violation_error_message="Un site ferme après avoir ouvert.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Member(models.Model):
    """A person of the team, with or without an account. ``left_on`` ends the membership; the row stays."""

    class Mode(models.TextChoices):
        LIBERAL = "liberal", "libéral"
        SALARIE = "salarie", "salarié"
        MIXTE = "mixte", "mixte"
        REMPLACANT = "remplacant", "remplaçant"
        BENEVOLE = "benevole", "bénévole ou partenaire"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    nom = models.CharField("nom", max_length=120)
    prenom = models.CharField("prénom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    metier = models.CharField("métier", max_length=40, help_text="slug, « medecin_generaliste »")
    fonction = models.CharField("fonction dans l'équipe", max_length=120, blank=True)
    mode = models.CharField("mode d'exercice", max_length=12, choices=Mode, blank=True)
    rpps = models.CharField("identifiant RPPS", max_length=11, blank=True)
    numero_am = models.CharField("numéro d'assurance maladie", max_length=9, blank=True)
    rpps_checked_at = models.DateTimeField("trouvé dans l'annuaire le", null=True, blank=True)
    etp = models.DecimalField("équivalent temps plein", max_digits=4, decimal_places=2, null=True, blank=True)
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    commune = models.CharField("code INSEE de la commune d'exercice", max_length=5, blank=True)
    is_signatory = models.BooleanField("signe le projet de santé", default=True)
    joined_on = models.DateField("entré le")
    left_on = models.DateField("sorti le", null=True, blank=True)

    class Meta:
        verbose_name = "membre de l'équipe"
        verbose_name_plural = "membres de l'équipe"
        ordering = ["nom", "prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "rpps"],
                condition=~Q(rpps="") & Q(left_on=None),
                name="member_rpps_once",
                violation_error_message="Ce professionnel est déjà dans l'équipe.",
            ),
            models.UniqueConstraint(
                fields=["structure", "user"],
                condition=Q(user__isnull=False) & Q(left_on=None),
                name="member_user_once",
                violation_error_message="Ce compte est déjà celui d'un membre de l'équipe.",
            ),
            models.CheckConstraint(
                condition=~Q(nom=""), name="member_has_a_name", violation_error_message="Un membre a un nom."
            ),
            models.CheckConstraint(
                condition=Q(etp=None) | Q(etp__gte=0, etp__lte=2),
                name="member_etp_bounds",
                violation_error_message="Un équivalent temps plein va de 0 à 2.",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="member_leaves_after_joining",
                violation_error_message="Un membre ne sort pas avant d'être entré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}".strip()
