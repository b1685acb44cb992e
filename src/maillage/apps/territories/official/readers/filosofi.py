"""Income and poverty of the INSEE (FILOSOFI), by commune, EPCI, bassin de vie, département and région.

Layouts: « base-cc-filosofi » (a workbook with a sheet per level under five rows of titles; CSV files per level in an
archive), or a table of communes. A cell that is empty, « s », « nd » or « ns » is hidden: unknown, never 0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import Columns, Grid, Wanted, cell_at, find_columns, grids, has_columns
from maillage.apps.territories.official.places import METROPOLE, commune_code
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number, plural

WANTED = Wanted({"code": ("CODGEO",)})
FIGURE = re.compile(r"(?P<name>[A-Z]+(?:60(?:AGE[1-6]|TOL[12])?|1|9)?)(?P<year>[0-9]{2})")
NAMES = {
    "MED": "mediane", "TP60": "taux_pauvrete", "D1": "d1", "D9": "d9", "RD": "rapport_interdecile",
    "PIMP": "menages_imposes", "PPEN": "part_pensions", "PPMINI": "part_minima_sociaux",
    "NBMENFISC": "menages_fiscaux", "NBPERSMENFISC": "personnes_fiscales",
    "TP60AGE1": "taux_pauvrete.moins_30_ans", "TP60AGE2": "taux_pauvrete.30_39_ans",
    "TP60AGE3": "taux_pauvrete.40_49_ans", "TP60AGE4": "taux_pauvrete.50_59_ans",
    "TP60AGE5": "taux_pauvrete.60_74_ans", "TP60AGE6": "taux_pauvrete.75_ans_plus",
    "TP60TOL1": "taux_pauvrete.proprietaires", "TP60TOL2": "taux_pauvrete.locataires",
}  # fmt: skip
LEVELS = {
    "COM": Series.Level.COMMUNE,
    "EPCI": Series.Level.EPCI,
    "DEP": Series.Level.DEPARTEMENT,
    "REG": Series.Level.REGION,
    "METRO": Series.Level.FRANCE,
    "BV2022": Series.Level.BASSIN,
}
LEVEL = re.compile(r"(?:^|_)(?P<level>[A-Z0-9]+)(?:\.[a-z]+)?$", re.IGNORECASE)
NO_FIGURE = "Aucune figure de FILOSOFI dans {file} : une colonne « MED21 » ou « TP6021 » est attendue."
MEDIAN = "revenus.mediane"


@dataclass(frozen=True)
class Table:
    """A table of one level: its columns, and that of each figure."""

    columns: Columns
    level: str
    figures: dict[str, int]


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: every level of the year of the file."""
    found = [grid for grid in grids(file) if has_columns(grid, WANTED)]
    years: dict[str, list[Table]] = {}
    for grid in found or [grids(file)[0]]:
        columns = find_columns(grid, WANTED)
        for year, figures in _figures(columns).items():
            if level := _level(grid, columns):
                years.setdefault(year, []).append(Table(columns, level, figures))
    if not years:
        raise LoadError(NO_FIGURE.format(file=file.name))
    for year, tables in sorted(years.items()):
        if asked.year in ("", year):
            yield Dataset(
                vintage=year,
                label=f"Revenus et pauvreté (FILOSOFI {year})",
                what=_only_level(tables),
                write=partial(_write, tables, year),
            )


def _only_level(tables: list[Table]) -> str:
    """What tells a file of one level that is not communes: it takes the place of no other level."""
    levels = {table.level for table in tables}
    return levels.pop() if len(levels) == 1 and Series.Level.COMMUNE not in levels else ""


def _figures(columns: Columns) -> dict[str, dict[str, int]]:
    """The column of each figure, by year: « TP60AGE116 » is that of the first age, in 2016."""
    found: dict[str, dict[str, int]] = {}
    for index, written in enumerate(columns.header):
        match = FIGURE.fullmatch(written.upper())
        if match and (name := NAMES.get(match["name"])):
            found.setdefault(f"20{match['year']}", {})[f"revenus.{name}"] = index
    return found


def _level(grid: Grid, columns: Columns) -> str:
    """The level that the name of the sheet or file ends with, else communes when its codes are; « » for others."""
    match = LEVEL.search(grid.name)
    if match and (level := LEVELS.get(match["level"].upper())):
        return level
    first = next((columns.get(row, "code") for _line, row in columns.rows()), "")
    named = {"ARR", "AU2010", "UU2010", "ZE2010", "UU2020", "ZE2020", "AAV2020", "ARM"}
    other = match is not None and match["level"].upper() in named
    return Series.Level.COMMUNE if not other and len(commune_code(first)) == 5 else ""


def _write(tables: list[Table], year: str, sink: Sink) -> None:
    for table in tables:
        found = Gathered(sink, level=table.level)
        for line, row in table.columns.rows():
            code = table.columns.get(row, "code")
            cells = {name: cell_at(row, index) for name, index in table.figures.items()}
            found.take(line, METROPOLE if table.level == Series.Level.FRANCE else code, cells)
        for name, values in found.figures.items():
            sink.series(name, table.level, year, values)
        if table.level == Series.Level.COMMUNE:
            sink.note(_secrecy(found))


def _secrecy(found: Gathered) -> str:
    medians, rates = found.of(MEDIAN), found.of("revenus.taux_pauvrete")
    known, poor = (sum(value is not None for value in values.values()) for values in (medians, rates))
    communes = plural(known, "commune a", "communes ont")
    return (
        f"{number(known)} {communes} une médiane, {number(poor)} un taux de pauvreté : les autres sont masqués par le "
        "secret statistique."
    )
