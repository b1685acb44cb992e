"""The shared information system of a structure and its telehealth: the tools, who uses them, counts by month."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.common.models import StoredFile
from maillage.apps.structures.models import LegalEntity, Member, Structure


class Tool(models.Model):
    """A tool that the team uses. ``label`` is that of the Agence du numérique en santé; empty is « à confirmer ».

    ``label_proof`` says where it can be checked. ``ended_on``: the team stopped using it.
    """

    class Use(models.TextChoices):
        DOSSIER = "dossier", "dossier partagé (logiciel métier)"
        MESSAGERIE = "messagerie", "messagerie sécurisée de santé"
        AGENDA = "agenda", "agenda et prise de rendez-vous"
        TELECONSULTATION = "teleconsultation", "téléconsultation"
        TELEEXPERTISE = "teleexpertise", "télé-expertise"
        COORDINATION = "coordination", "coordination et suivi de parcours"
        ORGANISATION = "organisation", "organisation de l'équipe"
        AUTRE = "autre", "autre"

    class Label(models.TextChoices):
        STANDARD = "standard", "labellisé « standard »"
        AVANCE = "avance", "labellisé « avancé »"
        AUCUN = "aucun", "sans label"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="tools")
    entity = models.ForeignKey(LegalEntity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    use = models.CharField("usage", max_length=16, choices=Use)
    product = models.CharField("produit", max_length=120)
    vendor = models.CharField("éditeur", max_length=120, blank=True)
    label = models.CharField("label", max_length=8, choices=Label, blank=True)
    label_on = models.DateField("labellisé le", null=True, blank=True)
    label_proof = models.TextField("preuve du label", blank=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    acquired_on = models.DateField("acquis le", null=True, blank=True)
    renews_on = models.DateField("à renouveler le", null=True, blank=True)
    ended_on = models.DateField("abandonné le", null=True, blank=True)
    licences = models.PositiveIntegerField("licences", null=True, blank=True)
    link = models.URLField("adresse", max_length=300, blank=True)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "outil numérique"
        verbose_name_plural = "outils numériques"
        ordering = ["product", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(product=""), name="tool_has_a_product", violation_error_message="Un outil a un nom."
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"),
                name="tool_link_is_secure",
                violation_error_message="L'adresse d'un outil commence par https://.",
            ),
            models.CheckConstraint(
                condition=Q(acquired_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("acquired_on")),
                name="tool_ends_after_it_is_acquired",
                violation_error_message="Un outil ne s'abandonne pas avant d'être acquis.",
            ),
        ]

    def __str__(self) -> str:
        return self.product


class ToolUser(models.Model):
    """A member who uses a tool."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="users")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tools")

    class Meta:
        verbose_name = "utilisateur d'un outil"
        verbose_name_plural = "utilisateurs des outils"
        ordering = ["member__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "member"],
                name="tool_user_once",
                violation_error_message="Ce membre utilise déjà cet outil.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tool} : {self.member}"


class MonthlyCount(models.Model):
    """How many acts of a kind in a month: a count, never a patient. A month without a row is not known."""

    class Kind(models.TextChoices):
        SNP = "snp", "soins non programmés"
        TELECONSULTATION = "teleconsultation", "téléconsultations"
        DEMANDEE = "demandee", "télé-expertises demandées"
        RENDUE = "rendue", "télé-expertises rendues"

    class Source(models.TextChoices):
        SAISI = "saisi", "saisi"
        IMPORTE = "importe", "importé"

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="monthly_counts")
    kind = models.CharField("nature", max_length=16, choices=Kind)
    month = models.DateField("mois")
    count = models.PositiveIntegerField("nombre")
    source = models.CharField("origine", max_length=8, choices=Source)
    at = models.DateTimeField("écrit le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "nombre du mois"
        verbose_name_plural = "nombres du mois"
        ordering = ["month", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "kind", "month"],
                name="monthly_count_once",
                violation_error_message="Ce mois a déjà un nombre.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="monthly_count_of_a_month",
                violation_error_message="Un mois est désigné par son premier jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind} : {self.count}"
