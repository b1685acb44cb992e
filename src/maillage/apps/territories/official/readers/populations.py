"""Populations of reference of the INSEE: API Melodi (DS_POPULATIONS_REFERENCE), or a table with a column per year."""

import re
from functools import partial

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import Columns, Wanted, cell_at, find_columns, grids, has_columns
from maillage.apps.territories.official.melodi import place_of
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number

MELODI = Wanted(
    {"geo": ("GEO",), "measure": ("POPREF_MEASURE",), "year": ("TIME_PERIOD",), "count": ("OBS_VALUE",)},
    {"object": ("GEO_OBJECT",)},
)
TABLE = Wanted(
    {"code": ("CODGEO", "COM", "DEPCOM", "insee_com", "code_commune", "code commune INSEE", "code")},
    {"kind": ("commune_type", "TYPECOM", "type")},
)
MUNICIPAL = "PMUN"
YEAR = re.compile(
    r"(?:population(?:_municipale)?_?|pmun_?)(?P<after>(?:20)?[0-9]{2})|p(?P<before>[0-9]{2})_pop", re.IGNORECASE
)
DELEGATED = ("COMD", "COMA")
"""Former communes, whose inhabitants are counted in the commune of today."""
NO_YEAR = (
    "Aucune colonne de population avec son année dans {file} (« population_2021 », « PMUN21 », « P21_POP »). "
    "Colonnes trouvées : {found}."
)


def read(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """One dataset per year of the file (of the year asked for, when one is)."""
    [grid] = grids(file)[:1]
    if has_columns(grid, MELODI):
        columns = find_columns(grid, MELODI)
        found = {year: partial(_write_melodi, columns, year) for year in _melodi_years(columns)}
    else:
        columns = find_columns(grid, TABLE)
        found = {year: partial(_write_table, columns, year, place) for year, place in _years(columns).items()}
    if not found:
        names = ", ".join(f"« {name} »" for name in columns.header if name)
        raise LoadError(NO_YEAR.format(file=file.name, found=names))
    years = [year for year in sorted(found) if asked.year in ("", year)]
    return [Dataset(vintage=year, label=f"Population municipale {year}", write=found[year]) for year in years]


def _melodi_years(columns: Columns) -> set[str]:
    return {columns.get(row, "year") for _line, row in columns.rows()}


def _years(columns: Columns) -> dict[str, int]:
    """The column of each year."""
    found = {}
    for index, name in enumerate(columns.header):
        if match := YEAR.fullmatch(name.strip()):
            year = match["after"] or match["before"]
            found[year if len(year) == 4 else f"20{year}"] = index
    return found


def _write_melodi(columns: Columns, year: str, sink: Sink) -> None:
    found = Gathered(sink)
    for line, row in columns.rows():
        place = place_of(columns.get(row, "geo"), columns.get(row, "object"))
        wanted = columns.get(row, "measure") == MUNICIPAL and columns.get(row, "year") == year
        if wanted and place and place.level == Series.Level.COMMUNE:
            found.take(line, place.code, {"totale": columns.get(row, "count")})
    _send(found, year, sink)


def _write_table(columns: Columns, year: str, index: int, sink: Sink) -> None:
    found = Gathered(sink)
    for line, row in columns.rows():
        if columns.get(row, "kind").upper() not in DELEGATED:
            found.take(line, columns.get(row, "code"), {"totale": cell_at(row, index)})
    _send(found, year, sink)


def _send(found: Gathered, year: str, sink: Sink) -> None:
    values = found.of("totale")
    sink.series("population.totale", Series.Level.COMMUNE, year, values)
    cities = set(sink.places.parents.values())
    arrondissements = any(code in sink.places.parents for code in values)
    counted = [value for code, value in values.items() if value and not (arrondissements and code in cities)]
    sink.note(f"{number(sum(counted), 0)} habitants.")
