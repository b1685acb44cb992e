"""Any figure by place: population, income, equipment, accessibility, or a local survey.

Places are codes, not foreign keys: a figure of an EPCI or of a territoire de vie-santé has no commune, and the
communes can be loaded again without losing what official files say of them. The import maps merged communes.
"""

from django.db import models

from maillage.apps.territories.models.constraints import has_form
from maillage.apps.territories.models.sources import DataSource


class Indicator(models.Model):
    """What is measured: unit, direction, how it adds up, and what is hidden by statistical secrecy.

    ``aggregation`` says how the figure of a set of places is made: their sum, their mean weighted by the
    indicator ``weight``, or none (a median does not add up).
    """

    class Direction(models.TextChoices):
        HIGH = "haut", "plus haut, plus favorable"
        LOW = "bas", "plus bas, plus favorable"
        NEUTRAL = "neutre", "ni favorable ni défavorable"

    class Aggregation(models.TextChoices):
        SUM = "somme", "somme"
        MEAN = "moyenne", "moyenne pondérée"
        NONE = "aucune", "ne s'additionne pas"

    code = models.CharField("code", max_length=80, primary_key=True)
    label = models.CharField("libellé", max_length=200)
    theme = models.CharField("thème", max_length=40, blank=True)
    unit = models.CharField("unité", max_length=80)
    producer = models.CharField("producteur", max_length=200)
    direction = models.CharField("sens", max_length=6, choices=Direction.choices, default=Direction.NEUTRAL)
    aggregation = models.CharField("agrégation", max_length=7, choices=Aggregation.choices)
    weight = models.CharField("indicateur de pondération", max_length=80, blank=True)
    decimals = models.SmallIntegerField("décimales", default=0)
    method = models.TextField("méthode", blank=True)
    secrecy = models.TextField("secret statistique", blank=True)

    class Meta:
        verbose_name = "indicateur"
        ordering = ["theme", "code"]
        constraints = [
            has_form("code", r"^[a-z0-9_.]+$", "indicator_code_format", "Un code d'indicateur : minuscules, _ et ."),
            models.CheckConstraint(
                condition=models.Q(aggregation__in=["somme", "moyenne", "aucune"]),
                name="indicator_aggregation_known",
                violation_error_message="L'agrégation est l'une de : somme, moyenne, aucune.",
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=["haut", "bas", "neutre"]),
                name="indicator_direction_known",
                violation_error_message="Le sens est l'un de : haut, bas, neutre.",
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__range=(0, 6)),
                name="indicator_decimals_range",
                violation_error_message="Le nombre de décimales va de 0 à 6.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Series(models.Model):
    """An indicator for one vintage, at one level, as one file gave it.

    ``absent_is_zero``: a place without a value has none of what is counted (equipment); otherwise it is unknown.
    """

    class Level(models.TextChoices):
        COMMUNE = "commune", "commune"
        EPCI = "epci", "EPCI"
        DEPARTEMENT = "departement", "département"
        REGION = "region", "région"
        FRANCE = "france", "France"
        TVS = "tvs", "territoire de vie-santé"
        BASSIN = "bassin_de_vie", "bassin de vie"

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="series")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    level = models.CharField("maille", max_length=13, choices=Level.choices)
    vintage = models.CharField("millésime", max_length=40)
    absent_is_zero = models.BooleanField("une absence vaut zéro", default=False)

    class Meta:
        verbose_name = "série"
        ordering = ["indicator", "level", "-vintage"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "level", "vintage"],
                name="series_once",
                violation_error_message="Une série ne figure qu'une fois par indicateur, maille et millésime.",
            ),
            models.CheckConstraint(
                condition=~models.Q(vintage=""),
                name="series_has_vintage",
                violation_error_message="Une série est toujours donnée avec son millésime.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    level__in=["commune", "epci", "departement", "region", "france", "tvs", "bassin_de_vie"]
                ),
                name="series_level_known",
                violation_error_message="La maille est l'une de : commune, EPCI, département, région, France, TVS, BV.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.vintage} ({self.level})"


class Value(models.Model):
    """The figure of a place in a series; null when the file has the place without a figure (secrecy)."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="rows")
    code = models.CharField("code du lieu", max_length=12)
    value = models.FloatField("valeur", null=True)

    class Meta:
        verbose_name = "valeur"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "code"],
                name="value_once",
                violation_error_message="Un lieu n'a qu'une valeur par série.",
            )
        ]
        indexes = [models.Index(fields=["code", "series"], name="value_of_place")]

    def __str__(self) -> str:
        return f"{self.code} : {self.value}"
