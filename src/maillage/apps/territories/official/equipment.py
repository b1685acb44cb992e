"""One name per equipment whatever the year of the BPE: the file bpe_equipements.yaml beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from maillage.apps.territories.models import Indicator

FILE = Path(__file__).with_name("bpe_equipements.yaml")
PREFIX = "equipement."
PROFESSIONS = "D2"


@cache
def _rows() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["equipements"]
    return rows


@cache
def slugs() -> dict[str, str]:
    """The name of the equipment by code of the INSEE, older and newer."""
    return {code: slug for slug, row in _rows().items() for code in (*row["anciens"], *row["nouveaux"])}


def label(slug: str) -> str:
    """« Médecins généralistes »."""
    return str(_rows()[slug]["libelle"])


def indicator(code: str) -> Indicator:
    """The indicator « equipement.pharmacie », not saved."""
    row = _rows()[code.removeprefix(PREFIX)]
    codes = ", ".join((*row["anciens"], *row["nouveaux"]))
    return Indicator(
        code=code,
        label=row["libelle"],
        theme="equipements",
        unit="professionnels" if _is_profession(row) else "établissements",
        producer="INSEE (base permanente des équipements)",
        direction=Indicator.Direction.HIGH,
        aggregation=Indicator.Aggregation.SUM,
        method=f"Nombre de ces équipements dans la commune, codes {codes} de la BPE. Une commune absente en a zéro.",
    )


def _is_profession(row: dict[str, Any]) -> bool:
    """Whether the INSEE counts persons: the codes of health professions begin with D2."""
    return all(code.startswith(PROFESSIONS) for code in (*row["anciens"], *row["nouveaux"]))
