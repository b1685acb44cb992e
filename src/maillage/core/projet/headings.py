"""The headings that a projet de santé must hold, structure by structure and region by region.

``data/rubriques/*.yaml`` holds those of the nation; a regional pack adds headings (``rubriques``) and checklists
(``reperes``). Codes (« msp.acces_aux_soins ») never change: the sections that authors write are kept under them.
"""

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.base import STRUCTURE_CODES, StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.packs.data import Confidence, Data
from maillage.core.rules.packs.headings import Control, HeadingData, HeadingGuidance, Insertion

DATA = Path(__file__).parent / "data"
WEAK = "source incertaine (confiance C)"


class Chapter(Data):
    """The headings of one structure. Keys that only hold YAML anchors are left out by :func:`_read`."""

    rubriques: tuple[HeadingData, ...]


@dataclass(frozen=True)
class Guidance:
    """What a region asks to think of in a heading."""

    region: str
    points: tuple[str, ...]
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Heading:
    """One heading to write. ``number`` is « 1 », « 2 »…, or « A1 » for an annex; ``region`` is empty for the nation.

    ``to_confirm`` says why the heading itself is uncertain; it is empty when it is not.
    """

    code: str
    number: str
    title: str
    required: bool
    annex: bool
    expected: str
    questions: tuple[str, ...]
    subheadings: tuple[str, ...]
    insertions: tuple[Insertion, ...]
    controls: tuple[Control, ...]
    example: str
    source: str
    confidence: Confidence
    to_confirm: str
    region: str = ""
    guidance: tuple[Guidance, ...] = field(default=())


def headings_of(structure: str, region: str, day: datetime.date) -> tuple[Heading, ...]:
    """The headings of a structure (« msp » or « MSP ») in a region (INSEE code; empty for the nation) on a day.

    Those of the text come first, then the annexes. Raises :class:`BadInput` when the structure does not exist.
    """
    return _headings(structure_code(structure), packs.pack_of_region(region) or "", day)


def structure_code(structure: str) -> StructureCode:
    """The code of a structure as the rules write it. Raises :class:`BadInput` when it does not exist."""
    for code in STRUCTURE_CODES:
        if code == structure.upper():
            return code
    accepted = [code.lower() for code in STRUCTURE_CODES]
    near = nearest(structure, accepted)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    raise BadInput([Problem("structure", structure, f"l'un de : {', '.join(accepted)}{proposal}")])


@functools.lru_cache(maxsize=256)
def _headings(structure: StructureCode, pack: str, day: datetime.date) -> tuple[Heading, ...]:
    found = [(data, region) for data, region in _described(structure, pack) if data.exists_on(day)]
    text = [each for each in found if not each[0].annexe]
    annexes = [each for each in found if each[0].annexe]
    numbered = [*_numbered(text, ""), *_numbered(annexes, "A")]
    return tuple(_heading(data, number, region, pack, day) for data, number, region in numbered)


def _described(structure: StructureCode, pack: str) -> Iterator[tuple[HeadingData, str]]:
    """The headings of the nation, then those of the region, each with the name of the region that adds it."""
    yield from ((data, "") for data in chapter(structure).rubriques)
    if pack:
        region = packs.pack(pack)
        prefix = f"{structure.lower()}."
        yield from ((data, region.nom) for data in region.rubriques if data.code.startswith(prefix))


def _numbered(found: list[tuple[HeadingData, str]], letter: str) -> Iterator[tuple[HeadingData, str, str]]:
    for rank, (data, region) in enumerate(found, 1):
        yield data, f"{letter}{rank}", region


def _heading(data: HeadingData, number: str, region: str, pack: str, day: datetime.date) -> Heading:
    return Heading(
        code=data.code,
        number=number,
        title=data.titre,
        required=data.obligation == "requise",
        annex=data.annexe,
        expected=data.attendu,
        questions=data.questions,
        subheadings=data.sous_rubriques,
        insertions=data.insertions,
        controls=data.controles,
        example=data.exemple,
        source=data.source,
        confidence=data.confiance,
        to_confirm=data.motif or (WEAK if data.confiance == "C" else ""),
        region=region,
        guidance=tuple(_guidance(data.code, pack, day)),
    )


def _guidance(code: str, pack: str, day: datetime.date) -> Iterator[Guidance]:
    if not pack:
        return
    described = packs.pack(pack)
    lines: tuple[HeadingGuidance, ...] = described.reperes
    for line in lines:
        if line.rubrique == code and line.exists_on(day):
            yield Guidance(described.nom, line.points, line.source, line.confiance)


@functools.cache
def chapter(structure: StructureCode) -> Chapter:
    """The national headings of a structure, in the order of the document."""
    return Chapter.model_validate({"rubriques": _read(f"rubriques/{structure.lower()}.yaml")["rubriques"]})


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return content
