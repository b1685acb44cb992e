"""Steps, helpers, aids and contacts as data: the national ones, and what each region adds or replaces.

``data/*.yaml`` holds what stands everywhere; ``packs/<code>/pack.yaml`` what a region says. A region adds to the
national steps, replaces an aid or a help of the same ``id``, and replaces the national contacts of the same ``genre``.
"""

import datetime
import functools
from pathlib import Path
from typing import Any

import yaml

from maillage.core.rules.base import STRUCTURE_CODES, StructureCode
from maillage.core.rules.orientation.aid_data import AidData
from maillage.core.rules.packs.calls import Call, CallData, sorted_calls
from maillage.core.rules.packs.data import Data
from maillage.core.rules.packs.headings import HeadingData, HeadingGuidance
from maillage.core.rules.packs.support import SupportData, in_force
from maillage.core.rules.regions import PACKS, REGIONS, pack_codes

DATA = Path(__file__).parent / "data"
COUNTRY = "France entière"


class StepData(Data):
    """One step. It is done when a field of ``faite_si`` has one of the values listed; likewise ``en_cours_si``."""

    id: str
    titre: str
    description: str
    documents: tuple[str, ...] = ()
    faite_si: dict[str, tuple[str, ...]] = {}
    en_cours_si: dict[str, tuple[str, ...]] = {}
    source: str


class StepAddition(Data):
    """What a region adds to a step, beside its helps."""

    documents: tuple[str, ...] = ()
    precision: str = ""


class ContactData(Data):
    """One organisation. Empty filters mean « for all »; ``professions`` are those whose members it represents."""

    organisme: str
    genre: str
    role: str
    telephone: str | None = None
    email: str | None = None
    web: str | None = None
    structures: tuple[StructureCode, ...] = STRUCTURE_CODES
    departements: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    source: str


class ReserveData(Data):
    """A newer text that is not established: ``motif`` as its parameters write it, what it touches, who knows."""

    motif: str
    objet: str
    qui: str


class Pack(Data):
    """A regional policy, described. ``partiel``: only some of its rules are written, the others are national.

    ``rubriques`` are headings of the projet de santé that only the region asks for; ``reperes`` its checklists.
    """

    code: str
    nom: str
    libelle: str
    regions: tuple[str, ...]
    partiel: bool = False
    avertissement: str
    etapes: dict[StructureCode, dict[str, StepAddition]] = {}
    accompagnements: tuple[SupportData, ...] = ()
    financements: tuple[AidData, ...] = ()
    appels: tuple[CallData, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    rubriques: tuple[HeadingData, ...] = ()
    reperes: tuple[HeadingGuidance, ...] = ()


class Nation(Data):
    """What stands everywhere. ``noms``: full names; ``creees_le``: the day of the law that created a structure;
    ``hors_sisa``: who cannot be an associate of a SISA;
    ``reserves``: what is told once in an answer.
    """

    noms: dict[StructureCode, str]
    creees_le: dict[StructureCode, datetime.date]
    hors_sisa: tuple[str, ...]
    etapes: dict[StructureCode, tuple[StepData, ...]]
    accompagnements: tuple[SupportData, ...]
    financements: tuple[AidData, ...]
    appels: tuple[CallData, ...]
    contacts: tuple[ContactData, ...]
    reserves: tuple[ReserveData, ...]


@functools.cache
def pack(code: str) -> Pack:
    """The description of a region."""
    return Pack.model_validate(_read(PACKS / code / "pack.yaml"))


@functools.cache
def nation() -> Nation:
    """The national description."""
    content: dict[str, Any] = {}
    for path in sorted(DATA.glob("*.yaml")):
        content.update(_read(path))
    return Nation.model_validate(content)


@functools.cache
def pack_of_region(region: str) -> str | None:
    """The pack that governs a region (INSEE code), or ``None`` when its policy is not written."""
    return next((code for code in pack_codes() if region in pack(code).regions), None)


@functools.cache
def aids(code: str | None, structure: StructureCode) -> tuple[AidData, ...]:
    """Money of a structure: the national list, where a region replaces the aids of the same id and adds its own."""
    regional = {aid.id: aid for aid in pack(code).financements} if code else {}
    merged = {aid.id: regional.get(aid.id, aid) for aid in nation().financements} | regional
    return tuple(aid for aid in merged.values() if aid.structure == structure)


@functools.cache
def steps(code: str | None, structure: StructureCode) -> tuple[StepData, ...]:
    """Steps of a structure, with what the region adds."""
    added = pack(code).etapes.get(structure, {}) if code else {}
    return tuple(_with(step, added.get(step.id)) for step in nation().etapes[structure])


@functools.cache
def contacts(code: str | None) -> tuple[ContactData, ...]:
    """Organisations of the region, then the national lines of the kinds that the region does not name."""
    regional = pack(code).contacts if code else ()
    named = {contact.genre for contact in regional}
    return (*regional, *(contact for contact in nation().contacts if contact.genre not in named))


@functools.lru_cache(maxsize=256)
def supports(code: str | None, date: datetime.date) -> tuple[SupportData, ...]:
    """Who helps on a day, all structures and steps: the nation, changed and completed by a region."""
    return in_force(nation().accompagnements, pack(code).accompagnements if code else (), date)


def calls(day: datetime.date) -> list[Call]:
    """Every call for projects that is known, with its state on a day."""
    national = (
        Call(each, "", ", ".join(REGIONS[code] for code in each.regions) or COUNTRY, each.state_on(day))
        for each in nation().appels
    )
    regional = (
        Call(each, code, pack(code).nom, each.state_on(day)) for code in pack_codes() for each in pack(code).appels
    )
    return sorted_calls((*national, *regional))


def calls_of_region(region: str, day: datetime.date) -> list[Call]:
    """The calls of a region (INSEE code): those of its pack, and the national ones that are for it."""
    code = pack_of_region(region)
    return [
        call
        for call in calls(day)
        if (call.region == code if call.region else not call.data.regions or region in call.data.regions)
    ]


def _with(step: StepData, added: StepAddition | None) -> StepData:
    if added is None:
        return step
    return step.model_copy(
        update={
            "documents": (*step.documents, *added.documents),
            "description": f"{step.description} {added.precision}".strip(),
        }
    )


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content
