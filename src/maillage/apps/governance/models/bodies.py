"""The bodies of the statutes, their collèges, who holds a mandate in them, how they vote."""

import uuid

from django.db import models
from django.db.models import F, Q

from maillage.apps.structures.models import LegalEntity, Member, Structure


class Body(models.Model):
    """A body that decides (assembly, board, bureau…), of a legal entity when one exists.

    ``seats``: how many people the statutes foresee; ``mandate_months``: how long a mandate lasts. ``None`` while nobody
    typed it from the statutes.
    """

    class Kind(models.TextChoices):
        ASSEMBLEE = "assemblee", "assemblée générale"
        CONSEIL = "conseil", "conseil d'administration"
        BUREAU = "bureau", "bureau"
        GERANCE = "gerance", "gérance"
        COMITE = "comite", "comité"
        AUTRE = "autre", "autre organe"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="bodies")
    entity = models.ForeignKey(
        LegalEntity,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name="personne morale",
    )
    kind = models.CharField("nature", max_length=12, choices=Kind)
    nom = models.CharField("nom", max_length=120)
    seats = models.PositiveIntegerField("nombre de sièges", null=True, blank=True)
    mandate_months = models.PositiveIntegerField("durée d'un mandat (mois)", null=True, blank=True)
    closed_on = models.DateField("n'existe plus depuis le", null=True, blank=True)

    class Meta:
        verbose_name = "organe"
        ordering = ["nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nom=""), name="body_has_a_name", violation_error_message="Un organe a un nom."
            ),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(seats__gt=0, seats__lte=1000),
                name="body_seats_bounds",
                violation_error_message="Un organe a de 1 à 1 000 sièges.",
            ),
            models.CheckConstraint(
                condition=Q(mandate_months=None) | Q(mandate_months__gt=0, mandate_months__lte=240),
                name="body_mandate_bounds",
                violation_error_message="Un mandat dure de 1 à 240 mois.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class College(models.Model):
    """A group of members inside a body, with its seats. ``metiers``: who is in it without being named.

    ``weight``: what its voices weigh, when the statutes give each collège a weight.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="colleges", verbose_name="organe")
    nom = models.CharField("nom", max_length=120)
    seats = models.PositiveIntegerField("nombre de sièges", null=True, blank=True)
    metiers = models.JSONField("métiers", default=list, blank=True)
    weight = models.PositiveIntegerField("poids dans les votes", null=True, blank=True)

    class Meta:
        verbose_name = "collège"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "nom"], name="college_once", violation_error_message="Ce collège existe déjà."
            ),
            models.CheckConstraint(
                condition=~Q(nom=""), name="college_has_a_name", violation_error_message="Un collège a un nom."
            ),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(seats__gt=0, seats__lte=1000),
                name="college_seats_bounds",
                violation_error_message="Un collège a de 1 à 1 000 sièges.",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gt=0, weight__lte=1000),
                name="college_weight_bounds",
                violation_error_message="Un collège pèse de 1 à 1 000.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Mandate(models.Model):
    """A function that a member holds in a body. ``until``: when it should end; ``ended_on``: when it did, and why."""

    class Why(models.TextChoices):
        TERME = "terme", "fin du mandat"
        RENOUVELE = "renouvele", "renouvelé"
        DEMISSION = "demission", "démission"
        DEPART = "depart", "départ de l'équipe"
        REVOCATION = "revocation", "révocation"
        AUTRE = "autre", "autre raison"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandates", verbose_name="organe")
    college = models.ForeignKey(
        College, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name="collège"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="mandates", verbose_name="membre")
    function = models.CharField("fonction", max_length=120)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    ended_on = models.DateField("fini le", null=True, blank=True)
    ended_why = models.CharField("raison de la fin", max_length=12, choices=Why, blank=True)
    elected_in = models.ForeignKey(
        "governance.Resolution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name="élection",
    )

    class Meta:
        verbose_name = "mandat"
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(function=""),
                name="mandate_has_a_function",
                violation_error_message="Un mandat a une fonction.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="mandate_ends_after_it_starts",
                violation_error_message="Un mandat ne finit pas avant d'avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("since")) & ~Q(ended_why="")),
                name="mandate_ended_for_a_reason",
                violation_error_message="Un mandat fini a un jour de fin, après son début, et une raison.",
            ),
            models.UniqueConstraint(
                fields=["body", "member", "function"],
                condition=Q(ended_on=None),
                name="mandate_once",
                violation_error_message="Ce membre a déjà cette fonction dans cet organe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.function}"


class VotingRules(models.Model):
    """How a body votes, as its statutes say. What nobody typed is ``None``: then nothing that needs it is decided.

    A fraction is two whole numbers; 0/1 for the quorum says that the statutes ask none.
    """

    class Counted(models.TextChoices):
        PRESENTS = "presents", "les présents seulement"
        REPRESENTES = "representes", "les présents et les représentés"

    class Majority(models.TextChoices):
        EXPRIMES = "exprimes", "des voix exprimées (sans les abstentions)"
        PRESENTS = "presents", "des présents et représentés"
        MEMBRES = "membres", "de tous ceux qui ont droit de vote"

    class ByCollege(models.TextChoices):
        ENSEMBLE = "ensemble", "toutes les voix ensemble"
        CHAQUE = "chaque", "la majorité est demandée dans chaque collège"
        POIDS = "poids", "chaque collège a son poids"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="rules", verbose_name="organe")
    nom = models.CharField("nom", max_length=120)
    article = models.CharField("article des statuts", max_length=200, blank=True)
    notice_days = models.PositiveIntegerField("délai de convocation (jours)", null=True, blank=True)
    quorum_top = models.PositiveIntegerField("quorum, numérateur", null=True, blank=True)
    quorum_bottom = models.PositiveIntegerField("quorum, dénominateur", null=True, blank=True)
    quorum_counts = models.CharField("qui compte pour le quorum", max_length=12, choices=Counted, blank=True)
    quorum_by_college = models.BooleanField("quorum par collège", null=True, blank=True)
    remote_counts = models.BooleanField("la présence à distance compte", null=True, blank=True)
    second_days = models.PositiveIntegerField("délai avant la seconde convocation (jours)", null=True, blank=True)
    second_top = models.PositiveIntegerField("second quorum, numérateur", null=True, blank=True)
    second_bottom = models.PositiveIntegerField("second quorum, dénominateur", null=True, blank=True)
    powers_most = models.PositiveIntegerField("pouvoirs par personne, au plus", null=True, blank=True)
    majority_top = models.PositiveIntegerField("majorité, numérateur", null=True, blank=True)
    majority_bottom = models.PositiveIntegerField("majorité, dénominateur", null=True, blank=True)
    majority_of = models.CharField("majorité de qui", max_length=12, choices=Majority, blank=True)
    votes_by = models.CharField("comment comptent les collèges", max_length=8, choices=ByCollege, blank=True)

    class Meta:
        verbose_name = "règles de vote"
        verbose_name_plural = "règles de vote"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "nom"], name="voting_rules_once", violation_error_message="Ces règles existent déjà."
            ),
            models.CheckConstraint(
                condition=~Q(nom=""), name="voting_rules_have_a_name", violation_error_message="Ces règles ont un nom."
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_top": None, f"{name}_bottom": None})
                    | Q(
                        **{
                            f"{name}_top__isnull": False,
                            f"{name}_bottom__isnull": False,
                            f"{name}_bottom__gt": 0,
                            f"{name}_top__lte": F(f"{name}_bottom"),
                        }
                    ),
                    name=f"voting_rules_{name}_fraction",
                    violation_error_message="Une fraction va de 0 à 1 (par exemple 1/2).",
                )
                for name in ("quorum", "second", "majority")
            ),
        ]

    def __str__(self) -> str:
        return self.nom
