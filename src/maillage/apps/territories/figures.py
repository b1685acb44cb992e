"""Reads of the figures of places, of zonages and of groupings, for the diagnosis, the maps and the engine.

Cities of several arrondissements (Paris, Lyon, Marseille) have figures at both levels when files allow it: to add up a
country, take communes without those that have a parent (:func:`arrays` does).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.apps.territories.models import (
    Commune,
    DataSource,
    Grouping,
    GroupMember,
    Indicator,
    Qpv,
    Series,
    Value,
    Zoning,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 5_000
"""Above so many codes the whole series is read: databases limit the parameters of a query."""


@dataclass(frozen=True)
class Arrays:
    """One figure for every commune of France that counts once. ``values``: float64, NaN when unknown."""

    codes: tuple[str, ...]
    values: "NDArray[np.float64]"


def indicators() -> list[Indicator]:
    """Every indicator of which at least one series is loaded, by theme."""
    return list(Indicator.objects.filter(series__isnull=False).distinct())


def series_of(indicator: str, level: str = Series.Level.COMMUNE) -> list[Series]:
    """The series of an indicator at a level, the latest vintage first, each with its indicator and its source."""
    rows = Series.objects.filter(indicator_id=indicator, level=level).select_related("indicator", "source")
    return sorted(rows, key=lambda row: row.vintage, reverse=True)


def latest(indicator: str, level: str = Series.Level.COMMUNE) -> Series | None:
    """The series of the latest vintage; ``None`` when nothing is loaded."""
    return next(iter(series_of(indicator, level)), None)


def values(series: Series, codes: Collection[str] | None = None) -> dict[str, float | None]:
    """The figures of these places (of all when ``codes`` is ``None``).

    A place is absent when the file does not name it, ``None`` when the file hides its figure; with
    ``absent_is_zero`` (equipment) the places asked for and not named have 0.
    """
    rows = Value.objects.filter(series=series)
    if codes is not None and len(codes) <= MANY:
        rows = rows.filter(code__in=list(codes))
    found = dict(rows.values_list("code", "value"))
    if codes is None:
        return found
    if series.absent_is_zero:
        return {code: found.get(code, 0.0) for code in codes}
    wanted = set(codes)
    return {code: value for code, value in found.items() if code in wanted}


def values_of_many(series: Iterable[Series], codes: Collection[str]) -> dict[int, dict[str, float | None]]:
    """The figures of several series, by primary key of series, in one query."""
    asked = {row.pk: row for row in series}
    rows = Value.objects.filter(series__in=asked)
    if len(codes) <= MANY:
        rows = rows.filter(code__in=list(codes))
    found: dict[int, dict[str, float | None]] = {pk: {} for pk in asked}
    wanted = set(codes)
    for pk, code, value in rows.values_list("series_id", "code", "value"):
        if code in wanted:
            found[pk][code] = value
    for pk, row in asked.items():
        if row.absent_is_zero:
            found[pk] = {code: found[pk].get(code, 0.0) for code in codes}
    return found


def arrays(series: Series, codes: Collection[str] | None = None) -> Arrays:
    """The figures as an array, in the order of ``codes``; else for every commune, a city once and without its parts."""
    import numpy as np

    order = tuple(codes) if codes is not None else communes_once()
    found = values(series)
    empty = 0.0 if series.absent_is_zero else float("nan")
    numbers = [found.get(code, empty) for code in order]
    return Arrays(order, np.array([np.nan if number is None else number for number in numbers], dtype=np.float64))


def communes_once() -> tuple[str, ...]:
    """Codes of the communes of today, arrondissements left out, by code."""
    return tuple(Commune.objects.filter(parent=None).order_by("code").values_list("code", flat=True))


def zonings_of(codes: Collection[str]) -> list[Zoning]:
    """The classes of these communes, one per profession: the arrêté of the latest day wins."""
    rows = (
        Zoning.objects.select_related("source").filter(commune__in=list(codes)) if len(codes) <= MANY else _all(codes)
    )
    best: dict[tuple[str, str], Zoning] = {}
    for row in rows:
        known = best.get((row.profession, row.commune))
        if known is None or _recent(row) > _recent(known):
            best[row.profession, row.commune] = row
    return [best[key] for key in sorted(best)]


def zoning_sources() -> list[DataSource]:
    """The zonages loaded, the latest first."""
    return sorted(
        DataSource.objects.filter(zonings__isnull=False).distinct(), key=lambda row: row.vintage, reverse=True
    )


def groupings_of(kind: str) -> list[Grouping]:
    """Every grouping of a kind (« tvs », « bassin_de_vie », « bvcv », « cpts »)."""
    return list(Grouping.objects.filter(kind=kind).select_related("source"))


def members_of(kind: str) -> dict[str, str]:
    """The code of the grouping of each commune; of several (CPTS that overlap), the first by code."""
    pairs = GroupMember.objects.filter(grouping__kind=kind).order_by("-grouping__code")
    return dict(pairs.values_list("commune", "grouping__code"))


def groupings_of_communes(codes: Collection[str], kind: str) -> Mapping[str, list[Grouping]]:
    """The groupings in which each of these communes is; communes in none are absent."""
    rows = GroupMember.objects.filter(grouping__kind=kind).select_related("grouping__source")
    rows = rows.filter(commune__in=list(codes)) if len(codes) <= MANY else rows
    wanted = set(codes)
    found: dict[str, list[Grouping]] = {}
    for row in rows:
        if row.commune in wanted:
            found.setdefault(row.commune, []).append(row.grouping)
    return found


def qpv_of(codes: Collection[str]) -> list[Qpv]:
    """The priority neighbourhoods that stand at least partly in these communes, with their contours."""
    wanted = set(codes)
    whole = Qpv.objects.values_list("code", "communes")
    found = [code for code, communes in whole if wanted.intersection(communes)]
    return list(Qpv.objects.filter(code__in=found).select_related("source"))


def _all(codes: Collection[str]) -> list[Zoning]:
    wanted = set(codes)
    return [row for row in Zoning.objects.select_related("source") if row.commune in wanted]


def _recent(row: Zoning) -> tuple[str, str]:
    return (row.since.isoformat() if row.since else "", row.source.vintage)
