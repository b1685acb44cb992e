"""Population estimates of the INSEE by département and region of five ages: a sheet per year, since 1975.

A yearly sheet: titles, a line with Ensemble, Hommes, Femmes, a line of ages repeated under each, then a line per
département mixed with totals (France métropolitaine, DOM, France). Overseas codes are numbers (971.0). The latest
years are provisional, and revised by the next file. The indicators are not those of the census: a newer year of the
départements alone would hide the figures of the communes.
"""

import re
from collections.abc import Iterator
from functools import partial

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import HEADER_WITHIN, Grid, Row, cell_at, grids, normal, text
from maillage.apps.territories.official.places import FRANCE, METROPOLE
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number

YEAR = re.compile(r"(19|20)[0-9]{2}")
AGES = {
    "0 à 19 ans": "0_19",
    "20 à 39 ans": "20_39",
    "40 à 59 ans": "40_59",
    "60 à 74 ans": "60_74",
    "75 ans et plus": "75_plus",
}
TOTAL = "Total"
DEPARTEMENT = re.compile(r"[0-9]{2}|2[AB]|97[0-9]")
TOTALS = {"france metropolitaine": METROPOLE, "france metropolitaine et dom": FRANCE}
NO_SHEET = "Aucune feuille de {file} ne porte une année et les âges « 0 à 19 ans » à « 75 ans et plus »."


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: a series per year of the workbook (of the year asked for, when one is)."""
    found = {}
    for grid in grids(file):
        year = grid.name.strip()
        if YEAR.fullmatch(year) and asked.vintage in ("", year) and (columns := _columns(grid)):
            found[year] = (grid, columns)
    if not found:
        raise LoadError(NO_SHEET.format(file=file.name))
    vintage = "–".join(sorted({min(found), max(found)}))
    label = "Estimations de population des départements par âge, au 1er janvier"
    yield Dataset(vintage=vintage, label=label, together=False, write=partial(_write_all, found))


def _columns(grid: Grid) -> dict[str, int]:
    """The column of each age of the whole population, which stands first, before men and women."""
    for line, row in grid.lines():
        names = [normal(text(cell)) for cell in row]
        if all(normal(age) in names for age in AGES):
            ages = {kind: names.index(normal(age)) for age, kind in AGES.items()}
            return {**ages, "tous_ages": names.index(normal(TOTAL))} if normal(TOTAL) in names else ages
        if line > HEADER_WITHIN:
            break
    return {}


def _write_all(found: dict[str, tuple[Grid, dict[str, int]]], sink: Sink) -> None:
    for year, (grid, columns) in sorted(found.items()):
        _write(grid, columns, year, sink)


def _write(grid: Grid, columns: dict[str, int], year: str, sink: Sink) -> None:
    departements = Gathered(sink, level=Series.Level.DEPARTEMENT)
    country = Gathered(sink, level=Series.Level.FRANCE)
    for line, row in grid.lines():
        code = text(row[0]) if row else ""
        cells = _cells(row, columns)
        if DEPARTEMENT.fullmatch(code):
            departements.take(line, code, cells)
        elif whole := TOTALS.get(normal(code)):
            country.take(line, whole, cells)
    for found in (departements, country):
        for kind, values in found.figures.items():
            sink.series(f"estimations.{kind}", found.level, year, values)
    total = sum(value for value in departements.of("tous_ages").values() if value)
    sink.notes = [f"En {year} : {number(len(departements.seen))} départements, {number(total, 0)} habitants."]


def _cells(row: Row, columns: dict[str, int]) -> dict[str, object]:
    return {kind: cell_at(row, index) for kind, index in columns.items()}
