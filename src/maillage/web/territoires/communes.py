"""The table of the communes of a diagnosis: its columns, its order and its filter are in the address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.apps.territories.names import search_key
from maillage.core.kernel import french

Told = Mapping[str, Any]
NAME = "nom"
OWN = ("tri", "sens", "cherche", "col", "toutes")
"""What the table reads in the address."""
FIRST_COLUMNS = 4
"""Columns shown when none is asked."""
SHOWN = 100
"""Communes shown at once."""


@dataclass(frozen=True)
class Column:
    """A figure that communes have. ``is_shown`` when it is a column of the table."""

    code: str
    title: str
    decimals: int
    is_shown: bool
    vintage: str = ""


def table(told: Told, query: QueryDict, kept: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The table that a query asks; ``kept`` are the pairs of the address that say which diagnosis it is."""
    columns = list(_columns(told, query.getlist("col")))
    shown = [column for column in columns if column.is_shown]
    order = query.get("tri", NAME)
    order = order if order in {column.code for column in shown} else NAME
    descending = query.get("sens", "") == "desc"
    words = query.get("cherche", "").replace("\0", "").strip()
    found = _sorted([each for each in told["communes"] if _answers(each, words)], order, descending)
    all_shown = "toutes" in query or len(found) <= SHOWN
    return {
        "colonnes": columns,
        "entetes": [_header(column, order, descending, query, kept) for column in _with_name(shown)],
        "lignes": [_row(each, shown) for each in (found if all_shown else found[:SHOWN])],
        "trouvees": len(found),
        "total": len(told["communes"]),
        "cherche": words,
        "tri": order,
        "sens": "desc" if descending else "",
        "toutes": "" if all_shown else f"?{urlencode([*kept, *_own(query), ('toutes', '1')])}#communes",
        "gardees": kept,
        "sans_filtre": f"?{urlencode(kept)}#communes" if words else "",
    }


def _columns(told: Told, asked: Sequence[str]) -> Iterator[Column]:
    """Every figure that one commune at least has, in the order of the sections."""
    known = {code for commune in told["communes"] for code, value in commune["valeurs"].items() if value is not None}
    figures = [each for section in told["sections"] for each in section["chiffres"] if each["code"] in known]
    wanted = [each["code"] for each in figures if each["code"] in asked] or _usual(told, figures)
    for each in figures:
        code = each["code"]
        yield Column(code, each["libelle"], each["decimales"], code in wanted, each["millesime"])


def _usual(told: Told, figures: Sequence[Told]) -> list[str]:
    keys = [each["code"] for each in figures if each["code"] in told["chiffres_cles"]]
    return (keys or [each["code"] for each in figures])[:FIRST_COLUMNS]


def _with_name(columns: Sequence[Column]) -> list[Column]:
    return [Column(NAME, "Commune", 0, is_shown=True), *columns]


def _answers(commune: Told, words: str) -> bool:
    key = search_key(words)
    return not key or key in search_key(commune["nom"]) or commune["code"].lower().startswith(key)


def _sorted(communes: Sequence[Told], order: str, descending: bool) -> list[Told]:
    """By name, or by a figure; the communes without it come last in both directions."""
    by_name = sorted(communes, key=lambda each: search_key(each["nom"]))
    if order == NAME:
        return by_name[::-1] if descending else by_name
    known = [each for each in by_name if each["valeurs"].get(order) is not None]
    unknown = [each for each in by_name if each["valeurs"].get(order) is None]
    return sorted(known, key=lambda each: float(each["valeurs"][order]), reverse=descending) + unknown


def _header(
    column: Column, order: str, descending: bool, query: QueryDict, kept: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """A heading, its order for screen readers, and the address that sorts by it or turns the order round."""
    current = column.code == order
    # A figure is first asked from its greatest value, a name from its first letter.
    turn = not descending if current else column.code != NAME
    rest = [pair for pair in _own(query) if pair[0] not in ("tri", "sens")]
    pairs = [*kept, *rest, ("tri", column.code), *([("sens", "desc")] if turn else [])]
    return {
        "titre": column.title,
        "numerique": column.code != NAME,
        "millesime": column.vintage,
        "ordre": ("descending" if descending else "ascending") if current else "",
        "adresse": f"?{urlencode(pairs)}#communes",
    }


def _own(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name in OWN for value in query.getlist(name) if value and name != "toutes"]


def _row(commune: Told, columns: Sequence[Column]) -> dict[str, Any]:
    values = ((column, commune["valeurs"].get(column.code)) for column in columns)
    cells = [
        {"titre": column.title, "texte": french.UNKNOWN if value is None else french.number(value, column.decimals)}
        for column, value in values
    ]
    return {"code": commune["code"], "nom": commune["nom"], "cellules": cells}
