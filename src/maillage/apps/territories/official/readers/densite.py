"""Grille communale de densité of the INSEE, in three and in seven levels."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import (
    Columns,
    Wanted,
    cell_at,
    figure,
    find_columns,
    grids,
    has_columns,
    text,
)
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError

CODE = Wanted({"code": ("CODGEO", "DEPCOM", "INSEE_COM")})
LEVELS = re.compile(r"dens(?:ite)?[ _]?(?P<levels>[37])?(?:[ _](?:classe|niveaux?))?", re.IGNORECASE)
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
NO_LEVEL = "Aucun niveau de densité dans {file} : une colonne « DENS » est attendue. Colonnes trouvées : {found}."
NO_YEAR = "L'année de la grille n'est pas dans le nom de {file}. Donnez-la : --millesime 2024"


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: the levels of every commune."""
    found = grids(file)
    grid = next((grid for grid in found if has_columns(grid, CODE) and _levels(find_columns(grid, CODE))), found[0])
    columns = find_columns(grid, CODE)
    levels = _levels(columns)
    if not levels:
        raise LoadError(NO_LEVEL.format(file=file.name, found=", ".join(f"« {name} »" for name in columns.header)))
    named = YEAR.search(file.name)
    if not (year := asked.year or (named.group(1) if named else "")):
        raise LoadError(NO_YEAR.format(file=file.name))
    label = f"Grille communale de densité {year}"
    yield Dataset(
        vintage=year,
        label=label,
        what="" if "7" in levels else "3-niveaux",
        write=partial(_write, columns, levels, year),
    )


def _levels(columns: Columns) -> dict[str, int]:
    """The column of each grid: « DENS » alone is that of seven levels when one of its figures is above 3."""
    found = {}
    for index, name in enumerate(columns.header):
        if match := LEVELS.fullmatch(name.strip()):
            found[match["levels"] or ("7" if _above_three(columns, index) else "3")] = index
    return found


def _above_three(columns: Columns, index: int) -> bool:
    return any(str(row[index]).strip()[:1] in set("4567") for _line, row in columns.rows() if index < len(row))


def _is_level(cell: Any, kind: str) -> bool:
    """Whether the cell is a level of this grid, or says that there is none; what is no number is told elsewhere."""
    try:
        level = figure(cell)
    except ValueError:
        return True
    return level is None or level in range(1, int(kind) + 1)


def _write(columns: Columns, levels: dict[str, int], year: str, sink: Sink) -> None:
    found = Gathered(sink)
    for line, row in columns.rows():
        cells = {kind: cell_at(row, index) for kind, index in levels.items()}
        if wrong := [f"« {text(cell)} » de 1 à {kind}" for kind, cell in cells.items() if not _is_level(cell, kind)]:
            sink.count()
            sink.reject(line, f"un niveau de densité est attendu : {', '.join(wrong)}")
        else:
            found.take(line, columns.get(row, "code"), cells)
    for kind, values in found.figures.items():
        sink.series(f"densite.grille_{kind}", Series.Level.COMMUNE, year, values)
