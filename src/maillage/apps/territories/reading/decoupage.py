"""Current communes, former codes, postal codes and legal populations, from @etalab/decoupage-administratif.

The README of version 6.0.0 gives the sources: COG of the INSEE (2026), legal populations at
https://www.insee.fr/fr/statistiques/8680726 (« Populations de référence 2023 »), those of 2017 for Mayotte.
"""

import hashlib
from pathlib import Path
from typing import Any

import orjson

from maillage.apps.territories.reading.files import DECOUPAGE
from maillage.apps.territories.reading.rows import CommuneRow, Communes, FormerRow, LoadError

CHECKED_VERSION = "6.0.0"
# SHA-256 of the codes and populations of that version: the rest of the file may be trimmed at build.
CHECKED_SUM = "fa411820616649791121877145fe3ab01a8885fdce8421d3661c6be27bb7501d"
POPULATION = "population municipale 2023 (INSEE)"
POPULATION_MAYOTTE = "population municipale 2017 (INSEE)"
UNKNOWN_VINTAGE = "à confirmer (millésime non vérifié pour ce fichier)"
MAYOTTE = "976"
CURRENT = {"commune-actuelle", "arrondissement-municipal"}
FORMER_KINDS = {"commune-deleguee": "deleguee", "commune-associee": "associee"}
# Nouvelle-Calédonie, Polynésie, Saint-Martin…: the COG does not count them among the communes of the 18 régions.
COLLECTIVITES = ("975", "977", "978", "98")

Row = dict[str, Any]


def is_collectivite(code: str) -> bool:
    """Whether the code is that of a collectivité d'outre-mer."""
    return code.startswith(COLLECTIVITES)


def read(path: Path = DECOUPAGE) -> Communes:
    """Everything the file says of the communes. Raises :class:`LoadError` when it is not as expected."""
    try:
        return _assemble(orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError) as error:
        raise LoadError(f"Le fichier {path.name} est illisible ({error}).") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise LoadError(f"Le fichier {path.name} n'a pas la forme attendue ({error!r}).") from error


def _assemble(rows: list[Row]) -> Communes:
    checked = _sum_of_populations(rows) == CHECKED_SUM
    kept = [row for row in rows if not is_collectivite(row["code"])]
    current = [row for row in kept if row["type"] in CURRENT]
    named = [row for row in kept if row["type"] in FORMER_KINDS]
    return Communes(
        communes={row["code"]: _commune(row, checked) for row in current},
        former=[_former(row) for row in named] + _merged(current, {row["code"] for row in named}),
        rows_read=len(rows),
        rejected=len(rows) - len(current) - len(named),
        checked=checked,
    )


def _commune(row: Row, checked: bool) -> CommuneRow:
    population = row.get("population")
    return CommuneRow(
        code=row["code"],
        nom=row["nom"],
        tncc=row["typeLiaison"],
        departement=row["departement"],
        parent=row.get("commune"),
        population=population,
        population_vintage="" if population is None else _vintage(row["departement"], checked),
        codes_postaux=frozenset(row.get("codesPostaux", ())),
    )


def _sum_of_populations(rows: list[Row]) -> str:
    lines = sorted(f"{row['code']}:{row['population']}" for row in rows if row.get("population") is not None)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _vintage(departement: str, checked: bool) -> str:
    if not checked:
        return UNKNOWN_VINTAGE
    return POPULATION_MAYOTTE if departement == MAYOTTE else POPULATION


def _former(row: Row) -> FormerRow:
    return FormerRow(row["code"], row["nom"], FORMER_KINDS[row["type"]], row["chefLieu"])


def _merged(current: list[Row], named: set[str]) -> list[FormerRow]:
    """Codes that no longer exist, without their name: the file gives only the code."""
    return [
        FormerRow(code, "", "fusionnee", row["code"])
        for row in current
        for code in row.get("anciensCodes", ())
        if code not in named
    ]
