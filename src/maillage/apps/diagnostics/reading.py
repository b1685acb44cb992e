"""Reads from the tables all that a diagnosis is made from, as plain values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from maillage.apps.diagnostics.chosen import Chosen, epci_sizes, places
from maillage.apps.diagnostics.kept_figures import Elsewhere
from maillage.apps.diagnostics.references import References, summed
from maillage.apps.territories import figures
from maillage.apps.territories.models import Commune, DataSource, Epci, Grouping, PopulationByAge, Series, Value
from maillage.apps.territories.models import Indicator as IndicatorRow
from maillage.core.territory.diagnosis.material import District, Zoned
from maillage.core.territory.diagnosis.measures import Elsewhere as Compared
from maillage.core.territory.diagnosis.measures import Indicator, Layer, Place, Where
from maillage.core.territory.diagnosis.results import Column, SourceRow, Table, written
from maillage.core.territory.diagnosis.vintages import order, year_of

MAINLAND = ("france", "METROPOLE")
PEOPLE = "population.totale"
SHARED = "offre_en_ville"
"""Professionals shared between their sites, for the maps: a diagnosis counts distinct persons."""
AGES = {
    "population.0_19": ("moins_de_20", "Habitants de 0 à 19 ans"),
    "population.20_64": ("de_20_a_64", "Habitants de 20 à 64 ans"),
    "population.65_plus": ("plus_de_65", "Habitants de 65 ans et plus"),
}
"""The population by age that comes with the communes: the field of the table, the label."""


def places_of(chosen: Chosen) -> tuple[Place, ...]:
    """The communes of the territory, with the arrondissements of the cities."""
    parts: dict[str, list[str]] = {}
    for code, parent in Commune.objects.filter(parent_id__in=chosen.codes).values_list("code", "parent_id"):
        parts.setdefault(str(parent), []).append(code)
    return tuple(
        Place(
            code=commune.code,
            name=commune.nom,
            department=commune.departement_id,
            region=commune.departement.region_id,
            epci=commune.epci_id,
            latitude=commune.latitude,
            longitude=commune.longitude,
            parts=tuple(sorted(parts.get(commune.code, ()))),
        )
        for commune in chosen.communes
    )


def territory_of(chosen: Chosen, compared: Sequence[Compared]) -> dict[str, Any]:
    """What the diagnosis says of how the territory is made."""
    epci = Counter((each.epci_id, each.epci.nom) for each in chosen.communes if each.epci)
    sizes = epci_sizes(code for code, _ in epci if code)
    regions = {each.departement.region_id: each.departement.region.nom for each in chosen.communes}
    return {
        "nom": chosen.name,
        "choix": chosen.how,
        "notes": list(chosen.notes),
        "communes": len(chosen.communes),
        "departements": [{"code": code, "nom": name} for code, name in places(chosen.communes)],
        "regions": [{"code": code, "nom": name} for code, name in regions.items()],
        "epci": [
            {"code": code, "nom": name, "communes": count, "sur": sizes.get(str(code), count)}
            for (code, name), count in epci.most_common()
        ],
        "compare_a": [{"niveau": each.level, "code": each.code, "nom": each.name} for each in compared],
    }


def layers_of(
    places: Sequence[Place], compared: Sequence[Compared], exactly: Where | None, references: References
) -> list[Layer]:
    """Every figure loaded by commune, for these places, and the population that comes with the communes: the newest of
    the two is shown, the other is its trend. Of a same year, the file stands."""
    series = Series.objects.filter(level=Series.Level.COMMUNE).exclude(indicator__theme=SHARED)
    rows = list(series.select_related("indicator", "source"))
    codes = [code for place in places for code in (place.code, *place.parts)]
    values, published = _values(rows, codes), _published(compared, exactly)
    newest = _newest(rows, values)
    layers = []
    for row in rows:
        elsewhere = published.pop((row.indicator_id, row.vintage), {})
        if newest[row.indicator_id] == row.vintage:
            elsewhere = {**references.of(row), **elsewhere}
        layers.append(Layer(described(row.indicator), row.vintage, values[row.pk], elsewhere, row.absent_is_zero))
    layers.extend(_above_communes(published))
    given = {(layer.indicator.code, year_of(layer.vintage)) for layer in layers}
    others = _of_communes(codes, references)
    return [*layers, *(each for each in others if (each.indicator.code, year_of(each.vintage)) not in given)]


def _above_communes(published: Mapping[tuple[str, str], Elsewhere]) -> Iterator[Layer]:
    """What is only published for larger places: known for the territory when it is one of them, else around it."""
    known = {row.code: row for row in IndicatorRow.objects.filter(code__in={code for code, _ in published})}
    for (code, vintage), elsewhere in published.items():
        yield Layer(described(known[code]), vintage, {}, elsewhere)


def published_by_epci(places: Sequence[Place], exactly: Where | None) -> tuple[Table, ...]:
    """What producers give by EPCI, for those that the territory touches: the latest vintage of each indicator.

    Nothing for a territory that is an EPCI: its figures are those of the diagnosis.
    """
    if exactly and exactly[0] == Series.Level.EPCI:
        return ()
    codes = sorted({place.epci for place in places if place.epci})
    rows = Value.objects.filter(series__level=Series.Level.EPCI, code__in=codes, value__isnull=False)
    names = dict(Epci.objects.filter(code__in=codes).values_list("code", "nom"))
    found = {}
    for row in rows.select_related("series__indicator").order_by("series__vintage"):
        found[row.series.indicator_id, row.code] = row
    lines = tuple(
        (row.series.indicator.label, names[row.code], _told(row), row.series.indicator.unit, row.series.vintage)
        for _, row in sorted(found.items())
    )
    columns = (Column("Chiffre"), Column("EPCI"), Column("Valeur"), Column("Unité"), Column("Millésime"))
    return (Table("par_epci", "Les chiffres publiés par EPCI", columns, lines),) if lines else ()


def _told(row: Value) -> str:
    return written(row.value, row.series.indicator.decimals)


def described(row: IndicatorRow) -> Indicator:
    """An indicator of the tables as plain values."""
    direction: Any = row.direction
    return Indicator(
        code=row.code,
        label=row.label,
        unit=row.unit,
        producer=row.producer,
        aggregation=row.aggregation,
        weight=row.weight,
        direction=direction,
        decimals=row.decimals,
        method=row.method,
        secrecy=row.secrecy,
        theme=row.theme or "autre",
    )


def zonings_of(places: Sequence[Place]) -> tuple[Zoned, ...]:
    """The zonages of the communes, by profession."""
    return tuple(
        Zoned(row.profession, row.commune, row.classe, row.brut, row.since, row.source.vintage)
        for row in figures.zonings_of([place.code for place in places])
    )


def districts_of(places: Sequence[Place]) -> tuple[District, ...]:
    """The quartiers prioritaires of the communes, each with the names of those that are in the territory."""
    names = {place.code: place.name for place in places}
    rows = sorted(figures.qpv_of(list(names)), key=lambda row: row.code)
    return tuple(
        District(row.code, row.nom, tuple(names[code] for code in row.communes if code in names)) for row in rows
    )


def overlaps_of(places: Sequence[Place]) -> list[tuple[str, int, int]] | None:
    """The known CPTS of these communes: name, communes shared, communes of it; ``None`` when no file is loaded."""
    known = Grouping.objects.filter(kind=Grouping.Kind.CPTS)
    if not known.exists():
        return None
    found: Counter[Grouping] = Counter()
    for groups in figures.groupings_of_communes([place.code for place in places], Grouping.Kind.CPTS).values():
        found.update(groups)
    return [(group.nom, shared, group.members.count()) for group, shared in found.most_common()]


def groupings_of(places: Sequence[Place]) -> tuple[Table, ...]:
    """The bassins de vie and the territoires de vie-santé of the communes, with how much of each is here."""
    lines = []
    for kind in (Grouping.Kind.BASSIN, Grouping.Kind.TVS):
        found: Counter[Grouping] = Counter()
        for groups in figures.groupings_of_communes([place.code for place in places], kind).values():
            found.update(groups)
        sizes = dict(
            Grouping.objects.filter(pk__in=[each.pk for each in found]).values_list("pk").annotate(Count("members"))
        )
        lines += [
            (kind.label.capitalize(), each.nom, here, sizes[each.pk], _dated(each))
            for each, here in found.most_common()
        ]
    columns = (
        Column("Nature"), Column("Nom"), Column("Communes d'ici", 0), Column("Communes en tout", 0), Column("Source"),
    )  # fmt: skip
    return (
        (Table("bassins", "Les bassins de vie et les territoires de vie-santé", columns, tuple(lines)),)
        if lines
        else ()
    )


def _dated(group: Grouping) -> str:
    return f"{group.source.producer}, {group.source.vintage}"


def sources() -> tuple[SourceRow, ...]:
    """Every source that is loaded, by key."""
    rows = DataSource.objects.loaded().order_by("key")
    return tuple(
        SourceRow(
            key=row.key,
            label=row.label,
            producer=row.producer,
            vintage=row.vintage,
            licence=row.licence,
            url=row.url,
            loaded=timezone.localdate(row.loaded_at).isoformat() if row.loaded_at else "",
            checksum=row.checksum,
        )
        for row in rows
    )


def loaded_kinds() -> frozenset[str]:
    """The kinds of official files that are loaded (« apl »)."""
    rows = DataSource.objects.loaded().exclude(source="")
    return frozenset(rows.values_list("source", flat=True))


def _newest(rows: Iterable[Series], values: Mapping[int, Mapping[str, float | None]]) -> dict[str, str]:
    """The newest vintage of each indicator that has something here, else the newest."""
    found: dict[str, tuple[bool, tuple[int, str]]] = {}
    for row in rows:
        is_here = row.absent_is_zero or any(value is not None for value in values[row.pk].values())
        found[row.indicator_id] = max((is_here, order(row.vintage)), found.get(row.indicator_id, (False, (0, ""))))
    return {code: vintage for code, (_, (_, vintage)) in found.items()}


def _values(rows: Sequence[Series], codes: Sequence[str]) -> dict[int, dict[str, float | None]]:
    found: dict[int, dict[str, float | None]] = {row.pk: {} for row in rows}
    given = Value.objects.filter(code__in=codes, series__in=list(found))
    for series, code, value in given.values_list("series_id", "code", "value"):
        found[series][code] = value
    return found


def _published(compared: Sequence[Compared], exactly: Where | None) -> dict[tuple[str, str], Elsewhere]:
    """What producers give for the places compared with, and for the official place that the territory is."""
    wanted = {(each.level, each.code) for each in compared} | {MAINLAND} | ({exactly} if exactly else set())
    levels = {level for level, _ in wanted}
    rows = Value.objects.filter(series__level__in=levels - {"commune"}).select_related("series")
    found: dict[tuple[str, str], Elsewhere] = {}
    for row in rows.filter(code__in=[code for _, code in wanted]):
        series = row.series
        if (series.level, row.code) in wanted:
            found.setdefault((series.indicator_id, series.vintage), {})[series.level, row.code] = row.value
    return found


def _of_communes(codes: Sequence[str], references: References) -> Iterator[Layer]:
    """The population and the ages that come with the list of communes."""
    rows = list(Commune.objects.filter(code__in=codes).values_list("code", "population", "population_vintage"))
    vintages = {vintage for _, population, vintage in rows if population is not None}
    if vintages:
        yield Layer(
            _population(PEOPLE, "Population municipale"),
            " ; ".join(sorted(vintages)),
            {code: population for code, population, _ in rows},
            references.kept("communes population", _inhabitants_elsewhere),
        )
    yield from _of_ages(codes, references)


def _inhabitants_elsewhere() -> Elsewhere:
    totals = Commune.objects.filter(parent=None).values_list("departement_id").annotate(Sum("population")).order_by()
    return summed({code: total or 0 for code, total in totals})


def _of_ages(codes: Sequence[str], references: References) -> Iterator[Layer]:
    rows = list(PopulationByAge.objects.filter(commune__in=codes))
    if not rows:
        return
    for code, (field, label) in AGES.items():
        values: Mapping[str, float | None] = {row.commune_id: getattr(row, field) for row in rows}
        everywhere = references.kept(f"communes {field}", partial(_aged_elsewhere, field))
        yield Layer(_population(code, label), rows[0].vintage, values, everywhere)


def _aged_elsewhere(field: str) -> Elsewhere:
    counted = PopulationByAge.objects.exclude(commune__arrondissements__isnull=False)
    totals = counted.values_list("commune__departement_id").annotate(Sum(field)).order_by()
    return summed({code: total or 0 for code, total in totals})


def _population(code: str, label: str) -> Indicator:
    return Indicator(code, label, "habitants", "INSEE", theme="population")
