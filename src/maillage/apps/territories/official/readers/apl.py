"""Accessibilité potentielle localisée of the DREES: one workbook per profession, of one or of two years.

Either one sheet with its header on the first row (2021), or sheets « APL 2022 », « APL 2023 » with eight rows of
titles, the header, a row of units, and notes at the end. Headers vary from a year to the next (the code stands under
« Commune » in 2018 and 2019, « ou moins » replaces « et moins », spaces end a name): profession and age limit are read
in their words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import (
    Columns,
    Grid,
    Wanted,
    cell_at,
    find_columns,
    grids,
    has_columns,
    normal,
)
from maillage.apps.territories.official.places import COMMUNE, Values, commune_code
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import fold, number

WANTED = Wanted(
    {"code": ("Code commune INSEE", "Code commune", "CODGEO", "INSEE_COM", "Commune")},
    {"population": ("Population totale",)},
)
PROFESSIONS = {
    "medecin_generaliste": ("medecin", "generaliste"),
    "infirmier": ("infirmier",),
    "masseur_kinesitherapeute": ("kinesitherapeute",),
    "chirurgien_dentiste": ("dentiste",),
    "sage_femme": ("sage femme", "sages femmes"),
}
AUX = {
    "medecin_generaliste": "aux médecins généralistes",
    "infirmier": "aux infirmiers",
    "masseur_kinesitherapeute": "aux masseurs-kinésithérapeutes",
    "chirurgien_dentiste": "aux chirurgiens-dentistes",
    "sage_femme": "aux sages-femmes",
}
STANDARD, POPULATION, WOMEN = "population_standardisee", "population", "population_feminine"
PEOPLE = (STANDARD, POPULATION, WOMEN)
AGE = re.compile(r"\b(6[0-9]|70) ans (?:et|ou) moins")
YEAR = re.compile(r"(?<!\d)(20[0-9]{2})(?!\d)")
NO_YEAR = (
    "L'année de l'APL n'est ni dans le nom du fichier ({file}) ni dans celui de ses feuilles ({sheets}). Donnez-la : "
    "--millesime 2021"
)
NO_COLUMN = (
    "Aucune colonne d'accessibilité dans {sheet} : une colonne « APL aux … » d'une des cinq professions est attendue. "
    "Colonnes trouvées : {found}."
)


@dataclass(frozen=True)
class Layout:
    """A sheet: its year, its profession, and the column of each figure (« », « 65_ans », « population »…)."""

    columns: Columns
    year: str
    profession: str
    figures: dict[str, int]


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset per year of the workbook."""
    found = [grid for grid in grids(file) if has_columns(grid, WANTED)]
    sheets = found or grids(file)
    for grid in sheets:
        layout = _layout(grid, file.name, asked, alone=len(sheets) == 1)
        yield Dataset(
            what=layout.profession,
            vintage=layout.year,
            label=f"Accessibilité potentielle localisée {AUX[layout.profession]} {layout.year}",
            write=partial(_write, layout),
        )


def _layout(grid: Grid, file: str, asked: Asked, *, alone: bool) -> Layout:
    columns = find_columns(grid, WANTED)
    profession = next((found for name in columns.header if "apl" in fold(name) and (found := _profession(name))), "")
    if not profession:
        found = ", ".join(f"« {name} »" for name in columns.header if name)
        raise LoadError(NO_COLUMN.format(sheet=grid.name, found=found))
    figures = {kind: index for index, name in enumerate(columns.header) if (kind := _kind(name)) is not None}
    return Layout(columns, _year(grid, columns, file, asked, alone=alone), profession, figures)


def _year(grid: Grid, columns: Columns, file: str, asked: Asked, *, alone: bool) -> str:
    """The year: of the sheet, else (when it stands alone) asked for, of the headers or of the file name."""
    headers = " ".join(name for name in columns.header if _kind(name) not in PEOPLE)
    if asked.year and alone:
        return asked.year
    names = [grid.name, *([headers, file] if alone else [])]
    found = next((match.group(1) for name in names if (match := YEAR.search(name))), "")
    if not found:
        raise LoadError(NO_YEAR.format(file=file, sheets=grid.name))
    return found


def _profession(name: str) -> str:
    words = fold(name)
    return next((slug for slug, roots in PROFESSIONS.items() if any(root in words for root in roots)), "")


def _kind(name: str) -> str | None:
    """« » for an APL at any age, « 65_ans » under an age, the two populations; ``None`` for another column."""
    words = normal(name)
    if words.startswith(("population standardis", "population feminine standardis")):
        return STANDARD
    if words.startswith("population feminine"):
        return WOMEN
    if words.startswith("population totale"):
        return POPULATION
    if not words.startswith("apl"):
        return None
    age = AGE.search(words)
    return f"{age.group(1)}_ans" if age else ""


def _write(layout: Layout, sink: Sink) -> None:
    found = Gathered(sink)
    for line, row in layout.columns.rows():
        cells = {kind: cell_at(row, index) for kind, index in layout.figures.items()}
        code = commune_code(layout.columns.get(row, "code"))
        if COMMUNE.fullmatch(code) or any(isinstance(cell, int | float) for cell in cells.values()):
            found.take(line, code, cells)
        # Else the row of units, or a note at the end.
    for kind, values in found.figures.items():
        name = ".".join(part for part in ("apl", layout.profession, kind) if part)
        sink.series(name, Series.Level.COMMUNE, layout.year, values, weights=found.of(STANDARD))
    sink.note(_sums(found.figures))


def _sums(figures: dict[str, Values]) -> str:
    """National means weighted by the standardised population: what to compare with the DREES."""
    weights = figures.get(STANDARD, {})
    total = sum(weight for weight in weights.values() if weight)
    if not total:
        return "Le fichier ne donne pas la population standardisée : aucune moyenne n'est vérifiable."
    told = [f"Population standardisée : {number(total, 0)}."]
    for kind, values in figures.items():
        if kind not in PEOPLE:
            supply = sum((value or 0) * (weights.get(code) or 0) for code, value in values.items())
            age = f"{kind.removesuffix('_ans')} ans et moins" if kind else "sans borne d'âge écrite"
            mean = number(supply / total, 3)
            told.append(f"Moyenne nationale pondérée par la population standardisée, {age} : {mean}.")
    return " ".join(told)
