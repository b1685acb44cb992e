"""From the codes of the RPPS to our métiers: « medecin_generaliste », « infirmier ».

``professions.csv`` holds the nomenclature of the professions de santé (ANS, NOS TRE_G15-ProfessionSante,
https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/), read through two public tools that agree on the codes that
both list. A code that it lacks takes its métier from the label that the file itself gives. The savoir-faire that make
a médecin généraliste are those of apl_zonage.md, section 6.1 (profession 10; SM26, SM53, SM54), used by two projects.
"""

import csv
import functools
from pathlib import Path

from maillage.core.kernel.french import fold

TABLE = Path(__file__).with_name("professions.csv")
MEDECIN = "10"
GENERALISTE, SPECIALISTE, WITHOUT_SPECIALITY = "medecin_generaliste", "medecin_specialiste", "medecin"
GENERAL_PRACTICE = frozenset({"SM26", "SM53", "SM54"})
SPECIALITIES = ("SM", "CEX", "PAC")
"""How the codes of a qualification begin: spécialité ordinale, compétence exclusive, praticien adjoint contractuel."""
LONGEST = 40


def metier_of(profession: str, label: str, savoir_faire: str) -> str:
    """The métier of a professional; a doctor without a speciality in the files is only a « medecin »."""
    if profession == MEDECIN:
        if savoir_faire in GENERAL_PRACTICE:
            return GENERALISTE
        return SPECIALISTE if savoir_faire.startswith(SPECIALITIES) else WITHOUT_SPECIALITY
    return metiers().get(profession) or slug(label) or f"profession_{slug(profession)}"


@functools.cache
def metiers() -> dict[str, str]:
    """The métier by code of profession, doctors apart."""
    return {row["code"]: row["metier"] for row in _table() if row["metier"] and row["code"] != MEDECIN}


@functools.cache
def in_town() -> dict[str, str]:
    """The métiers whose activity in town is counted by commune, and their French name in the plural."""
    return {row["metier"]: row["pluriel"] for row in _table() if row["ville"]}


@functools.cache
def plurals() -> dict[str, str]:
    """The French name in the plural of each métier of the table."""
    return {row["metier"]: row["pluriel"] for row in _table() if row["metier"]}


@functools.cache
def named() -> dict[str, tuple[str, str]]:
    """The French name of each métier of the table, singular and plural."""
    return {row["metier"]: (_lowered(row["libelle"]), row["pluriel"]) for row in _table() if row["metier"]}


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def _table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@functools.lru_cache(maxsize=512)
def slug(text: str) -> str:
    """A label as a code: « Ostéopathe » → « osteopathe »."""
    return "_".join(fold(text).split())[:LONGEST]


def rank(savoir_faire: str) -> int:
    """Which savoir-faire of a doctor tells the métier: general practice first, then a speciality, then any other."""
    if savoir_faire in GENERAL_PRACTICE:
        return 0
    return 1 if savoir_faire.startswith(SPECIALITIES) else 2
