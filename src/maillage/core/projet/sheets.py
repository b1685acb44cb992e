"""Templates of action sheets, by structure: a start to edit, written by us."""

import functools
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from maillage.core.rules.base import StructureCode

DATA = Path(__file__).parent / "data" / "fiches.yaml"


class Indicator(BaseModel):
    """What is followed: its name, what is aimed at, where it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nom: str
    cible: str = ""
    source: str = ""


class SheetTemplate(BaseModel):
    """A template. ``besoin``: codes of figures that it may answer to; ``missions``: codes of missions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    structures: tuple[StructureCode, ...]
    titre: str
    objectif: str
    besoin: tuple[str, ...]
    besoin_en_mots: str
    population: str
    partenaires: str
    etapes: str
    moyens: str
    financements: str
    indicateurs: tuple[Indicator, ...]
    evaluation: str
    missions: tuple[str, ...]


def sheet_templates(structure: StructureCode) -> tuple[SheetTemplate, ...]:
    """The templates of a structure, in the order they were written."""
    return tuple(each for each in _all() if structure in each.structures)


def sheet_template(code: str) -> SheetTemplate | None:
    """The template of this code."""
    return next((each for each in _all() if each.code == code), None)


@functools.cache
def _all() -> tuple[SheetTemplate, ...]:
    content: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return tuple(SheetTemplate.model_validate(each) for each in content["fiches"])
