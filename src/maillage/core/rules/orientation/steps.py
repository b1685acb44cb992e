"""The path of a structure: which steps, who helps, and how far the team has gone."""

from maillage.core.rules.base import StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.results import Step, StepState
from maillage.core.rules.orientation.situation import SituationOrientation


def steps(situation: SituationOrientation, pack: str | None, structure: StructureCode) -> tuple[Step, ...]:
    """Steps of a structure in order, each with its state deduced from the situation."""
    return tuple(
        Step(
            rank,
            step.titre,
            step.description,
            _state(step, situation, structure),
            step.aides,
            step.documents,
            step.source,
        )
        for rank, step in enumerate(packs.steps(pack, structure), 1)
    )


def _state(step: packs.StepData, situation: SituationOrientation, structure: StructureCode) -> StepState:
    if _holds(step.faite_si, situation, structure):
        return "faite"
    return "en_cours" if _holds(step.en_cours_si, situation, structure) else "a_venir"


def _holds(accepted: dict[str, tuple[str, ...]], situation: SituationOrientation, structure: StructureCode) -> bool:
    return any(_value(situation, field, structure) in values for field, values in accepted.items())


def _value(situation: SituationOrientation, field: str, structure: StructureCode) -> str | None:
    """The answer to a field: a described team is « connue », a project accepted for others is only « redige » here."""
    value = getattr(situation, field)
    if field == "professionnels":
        return "connue" if value else None
    if field == "projet_de_sante" and structure not in (situation.projet_valide_pour or [structure]):
        return "redige"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return None if value is None else str(value)
