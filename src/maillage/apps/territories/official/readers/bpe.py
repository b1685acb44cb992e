"""Base permanente des équipements of the INSEE: every layout since 2018, older and newer codes.

- « ensemble »: a line per IRIS or commune and type, with NB_EQUIP (CSV or Parquet); added up by commune;
- « ensemble_xy » and BPE24: a line per equipment, no number;
- API Melodi (DS_BPE): GEO (« 2025-COM-44109 »), FACILITY_TYPE, OBS_VALUE.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from maillage.apps.territories.models import Series
from maillage.apps.territories.official import equipment
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.grids import (
    Columns,
    Grid,
    Line,
    Wanted,
    figure,
    find_columns,
    grids,
    has_columns,
)
from maillage.apps.territories.official.melodi import place_of
from maillage.apps.territories.official.places import Values, commune_code
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number, plural

LINES = Wanted({"code": ("DEPCOM",), "type": ("TYPEQU",)}, {"count": ("NB_EQUIP",), "year": ("AN",)})
MELODI = Wanted(
    {"geo": ("GEO",), "type": ("FACILITY_TYPE",), "count": ("OBS_VALUE",)},
    {"year": ("TIME_PERIOD",), "object": ("GEO_OBJECT",), "measure": ("BPE_MEASURE",)},
)
NAMED = re.compile(r"bpe[ _-]?(?:20)?([12][0-9])(?![0-9])", re.IGNORECASE)
NO_YEAR = "L'année de la BPE n'est ni dans {file} ni dans son nom. Donnez-la : --millesime 2024"
SEVERAL = "{file} contient plusieurs tableaux d'équipements ({names}) : donnez celui à charger, un seul à la fois."
SHOWN = 8
FACILITIES = ("", "FACILITIES")
"""Other measures of the same places (capacities, rooms) are not numbers of equipment."""

Found = tuple[int, str, str, float | None]
"""Line, code of the commune, type of equipment, how many."""


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: every equipment of a year."""
    grid = _table(file)
    melodi = has_columns(grid, MELODI)
    columns = find_columns(grid, MELODI if melodi else LINES)
    year = asked.year or _year(columns, file.name)
    if not year:
        raise LoadError(NO_YEAR.format(file=file.name))
    yield Dataset(
        vintage=year,
        label=f"Équipements de santé par commune (BPE {year})",
        write=partial(_write, columns, year, melodi),
    )


def _table(file: OfficialFile) -> Grid:
    """The table to count. Of « ensemble » and « ensemble_xy », the same equipment twice, the one with numbers."""
    tables = grids(file)
    usable = [grid for grid in tables if has_columns(grid, LINES) or has_columns(grid, MELODI)]
    counted = [grid for grid in usable if has_columns(grid, MELODI) or "count" in find_columns(grid, LINES)]
    for found in (usable, counted):
        if len(found) == 1:
            return found[0]
    if usable:
        raise LoadError(SEVERAL.format(file=file.name, names=", ".join(grid.name for grid in usable)))
    return tables[0]


def _year(columns: Columns, file: str) -> str:
    """The year of the first line, else that of the file name (« BPE24.csv »)."""
    first = next((columns.get(row, "year") for _line, row in itertools.islice(columns.rows(), 1)), "")
    if re.fullmatch(r"20[0-9]{2}", first):
        return first
    named = NAMED.search(file) or NAMED.search(columns.grid.name)
    return f"20{named.group(1)}" if named else ""


def _write(columns: Columns, year: str, melodi: bool, sink: Sink) -> None:
    totals: dict[str, Values] = {}
    others: Counter[str] = Counter()
    slugs, once = equipment.slugs(), set[tuple[str, str]]()
    for line, code, kind, count in (_melodi_lines if melodi else _lines)(columns, year, sink):
        slug = slugs.get(kind)
        if slug is None:
            others[kind] += 1
        elif melodi and (code, kind) in once:
            sink.reject(line, f"« {code} » a déjà un nombre pour {kind}")
        elif sink.commune(line, code):
            once.add((code, kind))
            values = totals.setdefault(slug, {})
            values[code] = (values.get(code) or 0.0) + (count or 0.0)
    for slug, values in totals.items():
        name = equipment.PREFIX + slug
        sink.series(name, Series.Level.COMMUNE, year, values, absent_is_zero=True, describe=equipment.indicator)
    sink.note(_told(totals, others))


def _lines(columns: Columns, year: str, sink: Sink) -> Iterator[Found]:
    counted = "count" in columns
    for line, row in _of_year(columns, year, sink):
        count = _count(line, columns.get(row, "count"), sink) if counted else 1.0
        if count is not None:
            yield line, commune_code(columns.get(row, "code")), columns.get(row, "type").upper(), count


def _melodi_lines(columns: Columns, year: str, sink: Sink) -> Iterator[Found]:
    for line, row in _of_year(columns, year, sink):
        place = place_of(columns.get(row, "geo"), columns.get(row, "object"))
        if place is None or place.level != Series.Level.COMMUNE or columns.get(row, "measure") not in FACILITIES:
            continue  # Totals of départements and régions are made of the communes.
        count = _count(line, columns.get(row, "count"), sink)
        if count is not None:
            yield line, place.code, columns.get(row, "type").upper(), count


def _of_year(columns: Columns, year: str, sink: Sink) -> Iterator[Line]:
    for line, row in columns.rows():
        sink.count()
        if (when := columns.get(row, "year")) and when != year:
            sink.reject(line, f"équipement de {when}, quand le fichier est lu pour {year}")
        else:
            yield line, row


def _count(line: int, written: str, sink: Sink) -> float | None:
    try:
        count = figure(written)
    except ValueError:
        count = None
    if count is None or count < 0:
        sink.reject(line, f"« {written} » n'est pas un nombre d'équipements")
        return None
    return count


def _told(totals: dict[str, Values], others: Counter[str]) -> str:
    kept = ", ".join(f"{equipment.label(slug).lower()} {number(_sum(values))}" for slug, values in totals.items())
    told = f"Totaux : {kept}." if kept else ""
    if not others:
        return told
    names = ", ".join(kind for kind, _count in others.most_common(SHOWN))
    lines = f"{number(others.total())} {plural(others.total(), 'ligne non retenue', 'lignes non retenues')}"
    types = plural(len(others), "type d'équipement hors", "types d'équipement hors")
    return f"{told} {number(len(others))} {types} du champ de la santé de ville ({names}…), {lines}."


def _sum(values: Values) -> float:
    return sum(value or 0.0 for value in values.values())
