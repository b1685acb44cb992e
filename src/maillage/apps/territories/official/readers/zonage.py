"""Zonages of the health professions in the layout of Atlasanté: a line per commune, a class per profession.

Columns: com_code, niveau, tvs_lib, bvcv_lib, z<profession>_niveau (« 1_ZIP », « 1_Tres_sous_dotee », « NC… » for a
commune that is not classed), <profession>_date_arrete (dd/mm/yyyy).
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from maillage.apps.territories.models import Grouping
from maillage.apps.territories.models import Zoning as ZoningRow
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.grids import Columns, Row, Wanted, find_columns, grids
from maillage.apps.territories.official.groupings import ByCommune, write_groupings
from maillage.apps.territories.official.places import commune_code
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import fold, number, plural

FILE = Path(__file__).parents[1] / "zonage_classes.yaml"
WANTED = Wanted(
    {"code": ("com_code", "code_commune", "CODGEO", "INSEE_COM")},
    {
        "niveau": ("niveau",),
        "tvs": ("tvs_lib",), "tvs_code": ("tvs_code", "tvs", "code_tvs"),
        "bvcv": ("bvcv_lib",), "bvcv_code": ("bvcv_code", "bvcv", "code_bvcv"),
    },
)  # fmt: skip
CLASS = re.compile(r"z(?P<profession>[a-z]+)_niveau")
DECISION = re.compile(r"z?(?P<profession>[a-z]+)_date_arrete")
COMMUNE_LEVELS = ("", "com", "arm", "commune")
NUMBER = re.compile(r"^[0-9]+[ _-]*")
SHOWN = 3
UNREADABLE = ("date d'arrêté illisible, laissée inconnue", "dates d'arrêté illisibles, laissées inconnues")
GROUPS = ((Grouping.Kind.TVS, "tvs", "tvs_code"), (Grouping.Kind.BVCV, "bvcv", "bvcv_code"))
NO_CLASS = "Aucune colonne de zonage dans {file} (« zmed_niveau », « zide_niveau »…). Colonnes trouvées : {found}."
UNDATED = "à confirmer (le fichier ne donne aucune date d'arrêté)"


@dataclass(frozen=True)
class Layout:
    """Where the class and the day of the decision of each profession stand."""

    columns: Columns
    classes: dict[str, int]
    decisions: dict[str, int]


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: the classes of every profession, dated by the latest decision."""
    columns = find_columns(grids(file)[0], WANTED)
    layout = Layout(columns, _columns_of(columns, CLASS), _columns_of(columns, DECISION))
    if not layout.classes:
        raise LoadError(NO_CLASS.format(file=file.name, found=", ".join(f"« {name} »" for name in columns.header)))
    yield Dataset(
        vintage=asked.vintage or _latest(layout),
        label="Zonages des professions de santé",
        together=False,
        write=partial(_write, layout),
    )


@cache
def _known() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def class_of(written: str) -> str | None:
    """Our name of a class (« 1_Tres_sous_dotee » gives « tres_sous_dotee »); « » for a commune that is not classed.

    ``None`` for a class that is not one.
    """
    words = fold(NUMBER.sub("", written.strip()).replace("_", " "))
    if not words or words.startswith("nc"):
        return ""
    known: dict[str, str] = {
        spelling: name for name, spellings in _known()["classes"].items() for spelling in spellings
    }
    return known.get(words)


def _columns_of(columns: Columns, pattern: re.Pattern[str]) -> dict[str, int]:
    professions, found = _known()["professions"], {}
    for index, name in enumerate(columns.header):
        match = pattern.fullmatch(name.strip().lower())
        if match and match["profession"] in professions:
            found[professions[match["profession"]]] = index
    return found


def _latest(layout: Layout) -> str:
    days = {
        _day(row[index])
        for _line, row in layout.columns.rows()
        for index in layout.decisions.values()
        if index < len(row)
    }
    known = [day for day in days if day]
    return max(known).isoformat() if known else UNDATED


def _day(written: str) -> datetime.date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(str(written).strip()[:10], form).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
    return None


def _write(layout: Layout, sink: Sink) -> None:
    columns = layout.columns
    found: dict[str, ByCommune[tuple[str, str, str | None]]] = {name: ByCommune() for name in layout.classes}
    groups: dict[str, ByCommune[tuple[str, str]]] = {kind: ByCommune() for kind, _name, _code in GROUPS}
    for line, row in columns.rows():
        if columns.get(row, "niveau").lower() not in COMMUNE_LEVELS:
            continue
        sink.count()
        code = commune_code(columns.get(row, "code"))
        if not sink.commune(line, code):
            continue
        for profession, said in _classes(layout, line, row, sink):
            found[profession].say(sink, line, code, said)
        for kind, name, group_code in GROUPS:
            if label := columns.get(row, name):
                groups[kind].say(sink, line, code, (columns.get(row, group_code) or label[:40], label))
    _send(found, groups, sink)
    _tell_bad_days(layout, sink)


def _unknown(layout: Layout, row: Row) -> list[str]:
    written = ((profession, cell_text(row, index)) for profession, index in layout.classes.items())
    return [
        f"« {brut[:40]} » ({profession.replace('_', ' ')})" for profession, brut in written if class_of(brut) is None
    ]


def _tell_bad_days(layout: Layout, sink: Sink) -> None:
    """The days of decision that are none: the class stands, its day is unknown."""
    wrong = [
        f"ligne {line} : « {written[:20]} »"
        for line, row in layout.columns.rows()
        for index in layout.decisions.values()
        if (written := cell_text(row, index)) and _day(written) is None
    ]
    if wrong:
        noun = plural(len(wrong), *UNREADABLE)
        sink.note(f"{number(len(wrong))} {noun} ({', '.join(wrong[:SHOWN])}).")


def cell_text(row: Row, index: int) -> str:
    """The text of a cell, empty when the line stops before it."""
    return str(row[index] or "").strip() if index < len(row) else ""


def _classes(layout: Layout, line: int, row: Row, sink: Sink) -> Iterator[tuple[str, tuple[str, str, str | None]]]:
    """The class of each profession; those that are unknown are told, the others of the line stand."""
    if unknown := _unknown(layout, row):
        sink.reject(line, f"classe de zonage inconnue : {', '.join(unknown)}")
    for profession, index in layout.classes.items():
        brut = cell_text(row, index)
        if classe := class_of(brut):
            place = layout.decisions.get(profession)
            since = _day(row[place]) if place is not None and place < len(row) else None
            yield profession, (classe, brut[:80], since.isoformat() if since else None)


def _send(
    found: dict[str, ByCommune[tuple[str, str, str | None]]], groups: dict[str, ByCommune[tuple[str, str]]], sink: Sink
) -> None:
    rows = (
        (profession, commune, classe, brut, since)
        for profession, communes in found.items()
        for commune, (classe, brut, since) in communes.items()
    )
    sink.insert(ZoningRow, ["profession", "commune", "classe", "brut", "since"], rows)
    for kind, communes in groups.items():
        if communes:
            names = dict(communes.values())
            pairs = ((commune, code) for commune, (code, _name) in communes.items())
            write_groupings(sink, kind, names, pairs, first=False)
    for profession, classed in found.items():
        counts = Counter(classe for classe, _brut, _since in classed.values())
        told = ", ".join(f"{classe.replace('_', ' ')} {number(count)}" for classe, count in counts.most_common())
        sink.note(f"{profession.replace('_', ' ').capitalize()} : {told or 'aucune commune classée'}.")
