"""How a team scores its maturity: dimensions that it names, rounds, levels given alone, consensus, improvements."""

import uuid

from django.db import models
from django.db.models import Q

from maillage.apps.structures.models import Member, Structure


class MaturityDimension(models.Model):
    """Something that a team scores, on an axis of the matrix. One that is no longer scored keeps its history."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="maturity_dimensions")
    axis = models.CharField("axe", max_length=12)
    name = models.CharField("dimension", max_length=160)
    position = models.PositiveIntegerField("rang", default=0)
    is_scored = models.BooleanField("cotée", default=True)

    class Meta:
        verbose_name = "dimension de la maturité"
        verbose_name_plural = "dimensions de la maturité"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="maturity_dimension_has_a_name",
                violation_error_message="Une dimension a un nom.",
            ),
            models.UniqueConstraint(
                fields=["structure", "axis", "name"],
                name="maturity_dimension_once",
                violation_error_message="Cette dimension est déjà sur cet axe.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MaturityRound(models.Model):
    """A round of scoring, from the levels given alone to the consensus. ``top`` is the highest level of the grid."""

    class State(models.TextChoices):
        OUVERTE = "ouverte", "chacun cote"
        REVELEE = "revelee", "en discussion"
        CLOSE = "close", "close"
        ANNULEE = "annulee", "annulée"

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="maturity_rounds")
    name = models.CharField("nom", max_length=120)
    top = models.PositiveSmallIntegerField("niveau le plus haut de la grille")
    state = models.CharField("état", max_length=8, choices=State, default=State.OUVERTE)
    opened_at = models.DateTimeField("ouverte le")
    revealed_at = models.DateTimeField("cotations montrées le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)

    class Meta:
        verbose_name = "cotation de la maturité"
        verbose_name_plural = "cotations de la maturité"
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="maturity_round_has_a_name",
                violation_error_message="Une cotation a un nom.",
            ),
            models.CheckConstraint(
                condition=Q(top__gte=2, top__lte=10),
                name="maturity_round_levels",
                violation_error_message="Une grille a de 2 à 10 niveaux.",
            ),
            models.UniqueConstraint(
                fields=["structure"],
                condition=Q(state__in=["ouverte", "revelee"]),
                name="maturity_round_one_at_a_time",
                violation_error_message="Une cotation est déjà en cours.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MaturityScore(models.Model):
    """The level that a member gives alone. Nobody else reads it before the round is revealed, then without its name."""

    round = models.ForeignKey(MaturityRound, on_delete=models.CASCADE, related_name="scores")
    dimension = models.ForeignKey(MaturityDimension, on_delete=models.PROTECT, related_name="scores")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="maturity_scores")
    level = models.PositiveSmallIntegerField("niveau")

    class Meta:
        verbose_name = "niveau donné"
        verbose_name_plural = "niveaux donnés"
        ordering = ["dimension__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=10),
                name="maturity_score_bounds",
                violation_error_message="Un niveau va de 1 à 10.",
            ),
            models.UniqueConstraint(
                fields=["round", "dimension", "member"],
                name="maturity_score_once",
                violation_error_message="Ce membre a déjà donné un niveau ici.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} : {self.level}"


class MaturityConsensus(models.Model):
    """The level that the team agreed on."""

    round = models.ForeignKey(MaturityRound, on_delete=models.CASCADE, related_name="agreed")
    dimension = models.ForeignKey(MaturityDimension, on_delete=models.PROTECT, related_name="agreed")
    level = models.PositiveSmallIntegerField("niveau retenu")
    note = models.TextField("ce qui l'explique", blank=True)

    class Meta:
        verbose_name = "niveau retenu"
        verbose_name_plural = "niveaux retenus"
        ordering = ["dimension__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=10),
                name="maturity_consensus_bounds",
                violation_error_message="Un niveau va de 1 à 10.",
            ),
            models.UniqueConstraint(
                fields=["round", "dimension"],
                name="maturity_consensus_once",
                violation_error_message="Un niveau est déjà retenu ici.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} : {self.level}"


class Improvement(models.Model):
    """Something that the team will do to grow, who answers for it, and until when."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="improvements")
    round = models.ForeignKey(
        MaturityRound, on_delete=models.SET_NULL, null=True, blank=True, related_name="improvements"
    )
    dimension = models.ForeignKey(
        MaturityDimension, on_delete=models.SET_NULL, null=True, blank=True, related_name="improvements"
    )
    what = models.CharField("amélioration", max_length=200)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="improvements")
    due_on = models.DateField("pour le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "amélioration"
        ordering = ["done_on", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="improvement_says_what",
                violation_error_message="Une amélioration dit ce qui est à faire.",
            ),
        ]

    def __str__(self) -> str:
        return self.what
