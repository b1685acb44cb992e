"""The legal persons of a structure as they live: what each holds, its contracts, funds and documents."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.common.models import StoredFile
from maillage.apps.structures.models import LegalEntity, Member, Site, Structure


class EntitySheet(models.Model):
    """What a legal person is for in the structure. ``is_manager``: it runs the centre (gestionnaire) and employs."""

    entity = models.OneToOneField(LegalEntity, on_delete=models.CASCADE, related_name="sheet")
    is_manager = models.BooleanField("gestionnaire de la structure", default=False)
    purpose = models.TextField("rôle dans la structure", blank=True)
    address = models.CharField("siège", max_length=250, blank=True)

    class Meta:
        verbose_name = "fiche de personne morale"
        verbose_name_plural = "fiches de personnes morales"

    def __str__(self) -> str:
        return f"{self.entity}"


class EntitySite(models.Model):
    """A place that a legal person holds; several may hold the same one."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="held_sites")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="holders")

    class Meta:
        verbose_name = "site d'une personne morale"
        verbose_name_plural = "sites des personnes morales"
        ordering = ["site", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "site"],
                name="entity_site_once",
                violation_error_message="Ce site est déjà celui de cette personne morale.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity} : {self.site}"


class EntityCommune(models.Model):
    """A commune of the territory of the structure where a legal person acts, by its code of today."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="communes")
    code = models.CharField("code INSEE de la commune", max_length=5)

    class Meta:
        verbose_name = "commune d'une personne morale"
        verbose_name_plural = "communes des personnes morales"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "code"],
                name="entity_commune_once",
                violation_error_message="Cette commune est déjà celle de cette personne morale.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Contract(models.Model):
    """What a legal person signed with those who pay or support. Its terms are those of its versions, never overwritten.

    ``entity`` is ``None`` until it is known who signs (a CPTS is funded before it exists: P-WF-7). ``dossier`` is the
    identifier of the request that it comes from, when that was filed here. ``ended_on``: it stopped before its term.
    """

    class Kind(models.TextChoices):
        ACI_MSP = "aci_msp", "ACI des MSP"
        ACI_CPTS = "aci_cpts", "ACI des CPTS"
        ACCORD_NATIONAL = "accord_national", "accord national des centres de santé"
        FIR = "fir", "convention FIR"
        AIDE = "aide", "convention d'aide ou de subvention"
        PARTENARIAT = "partenariat", "convention de partenariat"
        AUTRE = "autre", "autre contrat"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="contracts")
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, null=True, blank=True, related_name="contracts")
    kind = models.CharField("nature", max_length=16, choices=Kind)
    title = models.CharField("intitulé", max_length=200)
    reference = models.CharField("référence", max_length=80, blank=True)
    parties = models.TextField("autres parties", blank=True)
    dossier = models.UUIDField("dossier d'origine", null=True, blank=True)
    ended_on = models.DateField("arrêté le", null=True, blank=True)
    ended_reason = models.CharField("raison de l'arrêt", max_length=300, blank=True)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "contrat"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="contract_has_a_title", violation_error_message="Un contrat a un intitulé."
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_reason="") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="contract_stops_for_a_reason",
                violation_error_message="Un contrat s'arrête un jour donné, avec une raison.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContractVersion(models.Model):
    """The terms of a contract from a day on: as signed first, then by each amendment. A row is written once.

    ``None`` is « à confirmer ». ``renewal_months`` and ``notice_months``: how long a renewal lasts, how long before the
    end one says that one leaves. ``envelopes``: ``[{"annee", "objet", "montant" (text or null)}]``, the amounts of each
    year as they were agreed then (P-WF-12). A rectification mends a typing error; it is kept beside what it mends.
    """

    class Nature(models.TextChoices):
        INITIAL = "initial", "contrat d'origine"
        AVENANT = "avenant", "avenant"
        DIALOGUE = "dialogue", "enveloppes revues (dialogue de gestion)"
        RENOUVELLEMENT = "renouvellement", "renouvellement"
        RECTIFICATION = "rectification", "rectification d'une saisie"

    class Renewal(models.TextChoices):
        TACITE = "tacite", "tacite reconduction"
        EXPRES = "expres", "sur demande ou par un nouvel accord"
        AUCUN = "aucun", "aucun"

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("numéro")
    nature = models.CharField("nature", max_length=16, choices=Nature)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    signed_on = models.DateField("signé le", null=True, blank=True)
    ends_on = models.DateField("se termine le", null=True, blank=True)
    renewal = models.CharField("renouvellement", max_length=8, choices=Renewal, blank=True)
    renewal_months = models.PositiveSmallIntegerField("durée du renouvellement (mois)", null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField("préavis (mois)", null=True, blank=True)
    changes = models.TextField("ce qui change", blank=True)
    envelopes = models.JSONField("enveloppes", default=list, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("enregistrée le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "version de contrat"
        verbose_name_plural = "versions de contrats"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="contract_version_once",
                violation_error_message="Cette version du contrat existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("effective_on")),
                name="contract_version_ends_after_it_starts",
                violation_error_message="Un contrat ne se termine pas avant d'avoir pris effet.",
            ),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(nature="initial")) | (Q(number__gt=1) & ~Q(nature="initial")),
                name="contract_version_first_is_initial",
                violation_error_message="La première version est le contrat d'origine, et elle seule.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} ({self.number})"


class Fund(models.Model):
    """Money received for one purpose only (fonds dédié), held by one legal person, given by a contract when known."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="funds")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="funds")
    title = models.CharField("intitulé", max_length=200)
    purpose = models.TextField("ce que l'argent doit servir à faire", blank=True)
    use_before = models.DateField("à utiliser avant le", null=True, blank=True)
    closed_at = models.DateTimeField("fermé le", null=True, blank=True)

    class Meta:
        verbose_name = "fonds dédié"
        verbose_name_plural = "fonds dédiés"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="fund_has_a_title", violation_error_message="Un fonds a un intitulé."
            )
        ]

    def __str__(self) -> str:
        return self.title


class FundMovement(models.Model):
    """Money that enters a fund or leaves it. Cancelled, it stays in the list and no longer counts."""

    class Kind(models.TextChoices):
        RECU = "recu", "reçu"
        EMPLOI = "emploi", "employé"
        RENDU = "rendu", "rendu au financeur"

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="movements")
    kind = models.CharField("nature", max_length=8, choices=Kind)
    day = models.DateField("le")
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2)
    label = models.CharField("objet", max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "mouvement de fonds"
        verbose_name_plural = "mouvements de fonds"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="fund_movement_amount_positive",
                violation_error_message="Un mouvement a un montant au-dessus de 0 €.",
            ),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="fund_movement_has_a_label",
                violation_error_message="Un mouvement dit son objet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.label}"


class Document(models.Model):
    """A document of the structure (statutes, insurance, lease…). Its files are its versions; none is overwritten.

    ``warn_days``: how long before its expiry it is to be renewed, as its people chose.
    """

    class Category(models.TextChoices):
        STATUTS = "statuts", "statuts et règlement intérieur"
        GOUVERNANCE = "gouvernance", "assemblées et délibérations"
        CONTRAT = "contrat", "contrats et conventions"
        ASSURANCE = "assurance", "assurances"
        LOCAUX = "locaux", "locaux et baux"
        PERSONNEL = "personnel", "emplois et fiches de poste"
        FINANCES = "finances", "comptes, banque et impôts"
        INFORMATIQUE = "informatique", "informatique et données personnelles"
        QUALITE = "qualite", "qualité et sécurité"
        AUTRE = "autre", "autre"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="documents")
    entity = models.ForeignKey(LegalEntity, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents")
    category = models.CharField("catégorie", max_length=12, choices=Category)
    title = models.CharField("intitulé", max_length=200)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    warn_days = models.PositiveSmallIntegerField("prévenir avant (jours)", default=60)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "document"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="document_has_a_title",
                violation_error_message="Un document a un intitulé.",
            ),
            models.CheckConstraint(
                condition=Q(warn_days__lte=730),
                name="document_warns_two_years_ahead_at_most",
                violation_error_message="On prévient deux ans avant l'échéance au plus.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """A file of a document, the day that it bears, the day when it stops being valid (``None``: no end is known)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("numéro")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField("daté du", null=True, blank=True)
    expires_on = models.DateField("valable jusqu'au", null=True, blank=True)
    note = models.CharField("ce qui change", max_length=200, blank=True)
    at = models.DateTimeField("déposée le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "version de document"
        verbose_name_plural = "versions de documents"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="document_version_once",
                violation_error_message="Cette version du document existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(dated_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("dated_on")),
                name="document_expires_after_its_day",
                violation_error_message="Un document n'expire pas avant le jour qu'il porte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    def is_expired(self, today: datetime.date) -> bool:
        """Whether it is no longer valid on this day."""
        return self.expires_on is not None and self.expires_on < today
