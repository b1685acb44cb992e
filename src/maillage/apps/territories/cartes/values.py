"""The values of a subject for every place of a level, their classes, and where they come from.

A place whose figure is hidden or missing has ``None``: it is drawn apart, and never counted as 0. A larger place has a
value only when all its communes have one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.apps.territories import figures
from maillage.apps.territories.cartes.subjects import AGES, COMMUNE, LEVELS, POPULATION, ZONING, Subject
from maillage.apps.territories.models import Commune, PopulationByAge, Series
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.kernel.spelling import spelled
from maillage.core.maps.classes import Scale, named, quantiles

CLASSES = 6
PLACE_OF = {"epci": "epci_id", "departement": "departement_id", "region": "departement__region_id"}
ZONES = {
    "zip": "zone d’intervention prioritaire (ZIP)",
    "zac": "zone d’action complémentaire (ZAC)",
    "tres_sous_dotee": "zone très sous-dotée",
    "sous_dotee": "zone sous-dotée",
    "sous_dense": "zone sous-dense",
    "intermediaire": "zone intermédiaire",
    "hors_zone": "hors de ces zones",
    "tres_dotee": "zone très dotée",
    "sur_dotee": "zone sur-dotée",
}
"""Classes of the zonages, from the place that lacks most to the one that lacks least."""


@dataclass(frozen=True)
class Coloured:
    """A subject at a level: the value of each place (``None``: not published), by code, and the classes of the map.

    ``values`` of a zonage are ranks of classes.
    """

    subject: Subject
    level: str
    vintage: str
    source: str
    values: Mapping[str, float | None]
    scale: Scale


def coloured(subject: Subject, level: str, vintage: str = "") -> Coloured:
    """The values of the whole country. Raises :class:`BadInput` when the subject has none at this level or vintage."""
    if level not in subject.levels:
        words = ", ".join(LEVELS[each] for each in subject.levels)
        raise BadInput([Problem("niveau", level, f"pour « {subject.label} », l'un de : {words}")])
    if subject.code.startswith(ZONING):
        return _zoning(subject)
    if vintage and vintage not in subject.vintages:
        raise BadInput([Problem("millesime", vintage, f"l'un de : {', '.join(subject.vintages)}")])
    found, chosen, source = _values(subject, level, vintage)
    scale = quantiles(list(found.values()), CLASSES, subject.decimals, subject.unit)
    return Coloured(subject, level, chosen, source, found, scale)


def _values(subject: Subject, level: str, vintage: str) -> tuple[dict[str, float | None], str, str]:
    """The values, their vintage and the words of their source."""
    series = _series(subject, level, vintage)
    if series:
        return _of_series(series, level), series.vintage, f"{subject.producer}, {series.source.carrier}"
    chosen = vintage or subject.vintages[0]
    if subject.code in AGES:
        return _shares(AGES[subject.code][1], level), chosen, subject.producer
    base = _series(subject, COMMUNE, vintage)
    if base is None and subject.code == POPULATION:
        communes: dict[str, float | None] = dict(Commune.objects.values_list("code", "population"))
        return summed(communes, level), chosen, subject.producer
    if base is None:
        raise BadInput([Problem("niveau", level, f"une maille chargée pour {chosen}")])
    return summed(_of_series(base, COMMUNE), level), base.vintage, f"{subject.producer}, {base.source.carrier}"


def _series(subject: Subject, level: str, vintage: str) -> Series | None:
    rows = figures.series_of(subject.code, level)
    return next((row for row in rows if vintage in ("", row.vintage)), None)


def _of_series(series: Series, level: str) -> dict[str, float | None]:
    found = figures.values(series)
    if not series.absent_is_zero or level != COMMUNE:
        return found
    return {code: found.get(code, 0.0) for code in Commune.objects.values_list("code", flat=True)}


def _shares(field: str, level: str) -> dict[str, float | None]:
    """The share of an age, in %: of the counts of the places, never a mean of shares."""
    rows = list(PopulationByAge.objects.values_list("commune_id", field, "total"))
    known: dict[str, float | None] = {code: float(count) for code, count, _total in rows}
    totals: dict[str, float | None] = {code: float(total) for code, _count, total in rows}
    if level == COMMUNE:
        every = Commune.objects.values_list("code", flat=True)
        known, totals = ({code: each.get(code) for code in every} for each in (known, totals))
    else:
        known, totals = summed(known, level), summed(totals, level)
    return {code: _share(known[code], totals[code]) for code in known}


def _share(count: float | None, total: float | None) -> float | None:
    return None if count is None or not total else 100 * count / total


def summed(values: Mapping[str, float | None], level: str) -> dict[str, float | None]:
    """The sum over the communes of each place; ``None`` as soon as one of them is unknown."""
    if level == COMMUNE:
        return {code: values.get(code) for code in Commune.objects.values_list("code", flat=True)}
    field = PLACE_OF[level]
    pairs: Iterable[tuple[str, str | None]] = Commune.objects.filter(parent=None).values_list("code", field)
    found: dict[str, float | None] = {}
    for code, place in pairs:
        if place is None:
            continue
        before, value = found.get(place, 0.0), values.get(code)
        found[place] = None if before is None or value is None else before + value
    return found


def _zoning(subject: Subject) -> Coloured:
    """The class of each commune, from the best endowed (lightest) to the one that lacks most."""
    profession = subject.code.removeprefix(ZONING)
    codes = list(Commune.objects.values_list("code", flat=True))
    rows = [row for row in figures.zonings_of(codes) if row.profession == profession]
    present = {row.classe for row in rows}
    order = [name for name in reversed(ZONES) if name in present] + sorted(present - set(ZONES))
    ranks = {name: float(rank) for rank, name in enumerate(order)}
    values: dict[str, float | None] = dict.fromkeys(codes)
    values.update((row.commune, ranks[row.classe]) for row in rows)
    days = sorted({row.since.isoformat() for row in rows if row.since})
    vintage = (
        "à confirmer" if not days else f"arrêtés du {days[0]} au {days[-1]}" if days[1:] else f"arrêté du {days[0]}"
    )
    source = ", ".join(sorted({row.source.carrier for row in rows}))
    labels = [ZONES.get(name, spelled(name)) for name in order]
    return Coloured(subject, COMMUNE, vintage, f"{subject.producer}, {source}", values, named(labels))
