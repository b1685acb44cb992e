"""The words of the map: its legend and its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from maillage.apps.territories.cartes.subjects import COMMUNE, DEPARTEMENT, EPCI
from maillage.apps.territories.cartes.values import Coloured
from maillage.apps.territories.models import Commune, Departement, Epci, Region
from maillage.apps.territories.names import search_key
from maillage.core.kernel import french
from maillage.core.maps.classes import NOT_PUBLISHED, Scale

HIDDEN = "non diffusé"
Values = Mapping[str, float | None]


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
    colours = scale.colour_ranks
    lines = [
        {"libelle": label, "couleur": colour, "nombre": ranks.count(rank)}
        for rank, (label, colour) in enumerate(zip(scale.labels, colours, strict=True))
    ]
    return [*lines, {"libelle": NOT_PUBLISHED, "couleur": None, "nombre": ranks.count(-1)}]


def palette(scale: Scale) -> str:
    """The name of its colours in the style sheet: those of a figure, or of losses and gains."""
    return "shift" if scale.shifts else "class"


@dataclass(frozen=True)
class Listed:
    """The places of the table in their order; only those that are shown have a row, since all of France is long."""

    codes: list[str]
    rows: list[Row]


def listed(shown: Coloured, department: str, order: str, descending: bool, most: int | None = None) -> Listed:
    """The places of a département or of the country, sorted; those without a value come last, whatever the order."""
    names = _names(shown.level, department)
    by_name = sorted((code for code in shown.values if code in names), key=lambda code: (names[code].key, code))
    codes = _ordered(by_name, shown.values, order, descending)
    return Listed(codes, [_row(shown, code, names[code]) for code in codes[:most]])


def _ordered(by_name: list[str], values: Values, order: str, descending: bool) -> list[str]:
    if order == "nom":
        return by_name[::-1] if descending else by_name
    known = [code for code in by_name if values[code] is not None]
    unknown = [code for code in by_name if values[code] is None]
    return sorted(known, key=lambda code: values[code] or 0, reverse=descending) + unknown


def _row(shown: Coloured, code: str, name: "Name") -> Row:
    value, scale = shown.values[code], shown.scale
    rank = int(scale.ranks([value])[0])
    label = scale.labels[rank] if rank >= 0 else NOT_PUBLISHED
    colour = scale.colour_ranks[rank] if rank >= 0 else -1
    return Row(code, name.name, name.more, value, text_of(value, shown), label, colour)


def text_of(value: float | None, shown: Coloured) -> str:
    """A value in French; the words of its class for a zonage."""
    if value is None:
        return HIDDEN
    if not shown.subject.unit and shown.scale.labels:
        return shown.scale.labels[int(value)]
    return french.number(value, shown.subject.decimals)


class Name(NamedTuple):
    """The name of a place, what tells homonyms apart, and the key by which names are sorted."""

    name: str
    more: str
    key: str


def _names(level: str, department: str) -> dict[str, Name]:
    if level == COMMUNE:
        rows = Commune.objects.values_list("code", "nom", "departement__nom", "nom_recherche")
        return {code: Name(*said) for code, *said in (rows.filter(departement=department) if department else rows)}
    if level == EPCI:
        epci = Epci.objects.filter(communes__departement=department).distinct() if department else Epci.objects.all()
        found = [(each.code, each.nom, each.get_nature_display()) for each in epci]
    elif level == DEPARTEMENT:
        found = [(each.code, each.nom, each.region.nom) for each in Departement.objects.select_related("region")]
    else:
        found = [(each.code, each.nom, "") for each in Region.objects.all()]
    return {code: Name(nom, more, search_key(nom)) for code, nom, more in found}
