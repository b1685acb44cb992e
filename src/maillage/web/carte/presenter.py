"""The words of the map: its legend and its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maillage.apps.territories.cartes.subjects import COMMUNE, DEPARTEMENT, EPCI
from maillage.apps.territories.cartes.values import Coloured
from maillage.apps.territories.models import Commune, Departement, Epci, Region
from maillage.apps.territories.names import search_key
from maillage.core.kernel import french
from maillage.core.maps.classes import NOT_PUBLISHED, Scale, spread

HIDDEN = "non diffusé"


@dataclass(frozen=True)
class Row:
    """A place of the table: ``text`` is its value in French, « non diffusé » when there is none."""

    code: str
    name: str
    more: str
    value: float | None
    text: str
    label: str
    rank: int


def legend(scale: Scale, values: Sequence[float | None]) -> list[dict[str, Any]]:
    """One line per class: its words, its colour (rank in the palette), how many places; then what is not published."""
    ranks = scale.ranks(values).tolist()
    colours = spread(len(scale.labels)) if scale.labels else []
    lines = [
        {"libelle": label, "couleur": colour, "nombre": ranks.count(rank)}
        for rank, (label, colour) in enumerate(zip(scale.labels, colours, strict=True))
    ]
    return [*lines, {"libelle": NOT_PUBLISHED, "couleur": None, "nombre": ranks.count(-1)}]


def rows(shown: Coloured, department: str, order: str, descending: bool) -> list[Row]:
    """The places of the table, sorted; those without a value come last, whatever the order."""
    names = _names(shown.level, department)
    codes = [code for code in shown.values if code in names]
    values = [shown.values[code] for code in codes]
    ranks = shown.scale.ranks(values).tolist()
    found = [_row(shown, code, names[code], rank) for code, rank in zip(codes, ranks, strict=True)]
    by_name = sorted(found, key=lambda row: (search_key(row.name), row.code))
    if order == "nom":
        return by_name[::-1] if descending else by_name
    known = sorted((row for row in by_name if row.value is not None), key=_value, reverse=descending)
    return [*known, *(row for row in by_name if row.value is None)]


def _value(row: Row) -> float:
    return row.value or 0


def _row(shown: Coloured, code: str, name: tuple[str, str], rank: int) -> Row:
    value, scale = shown.values[code], shown.scale
    label = scale.labels[rank] if rank >= 0 else NOT_PUBLISHED
    colour = spread(len(scale.labels))[rank] if rank >= 0 else -1
    return Row(code, *name, value, text_of(value, shown), label, colour)


def text_of(value: float | None, shown: Coloured) -> str:
    """A value in French; the words of its class for a zonage."""
    if value is None:
        return HIDDEN
    if not shown.subject.unit and shown.scale.labels:
        return shown.scale.labels[int(value)]
    return french.number(value, shown.subject.decimals)


def _names(level: str, department: str) -> dict[str, tuple[str, str]]:
    """The name of each place of a level, and what tells homonyms apart."""
    if level == COMMUNE:
        rows = Commune.objects.values_list("code", "nom", "departement__nom")
        return {code: (nom, more) for code, nom, more in (rows.filter(departement=department) if department else rows)}
    if level == EPCI:
        epci = Epci.objects.filter(communes__departement=department).distinct() if department else Epci.objects.all()
        return {each.code: (each.nom, each.get_nature_display()) for each in epci}
    if level == DEPARTEMENT:
        return {each.code: (each.nom, each.region.nom) for each in Departement.objects.select_related("region")}
    return {each.code: (each.nom, "") for each in Region.objects.all()}
