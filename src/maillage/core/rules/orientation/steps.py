"""The path of a structure: which steps, who helps, and how far the team has gone."""

import datetime
from collections.abc import Iterator

from maillage.core.kernel import french
from maillage.core.rules.base import StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.results import Step, StepState
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.packs.support import SupportData


def steps(
    situation: SituationOrientation, pack: str | None, book: RuleBook, structure: StructureCode
) -> tuple[Step, ...]:
    """Steps of a structure in order, each with its state deduced from the situation, and who helps on the day."""
    here = [support for support in packs.supports(pack, situation.date) if support.structure == structure]
    told: dict[str, list[str]] = {step.id: [] for step in packs.steps(pack, structure)}
    for support in here:
        told[support.etape] += sentences(support, book, situation.date)
    return tuple(
        Step(
            rank=rank,
            title=step.titre,
            description=step.description,
            state=_state(step, situation, structure),
            helpers=tuple(dict.fromkeys(told[step.id])),
            documents=step.documents,
            source=step.source,
        )
        for rank, step in enumerate(packs.steps(pack, structure), 1)
    )


def sentences(support: SupportData, book: RuleBook, date: datetime.date) -> Iterator[str]:
    """A help in words, « who : what »; of a decision, first who gives an opinion."""
    decision = support.nature == "decision"
    if decision and support.avis:
        yield f"{support.avis} : donne un avis"
    bodies = () if decision else (("avis", support.avis), ("décision", support.decide))
    told = "".join(f" ; {word} : {body}" for word, body in bodies if body not in ("", support.qui))
    doubt = f" ({french.UNKNOWN})" if support.confiance == "C" and french.UNKNOWN not in support.aide else ""
    asked = f" ; à fournir : {', '.join(map(_in_a_sentence, support.documents))}" if support.documents else ""
    yield f"{support.qui} : {support.aide}{doubt}{_amount(support, book, date)}{told}{asked}"


def _in_a_sentence(document: str) -> str:
    """The name of a document without its capital; an acronym keeps them."""
    return document if document[1:2].isupper() else document[:1].lower() + document[1:]


def _amount(support: SupportData, book: RuleBook, date: datetime.date) -> str:
    if not support.parametre:
        return ""
    dated = book.in_force(support.parametre, date)
    if dated is None or dated.value is None:
        return f" ; montant {french.UNKNOWN}"
    text = book.texts[support.parametre]
    most = "au plus " if support.borne == "plafond" else ""
    doubt = f" ({french.UNKNOWN})" if text.doubt_at(date) else ""
    return f" ; {most}{french.quantity(dated.value, text.unit)}{doubt}"


def _state(step: packs.StepData, situation: SituationOrientation, structure: StructureCode) -> StepState:
    if _holds(step.faite_si, situation, structure):
        return "faite"
    return "en_cours" if _holds(step.en_cours_si, situation, structure) else "a_venir"


def _holds(accepted: dict[str, tuple[str, ...]], situation: SituationOrientation, structure: StructureCode) -> bool:
    return any(answered(situation, field, structure) in values for field, values in accepted.items())


def answered(situation: SituationOrientation, field: str, structure: StructureCode) -> str | None:
    """The answer to a field: a described team is « connue »; a project that is not said to be accepted for this
    structure is only « redige » here.
    """
    value = getattr(situation, field)
    if field == "professionnels":
        return "connue" if value else None
    if field == "projet_de_sante" and value == "valide" and structure not in (situation.projet_valide_pour or ()):
        return "redige"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return None if value is None else str(value)
