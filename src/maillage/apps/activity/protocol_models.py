"""The protocols of a structure and what their life leaves: writers, opinions, published versions, uses."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.apps.structures.models import Member, Structure
from maillage.core.activity import protocol_life


class Protocol(models.Model):
    """A pluriprofessional protocol, from the need to the withdrawal. No patient in it, only how the team works.

    ``version`` is the number of the last published version (0: none), ``round`` that of the last draft submitted to
    the members. ``theme_code`` is the theme of the agreement that ``theme`` names, if any; ``in_mission`` tells that a
    public-health mission already counts it. ``origin`` says from what it was copied: ``{"titre", "structure",
    "version", "licence"}``, or ``{}``.
    """

    class State(models.TextChoices):
        PREVU = "prevu", "prévu"
        EN_COURS = "en_cours", "en cours d'écriture"
        A_VALIDER = "a_valider", "à valider"
        APPLIQUE = "applique", "appliqué"
        RETIRE = "retire", "retiré"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="protocols")
    title = models.CharField("intitulé", max_length=200)
    theme = models.CharField("thème", max_length=120, blank=True)
    theme_code = models.CharField("thème de l'accord", max_length=60, blank=True)
    need = models.TextField("besoin", blank=True)
    content = models.TextField("ce que fait chacun", blank=True)
    metiers = models.JSONField("métiers engagés", default=list)
    pilot = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    planned_on = models.DateField("prévu pour le", null=True, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.PREVU)
    position = models.PositiveIntegerField("rang", default=0)
    version = models.PositiveIntegerField("version publiée", default=0)
    round = models.PositiveIntegerField("tour de validation", default=0)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    in_mission = models.BooleanField("compté dans une mission de santé publique", default=False)
    origin = models.JSONField("origine", default=dict, blank=True)
    retired_on = models.DateField("retiré le", null=True, blank=True)
    retired_reason = models.CharField("raison du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "protocole"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="protocol_has_a_title",
                violation_error_message="Un protocole a un intitulé.",
            ),
            models.CheckConstraint(
                condition=(Q(state="retire", retired_on__isnull=False) & ~Q(retired_reason=""))
                | (~Q(state="retire") & Q(retired_on=None, retired_reason="")),
                name="protocol_retired_for_a_reason",
                violation_error_message="Un protocole se retire un jour donné, avec une raison.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_force(self) -> bool:
        """Whether the team applies it today."""
        return protocol_life.is_in_force(self.state, self.version)

    @property
    def is_in_revision(self) -> bool:
        """Whether a version applies while the next one is written."""
        return self.is_in_force and self.state != self.State.APPLIQUE


class ProtocolWriter(models.Model):
    """A member who writes a protocol."""

    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, verbose_name="protocole", related_name="writers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, verbose_name="membre", related_name="+")

    class Meta:
        verbose_name = "rédacteur d'un protocole"
        verbose_name_plural = "rédacteurs d'un protocole"
        ordering = ["member__nom", "member__prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "member"],
                name="protocol_writer_once",
                violation_error_message="Ce membre écrit déjà ce protocole.",
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class ProtocolOpinion(models.Model):
    """What a member says of a draft: awaited, approved, or a change asked in words. ``noted_by``: who typed it."""

    class Answer(models.TextChoices):
        ATTENDU = "attendu", "avis attendu"
        APPROUVE = "approuve", "approuve"
        A_REVOIR = "a_revoir", "demande un changement"

    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, verbose_name="protocole", related_name="opinions")
    round = models.PositiveIntegerField("tour de validation")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, verbose_name="membre", related_name="+")
    answer = models.CharField("réponse", max_length=12, choices=Answer, default=Answer.ATTENDU)
    comment = models.CharField("changement demandé", max_length=1000, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="noté par",
        related_name="+",
    )

    class Meta:
        verbose_name = "avis sur un protocole"
        verbose_name_plural = "avis sur un protocole"
        ordering = ["-round", "member__nom", "member__prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "round", "member"],
                name="protocol_opinion_once",
                violation_error_message="Ce membre a déjà un avis à donner sur ce texte.",
            ),
            models.CheckConstraint(
                condition=Q(answer="attendu", answered_at=None, noted_by=None)
                | (~Q(answer="attendu") & Q(answered_at__isnull=False, noted_by__isnull=False)),
                name="protocol_opinion_is_dated",
                violation_error_message="Un avis donné porte sa date et qui l'a noté.",
            ),
            models.CheckConstraint(
                condition=~Q(answer="a_revoir") | ~Q(comment=""),
                name="protocol_opinion_says_what_to_change",
                violation_error_message="Dites ce qu'il faut changer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.get_answer_display()}"


class ProtocolVersion(models.Model):
    """A protocol as the team published it: nothing in it changes any more.

    ``content`` is what it says, ``pdf`` the document, ``fingerprint`` the SHA-256 of that document. ``shared_at`` and
    ``licence``: what the other teams of this installation may copy (its text, never the names in it).
    """

    class Licence(models.TextChoices):
        LO2 = "licence_ouverte_2", "Licence ouverte 2.0 (Etalab)"
        CC_BY = "cc_by_4", "Creative Commons Attribution 4.0"
        CC_BY_SA = "cc_by_sa_4", "Creative Commons Attribution, partage à l'identique 4.0"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, verbose_name="protocole", related_name="versions")
    number = models.PositiveIntegerField("numéro")
    applies_on = models.DateField("s'applique le")
    review_on = models.DateField("à revoir le", null=True, blank=True)
    content = models.JSONField("contenu")
    pdf = models.BinaryField("document")
    fingerprint = models.CharField("empreinte", max_length=64)
    at = models.DateTimeField("publiée le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="publiée par", related_name="+"
    )
    shared_at = models.DateTimeField("partagée le", null=True, blank=True)
    licence = models.CharField("licence", max_length=20, choices=Licence, blank=True)

    class Meta:
        verbose_name = "version d'un protocole"
        verbose_name_plural = "versions d'un protocole"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "number"],
                name="protocol_version_once",
                violation_error_message="Cette version existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"),
                name="protocol_version_fingerprint_format",
                violation_error_message="Une version scellée porte l'empreinte de son document.",
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None, licence="") | (Q(shared_at__isnull=False) & ~Q(licence="")),
                name="protocol_version_shared_under_a_licence",
                violation_error_message="Un protocole se partage sous une licence.",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gt=models.F("applies_on")),
                name="protocol_version_reviewed_after_it_applies",
                violation_error_message="Un protocole se revoit après le jour où il s'applique.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.protocol} (version {self.number})"


class ProtocolUse(models.Model):
    """How many times a protocol was used in a month: a number, never a patient. ``month`` is its first day."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, verbose_name="protocole", related_name="uses")
    month = models.DateField("mois")
    count = models.PositiveIntegerField("nombre d'utilisations", default=0)

    class Meta:
        verbose_name = "utilisation d'un protocole"
        verbose_name_plural = "utilisations d'un protocole"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "month"],
                name="protocol_use_once_a_month",
                violation_error_message="Ce mois est déjà compté.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="protocol_use_of_a_month",
                violation_error_message="Un mois se désigne par son premier jour.",
            ),
            models.CheckConstraint(
                condition=Q(count__lte=100_000),
                name="protocol_use_within_reason",
                violation_error_message="Un mois compte au plus 100 000 utilisations.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.protocol}, {self.month:%m/%Y} : {self.count}"


class Cooperation(models.Model):
    """A national protocol of cooperation that the team applies. ``code`` is that of core/activity/cooperation.

    ``declared_on``: when it was declared to the ARS, ``None`` while it is not (or not known).
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="cooperations")
    code = models.CharField("protocole national", max_length=60)
    starts_on = models.DateField("appliqué depuis le")
    declared_on = models.DateField("déclaré à l'ARS le", null=True, blank=True)
    ends_on = models.DateField("arrêté le", null=True, blank=True)

    class Meta:
        verbose_name = "protocole national de coopération"
        verbose_name_plural = "protocoles nationaux de coopération"
        ordering = ["code", "-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "code"],
                condition=Q(ends_on=None),
                name="cooperation_once",
                violation_error_message="L'équipe applique déjà ce protocole national.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="cooperation_ends_after_it_starts",
                violation_error_message="Un protocole national ne s'arrête pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CooperationMember(models.Model):
    """A member who joined a national protocol: who delegates, or to whom the act is delegated, and when."""

    class Part(models.TextChoices):
        DELEGANT = "delegant", "délégant"
        DELEGUE = "delegue", "délégué"

    cooperation = models.ForeignKey(
        Cooperation, on_delete=models.CASCADE, verbose_name="protocole national", related_name="people"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, verbose_name="membre", related_name="+")
    part = models.CharField("rôle", max_length=8, choices=Part)
    joined_on = models.DateField("adhère depuis le")
    left_on = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "adhésion à un protocole national"
        verbose_name_plural = "adhésions à un protocole national"
        ordering = ["part", "member__nom", "member__prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "member"],
                condition=Q(left_on=None),
                name="cooperation_member_once",
                violation_error_message="Ce membre adhère déjà à ce protocole national.",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=models.F("joined_on")),
                name="cooperation_member_leaves_after_joining",
                violation_error_message="Une adhésion ne finit pas avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.get_part_display()})"
