"""A meeting of a body where people vote: who is called, how they were, who speaks for whom, the minutes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.apps.activity.models import Meeting
from maillage.apps.governance.models.bodies import Body, College, VotingRules
from maillage.apps.structures.models import Member

SHA256 = "^[0-9a-f]{64}$"


class Assembly(models.Model):
    """What an assembly adds to its meeting. ``first``: the one that had no quorum, when this is its second call."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="assembly", verbose_name="réunion")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assemblies", verbose_name="organe")
    rules = models.ForeignKey(
        VotingRules,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assemblies",
        verbose_name="règles de vote",
    )
    first = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="second",
        verbose_name="première convocation",
    )
    chair = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="préside la séance",
    )
    secretary = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="secrétaire de séance",
    )

    class Meta:
        verbose_name = "assemblée"
        ordering = ["-meeting__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first=None) | ~Q(first=F("id")),
                name="assembly_is_not_its_own_second",
                violation_error_message="Une assemblée n'est pas sa propre seconde convocation.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class Voter(models.Model):
    """A member who may vote in an assembly, in which collège."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="voters", verbose_name="assemblée")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="votes", verbose_name="membre")
    college = models.ForeignKey(
        College, on_delete=models.PROTECT, null=True, blank=True, related_name="voters", verbose_name="collège"
    )

    class Meta:
        verbose_name = "membre appelé à voter"
        verbose_name_plural = "membres appelés à voter"
        ordering = ["member__nom", "member__prenom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "member"],
                name="voter_once",
                violation_error_message="Ce membre est déjà appelé à voter.",
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class Power(models.Model):
    """What an absent member gives to another, to vote in their name. ``is_own``: given by the member on the page."""

    giver = models.OneToOneField(Voter, on_delete=models.CASCADE, related_name="power", verbose_name="donne pouvoir")
    holder = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="powers", verbose_name="reçoit le pouvoir")
    is_own = models.BooleanField("donné par la personne elle-même", default=False)
    at = models.DateTimeField("donné le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="noté par"
    )

    class Meta:
        verbose_name = "pouvoir"
        verbose_name_plural = "pouvoirs"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("holder")),
                name="power_to_someone_else",
                violation_error_message="Un pouvoir se donne à quelqu'un d'autre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


class Convocation(models.Model):
    """A convocation as it was sent: its document, its fingerprint, when and by whom."""

    assembly = models.ForeignKey(
        Assembly, on_delete=models.CASCADE, related_name="convocations", verbose_name="assemblée"
    )
    number = models.PositiveIntegerField("numéro")
    pdf = models.BinaryField("document")
    fingerprint = models.CharField("empreinte", max_length=64)
    at = models.DateTimeField("envoyée le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="envoyée par"
    )

    class Meta:
        verbose_name = "convocation"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "number"],
                name="convocation_once",
                violation_error_message="Cette convocation existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=SHA256),
                name="convocation_fingerprint_format",
                violation_error_message="Une convocation porte l'empreinte de son document.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly} ({self.number})"


class Dispatch(models.Model):
    """How a convocation went to a member: the proof that they were called."""

    class Way(models.TextChoices):
        COURRIEL = "courriel", "courriel"
        COURRIER = "courrier", "courrier"
        MAIN_PROPRE = "main_propre", "remise en main propre"

    class State(models.TextChoices):
        ENVOYE = "envoye", "envoyé"
        ECHEC = "echec", "n'est pas parti"

    convocation = models.ForeignKey(
        Convocation, on_delete=models.CASCADE, related_name="dispatches", verbose_name="convocation"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="membre")
    way = models.CharField("moyen", max_length=12, choices=Way)
    state = models.CharField("état", max_length=8, choices=State)
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "envoi de convocation"
        verbose_name_plural = "envois de convocation"
        ordering = ["member__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convocation", "member"],
                name="dispatch_once",
                violation_error_message="Cet envoi est déjà noté.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.get_way_display()}"


class Minutes(models.Model):
    """The minutes of an assembly, as they were sealed. Nothing in them changes; a correction is another number."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="minutes", verbose_name="assemblée")
    number = models.PositiveIntegerField("numéro")
    content = models.JSONField("contenu")
    pdf = models.BinaryField("document")
    fingerprint = models.CharField("empreinte", max_length=64)
    reason = models.CharField("raison de la correction", max_length=300, blank=True)
    at = models.DateTimeField("scellé le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="scellé par"
    )

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "number"],
                name="minutes_once",
                violation_error_message="Ce procès-verbal existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=SHA256),
                name="minutes_fingerprint_format",
                violation_error_message="Un procès-verbal porte l'empreinte de son document.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="minutes_corrected_for_a_reason",
                violation_error_message="Un procès-verbal se corrige avec une raison.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly} ({self.number})"
