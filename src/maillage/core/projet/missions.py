"""The missions of the agreement of each structure, on a day: what an action answers to (its themes: core/activity).

The grids of the rules give theirs (ACI of the MSP, ACI of the CPTS, accord national of the centres de santé), with the
parameter that dates them; ``data/missions.yaml`` gives the others.
"""

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from maillage.core.activity.themes import themes
from maillage.core.rules.base import StructureCode

__all__ = ["Mission", "missions", "themes"]
DATA = Path(__file__).parent / "data" / "missions.yaml"
LEVELS = {
    "prérequis": "prérequis",
    "socle": "socle",
    "option": "en option",
    "proposition": "proposée par les guides",
}
"""The levels, in words."""
AGREEMENTS: dict[StructureCode, str] = {
    "ESP": "Aucun accord ne paie une ESP : ce que les guides lui proposent",
    "MSP": "Accord conventionnel interprofessionnel (ACI) des MSP",
    "CDS": "Accord national des centres de santé",
    "ESS": "Convention médicale 2024, équipes de soins spécialisés",
    "CPTS": "Accord conventionnel interprofessionnel (ACI) des CPTS",
}
BONUS = "bonus"
"""A line that pays more for another one: an action answers to that other one."""


@dataclass(frozen=True)
class Mission:
    """A mission on a day. ``doubt`` says why it is to be confirmed, empty when it is certain."""

    code: str
    title: str
    level: str
    source: str
    url: str | None
    confidence: str
    doubt: str = ""

    def as_dict(self) -> dict[str, str]:
        """What an action sheet keeps of it: the list may change, the sheet says what was chosen."""
        return {"code": self.code, "titre": self.title, "niveau": self.level}


@functools.lru_cache(maxsize=64)
def missions(structure: StructureCode, day: datetime.date) -> tuple[Mission, ...]:
    """The missions of a structure on a day, in the order of its agreement; none before it."""
    grids = {"MSP": _of_msp, "CPTS": _of_cpts, "CDS": _of_cds}
    return tuple(grids[structure](day) if structure in grids else _written(structure, day))


def _of_msp(day: datetime.date) -> Iterator[Mission]:
    from maillage.core.rules.aci_msp.engine import lines  # OpenFisca costs a second to import.

    for line in lines():
        if BONUS not in line.spec.label:
            yield from _dated(line.spec.id, line.spec.label, line.spec.level, line.spec.parameters[0], day)


def _of_cpts(day: datetime.date) -> Iterator[Mission]:
    from maillage.core.rules.aci_cpts.missions import MISSIONS

    for mission in MISSIONS:
        path = f"aci_cpts.missions.{mission.code}.socle"
        level = "socle" if _value(path, day) else "option"
        yield from _dated(mission.id, mission.name, level, path, day)


def _of_cds(day: datetime.date) -> Iterator[Mission]:
    from maillage.core.rules.cds.indicators import OPTIONS, SOCLES

    for level, path, indicators in (
        ("prérequis", "cds.remuneration.socles", SOCLES),
        ("option", "cds.remuneration.options", OPTIONS),
    ):
        listed = _value(path, day) or ()
        for indicator in indicators:
            if indicator.name in listed:
                yield from _dated(indicator.id, indicator.label, level, path, day)


def _dated(code: str, title: str, level: str, path: str, day: datetime.date) -> Iterator[Mission]:
    """The mission, when its parameter stands on the day."""
    from maillage.core.rules.system import system

    text = system().text(path)
    dated = text.in_force(day)
    if dated is None or dated.value is None:
        return
    source, url = next(((each.title, each.href) for each in dated.references), ("", None))
    yield Mission(code, title, level, source, url, dated.confidence or "C", text.doubt_at(day))


def _value(path: str, day: datetime.date) -> Any:
    from maillage.core.rules.system import system

    dated = system().text(path).in_force(day)
    return None if dated is None else dated.value


def _written(structure: StructureCode, day: datetime.date) -> Iterator[Mission]:
    for each in _data()["missions"]:
        if each["accord"] == structure and _stands(each, day):
            yield Mission(each["code"], each["titre"], each["niveau"], each["source"], None, each["confiance"])


def _stands(each: dict[str, Any], day: datetime.date) -> bool:
    return bool(each["depuis"] <= day <= each.get("jusqu_a", datetime.date.max))


@functools.cache
def _data() -> dict[str, list[dict[str, Any]]]:
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(DATA.read_text("utf-8"))
    return content
