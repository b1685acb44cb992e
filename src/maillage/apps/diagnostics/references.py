"""The same figure elsewhere, made from all the communes of a département, of a région or of France.

Adding up all the communes takes some hundredths of a second a figure: what is found for large files is kept.
"""

from collections.abc import Callable, Mapping, Sequence

from django.db import connection

from maillage.apps.diagnostics.kept_figures import Elsewhere, Kept
from maillage.apps.territories.models import Commune, Departement, Indicator, Series
from maillage.core.territory.diagnosis.vintages import order, year_of

FRANCE = ("france", "FRANCE")
PEOPLE = "population.totale"
SUM, MEAN = "somme", "moyenne"
SERIES = "series "
"""What begins the name of the figures of a series."""
BY_DEPARTMENT = """
SELECT c.departement_id,
       SUM(v.value),
       SUM(v.value * CASE WHEN %s THEN c.population ELSE w.value END),
       SUM(CASE WHEN v.value IS NOT NULL THEN CASE WHEN %s THEN c.population ELSE w.value END END),
       SUM(CASE WHEN %s THEN c.population ELSE w.value END)
FROM territories_commune c
LEFT JOIN territories_value v ON v.series_id = %s AND v.code = c.code
LEFT JOIN territories_value w ON w.series_id = %s AND w.code = c.code
WHERE CASE WHEN %s
      THEN c.parent_id IS NULL
      ELSE c.code NOT IN (SELECT DISTINCT parent_id FROM territories_commune WHERE parent_id IS NOT NULL) END
GROUP BY c.departement_id
"""
CITY_HAS_VALUE = """
SELECT 1 FROM territories_value v JOIN territories_commune a ON a.parent_id = v.code
WHERE v.series_id = %s AND v.value IS NOT NULL LIMIT 1
"""


class References:
    """The figures of all départements, régions and France, series by series, kept once computed."""

    def __init__(self, least_share: float) -> None:
        self._least = least_share
        self._regions = dict(Departement.objects.values_list("code", "region_id"))
        self._sources = dict(Series.objects.filter(level=Series.Level.COMMUNE).values_list("pk", "source_id"))
        self._weights: dict[str, dict[str, int | None]] = {}
        self._kept = Kept(str(least_share))

    def of(self, series: Series) -> Elsewhere:
        """The figure of every place above the communes; empty for what does not add up."""
        if series.indicator.aggregation not in (SUM, MEAN):
            return {}
        weight = self._weight(series)
        made_from = [self._sources[pk] for pk in (series.pk, weight) if pk is not None]
        return self._kept.get(f"{SERIES}{series.pk}", made_from, lambda: self._computed(series, weight))

    def kept(self, name: str, compute: Callable[[], Elsewhere], *made_from: str) -> Elsewhere:
        """What was computed before under this name from these kinds of files (« rpps ») and the communes, else now."""
        return self._kept.get(name, made_from, compute)

    def keep(self) -> None:
        """Write what was computed for the next diagnosis."""
        living = {f"{SERIES}{pk}" for pk in self._sources}
        self._kept.write(lambda name: name.startswith(SERIES) and name not in living)

    def _computed(self, series: Series, weight: int | None) -> Elsewhere:
        is_mean = series.indicator.aggregation == MEAN
        with connection.cursor() as cursor:
            cursor.execute(CITY_HAS_VALUE, [series.pk])
            whole_cities = cursor.fetchone() is not None
            by_people = weight is None
            cursor.execute(BY_DEPARTMENT, [by_people, by_people, by_people, series.pk, weight or 0, whole_cities])
            rows = cursor.fetchall()
        sums: dict[tuple[str, str], list[float]] = {}
        for department, *numbers in rows:
            for place in (("departement", department), ("region", self._regions[department]), FRANCE):
                held = sums.setdefault(place, [0.0] * len(numbers))
                held[:] = [total + (number or 0) for total, number in zip(held, numbers, strict=True)]
        return {place: self._figure(numbers, is_mean, series.absent_is_zero) for place, numbers in sums.items()}

    def _figure(self, numbers: Sequence[float], is_mean: bool, absent_is_zero: bool) -> float | None:
        """A sum or a mean, when enough of the inhabitants have a known value."""
        total, weighted, known, everyone = numbers
        if absent_is_zero and not is_mean:
            return total
        if not everyone or known / everyone < self._least:
            return None
        return weighted / known if is_mean else total

    def _weight(self, series: Series) -> int | None:
        """The series that weighs a mean, of the same year if possible, else the newest.

        ``None`` stands for the inhabitants that come with the communes.
        """
        about: Indicator = series.indicator
        code = (about.weight or PEOPLE) if about.aggregation == MEAN else PEOPLE
        if code not in self._weights:
            self._weights[code] = _vintages(code)
        known = self._weights[code]
        same = [vintage for vintage in known if year_of(vintage) == year_of(series.vintage)]
        return known[max(same or known, key=order)] if known else None


def summed(counts: Mapping[str, float]) -> Elsewhere:
    """Counts by département as counts of every département, région and France."""
    regions = dict(Departement.objects.values_list("code", "region_id"))
    found: Elsewhere = {}
    for department, region in regions.items():
        count = counts.get(department, 0)
        for place in (("departement", department), ("region", region), FRANCE):
            found[place] = (found.get(place) or 0) + count
    return found


def _vintages(code: str) -> dict[str, int | None]:
    """By vintage, the series of an indicator; ``None`` for the inhabitants that come with the communes."""
    rows = Series.objects.filter(indicator_id=code, level=Series.Level.COMMUNE)
    found: dict[str, int | None] = dict(rows.values_list("vintage", "pk"))
    if code != PEOPLE:
        return found
    known = Commune.objects.filter(population__isnull=False).order_by()
    newest = max(known.values_list("population_vintage", flat=True).distinct(), key=order, default=None)
    if newest is not None and year_of(newest) not in map(year_of, found):
        found[newest] = None
    return found
