"""The same figure elsewhere, made from all the communes of a département, of a région or of France.

Adding up all the communes takes some hundredths of a second a figure: what is found for large files is kept in a file
of the territories folder, named after all that is loaded.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from maillage.apps.territories.models import Commune, DataSource, Departement, Indicator, Series
from maillage.core.territory.diagnosis.vintages import order, year_of

Elsewhere = dict[tuple[str, str], float | None]
"""A figure by level and code of a place."""
FRANCE = ("france", "FRANCE")
SMALL = 20_000
"""Rows below which adding up again is quicker than keeping."""
PEOPLE = "population.totale"
SUM, MEAN = "somme", "moyenne"
MADE = 2
"""Rank of the way these figures are made: what was kept otherwise is computed again."""
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
        self._weights: dict[str, dict[str, int | None]] = {}
        self._file = _kept_in()
        self._kept = _read(self._file)
        self._changed = False

    def of(self, series: Series) -> Elsewhere:
        """The figure of every place above the communes; empty for what does not add up."""
        if series.indicator.aggregation not in (SUM, MEAN):
            return {}
        return self.kept(f"series {series.pk}", lambda: self._computed(series))

    def kept(self, key: str, compute: Callable[[], Elsewhere]) -> Elsewhere:
        """What was computed before under this key, else now."""
        if key not in self._kept:
            self._kept[key] = [(level, code, value) for (level, code), value in compute().items()]
            self._changed = True
        return {(level, code): value for level, code, value in self._kept[key]}

    def keep(self) -> None:
        """Write what was computed, when it is worth it; a folder that cannot be written costs only time."""
        if not self._changed or self._file is None:
            return
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._kept), encoding="utf-8")
            part.replace(self._file)
            _forget_others(self._file)
        except OSError:
            part.unlink(missing_ok=True)

    def _computed(self, series: Series) -> Elsewhere:
        weight = self._weight(series)
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
        known = self._weights.setdefault(code, _vintages(code))
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
    vintages = Commune.objects.filter(population__isnull=False).values_list("population_vintage", flat=True).distinct()
    newest = max(vintages, key=order, default=None) if code == PEOPLE else None
    if newest is not None and year_of(newest) not in map(year_of, found):
        found[newest] = None
    return found


def _kept_in() -> Path | None:
    """The file of what is loaded, ``None`` when it is little."""
    rows = DataSource.objects.loaded().order_by("key")
    known = [(row.key, row.checksum, str(row.loaded_at), row.rows_written or 0) for row in rows]
    if sum(row[3] for row in known) < SMALL:
        return None
    name = hashlib.sha256(json.dumps([MADE, known]).encode()).hexdigest()[:16]
    return Path(settings.TERRITORIES_DIR) / "references" / f"{name}.json"


def _read(file: Path | None) -> dict[str, list[tuple[str, str, float | None]]]:
    if file is None or not file.exists():
        return {}
    try:
        kept: dict[str, list[tuple[str, str, float | None]]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept


def _forget_others(file: Path) -> None:
    for other in _others(file):
        other.unlink(missing_ok=True)


def _others(file: Path) -> Iterable[Path]:
    return (each for each in file.parent.glob("*.json") if each != file)
