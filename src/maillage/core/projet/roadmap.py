"""The roadmap of a project: its steps in order, who helps, what each waits for, the delays that a text gives.

The steps are those of the orientation (``core/rules/orientation/data/etapes.yaml`` and the regional packs);
``data/parcours.yaml`` adds the signature, the sending of the file, and the delays. Dates: :mod:`.schedule`.
"""

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from maillage.core.kernel import french
from maillage.core.projet.headings import DATA, structure_code
from maillage.core.projet.schedule import Delay
from maillage.core.rules.base import StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.rulebook import RuleBook, rulebook
from maillage.core.rules.orientation.steps import sentences
from maillage.core.rules.packs.data import Confidence, Data
from maillage.core.rules.packs.support import SupportData


class AddedStep(Data):
    """A step that only a roadmap has, placed before another."""

    id: str
    structures: tuple[StructureCode, ...]
    avant: str
    titre: str
    description: str
    documents: tuple[str, ...] = ()
    source: str
    confiance: Confidence


class DelayData(Data):
    """A delay of a text: « au_plus » is a limit, « au_moins » a wait; in months, of a parameter or written here."""

    structure: StructureCode
    etape: str
    compte_depuis: str
    borne: Literal["au_plus", "au_moins"]
    parametre: str = ""
    mois: int | None = None
    source: str = ""
    confiance: Confidence = "C"
    phrase: str


class Path(Data):
    """The content of ``parcours.yaml``."""

    ajouts: tuple[AddedStep, ...]
    apres: dict[StructureCode, dict[str, tuple[str, ...]]]
    delais: tuple[DelayData, ...]


@dataclass(frozen=True)
class RoadmapStep:
    """One step. ``helpers`` are sentences « who : what »; ``money`` tells those that bring money or a contract apart.

    ``after`` are the codes of the steps it waits for; ``delays`` what a text says of its date.
    """

    code: str
    title: str
    description: str
    documents: tuple[str, ...]
    helpers: tuple[str, ...]
    source: str
    after: tuple[str, ...]
    delays: tuple[Delay, ...]


def roadmap(structure: str, region: str, day: datetime.date) -> tuple[RoadmapStep, ...]:
    """The steps of a structure (« msp ») in a region (INSEE code; empty for the nation), with the rules of a day.

    Raises :class:`BadInput` when the structure does not exist.
    """
    return _roadmap(structure_code(structure), packs.pack_of_region(region), day)


def added_to(structure: str) -> tuple[str, ...]:
    """The codes of the steps that a roadmap tells apart, and that the orientation tells within the others."""
    code = structure_code(structure)
    return tuple(each.id for each in path().ajouts if code in each.structures)


@functools.lru_cache(maxsize=128)
def _roadmap(structure: StructureCode, pack: str | None, day: datetime.date) -> tuple[RoadmapStep, ...]:
    book = rulebook(pack)
    ordered = list(_ordered(structure, pack))
    codes = [step.id for step in ordered]
    helps = [each for each in packs.supports(pack, day) if each.structure == structure]
    return tuple(
        RoadmapStep(
            code=step.id,
            title=step.titre,
            description=step.description,
            documents=step.documents,
            helpers=tuple(_helpers(step.id, helps, book, day)),
            source=step.source,
            after=_after(structure, codes, rank),
            delays=tuple(_delays(structure, step.id, book, day)),
        )
        for rank, step in enumerate(ordered)
    )


def _ordered(structure: StructureCode, pack: str | None) -> Iterator[packs.StepData | AddedStep]:
    for step in packs.steps(pack, structure):
        yield from (each for each in path().ajouts if each.avant == step.id and structure in each.structures)
        yield step


def _after(structure: StructureCode, codes: list[str], rank: int) -> tuple[str, ...]:
    named = path().apres.get(structure, {}).get(codes[rank])
    return named if named is not None else tuple(codes[rank - 1 : rank])


def _helpers(step: str, helps: list[SupportData], book: RuleBook, day: datetime.date) -> Iterator[str]:
    told = [sentence for each in helps if each.etape == step for sentence in sentences(each, book, day)]
    yield from dict.fromkeys(told)


def _delays(structure: StructureCode, step: str, book: RuleBook, day: datetime.date) -> Iterator[Delay]:
    for data in path().delais:
        if (data.structure, data.etape) != (structure, step):
            continue
        delay = _written(data) if not data.parametre else _of_parameter(data, book, day)
        if delay is not None:
            yield delay


def _written(data: DelayData) -> Delay:
    return Delay(data.compte_depuis, data.mois or 0, data.borne, data.phrase, data.source, data.confiance, "")


def _of_parameter(data: DelayData, book: RuleBook, day: datetime.date) -> Delay | None:
    """The delay that a parameter gives on a day; ``None`` when it gives none: the author sets the date."""
    dated = book.in_force(data.parametre, day)
    if dated is None or dated.value is None:
        return None
    source = dated.references[0].title if dated.references else french.UNKNOWN
    doubt = book.texts[data.parametre].doubt_at(day)
    return Delay(data.compte_depuis, int(dated.value), data.borne, data.phrase, source, dated.confidence or "C", doubt)


@functools.cache
def path() -> Path:
    """What is added to the steps of the orientation, read once."""
    content: dict[str, Any] = yaml.safe_load((DATA / "parcours.yaml").read_text("utf-8"))
    return Path.model_validate(content)
