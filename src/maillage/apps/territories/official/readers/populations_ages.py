"""Population by age of the census: « base-cc-evol-struct-pop », files by IRIS, Parquet with an age per column.

Ages are those of the file, added up from the IRIS of a commune: 0–19, 20–64, 65 and over, or finer (0–14, 15–29, 30–44,
45–59, 60–74, 75–89, 90 and over). Women are kept for midwives. A commune of which one count is hidden has none. The two
layouts, by commune and by IRIS, give other ages and stand side by side.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.gather import Gathered
from maillage.apps.territories.official.grids import Columns, Row, Wanted, cell_at, find_columns, grids, has_columns
from maillage.apps.territories.official.indicators import indicator
from maillage.apps.territories.official.places import Values
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number

WANTED = Wanted(
    {"code": ("COM", "CODGEO", "DEPCOM", "code_commune", "INSEE_COM")},
    {"iris": ("IRIS",)},
)
CENSUS = re.compile(r"P(?P<year>[0-9]{2})_(?P<kind>POP|POPF|POP(?P<ages>[0-9]{2,4}P?))", re.IGNORECASE)
PLAIN = re.compile(r"pop(?:_(?P<low>[0-9]{1,2})_(?P<high>[0-9]{2})|_(?P<plus>[0-9]{2})(?:p|_plus))?", re.IGNORECASE)
NAMED = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
AGES = {
    "0014": "0_14", "0019": "0_19", "1529": "15_29", "2064": "20_64", "3044": "30_44", "4559": "45_59",
    "6074": "60_74", "65P": "65_plus", "7589": "75_89", "75P": "75_plus", "90P": "90_plus",
}  # fmt: skip
ALL, WOMEN = "tous_ages", "femmes"
KNOWN = frozenset((*AGES.values(), ALL, WOMEN))
DERIVED = {"75_plus": ("75_89", "90_plus")}
NO_AGES = (
    "Aucune colonne de population par âge dans {file} (« P21_POP0014 », « pop_0_19 »). Colonnes trouvées : {found}."
)
ESTIMATIONS = (
    "{file} a une feuille par année : ce sont les estimations de population des départements. Chargez-le par "
    "« maillage donnees importer estimations {file} »."
)
NO_YEAR = "L'année du recensement n'est ni dans les colonnes ni dans le nom de {file}. Donnez-la : --millesime 2021"


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset per census of the file."""
    tables = grids(file)
    if sum(bool(NAMED.fullmatch(grid.name.strip())) for grid in tables) > 1 and not has_columns(tables[0], WANTED):
        raise LoadError(ESTIMATIONS.format(file=file.name))
    columns = find_columns(tables[0], WANTED)
    years = _years(columns)
    if not any(kind in AGES.values() for kinds in years.values() for kind in kinds):
        raise LoadError(NO_AGES.format(file=file.name, found=", ".join(f"« {name} »" for name in columns.header[:30])))
    for written, kinds in sorted(years.items()):
        named = NAMED.search(file.name)
        year = written or asked.year or (named.group(1) if named else "")
        if not year:
            raise LoadError(NO_YEAR.format(file=file.name))
        if asked.year in ("", year):
            yield Dataset(
                vintage=year,
                label=f"Population par âge{' (par IRIS)' if 'iris' in columns else ''}, recensement {year}",
                what="iris" if "iris" in columns else "",
                write=partial(_write, columns, year, kinds),
            )


def _years(columns: Columns) -> dict[str, dict[str, int]]:
    """The column of each age, by census; « » when the columns do not say it."""
    found: dict[str, dict[str, int]] = {}
    for index, name in enumerate(columns.header):
        year, kind = _kind(name.strip())
        if kind in KNOWN:
            found.setdefault(year, {})[kind] = index
    return found


def _kind(name: str) -> tuple[str, str]:
    if census := CENSUS.fullmatch(name):
        ages = AGES.get((census["ages"] or "").upper(), "")
        return f"20{census['year']}", ages or {"POP": ALL, "POPF": WOMEN}.get(census["kind"].upper(), "")
    if plain := PLAIN.fullmatch(name):
        return "", f"{plain['plus']}_plus" if plain["plus"] else f"{plain['low']}_{plain['high']}" if plain[
            "low"
        ] else ALL
    return "", ""


def _write(columns: Columns, year: str, kinds: dict[str, int], sink: Sink) -> None:
    found = Gathered(sink, adds="iris" in columns)
    for line, row in columns.rows():
        found.take(line, columns.get(row, "code"), _cells(row, kinds))
    figures = {**found.figures, **_derived(found)}
    others = {kind: sink.given_by_another(f"population.{kind}", Series.Level.COMMUNE, year) for kind in figures}
    for kind, values in figures.items():
        # The other layout may count all ages too; when it gives everything, the sink says that it does.
        if not others[kind] or all(others.values()):
            sink.series(f"population.{kind}", Series.Level.COMMUNE, year, values)
    total = sum(value for value in found.of(ALL).values() if value)
    sink.note(
        f"{number(total, 0)} habitants de tous âges." if total else "Le fichier ne donne pas l'ensemble des âges."
    )
    for other in sorted(set(others.values()) - {""}):
        kept = ", ".join(indicator(f"population.{kind}").label for kind, key in others.items() if key == other)
        sink.note(f"Déjà donné par « {other} », qui reste en place : {kept}.")


def _cells(row: Row, kinds: dict[str, int]) -> dict[str, Any]:
    return {kind: cell_at(row, index) for kind, index in kinds.items()}


def _derived(found: Gathered) -> dict[str, Values]:
    """Ages that are the sum of two others, when the file does not give them."""
    made = {}
    for kind, (first, second) in DERIVED.items():
        if kind not in found.figures and {first, second} <= found.figures.keys():
            made[kind] = {code: _sum(value, found.of(second).get(code)) for code, value in found.of(first).items()}
    return made


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second
