"""Conditions of creation, evaluated by the rules engine on one team and one territory."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from openfisca_core.simulations import Simulation

from maillage.core.rules.base import ConditionSpec, StructureCode
from maillage.core.rules.orientation.doubts import Doubts, professions_to_read_again
from maillage.core.rules.orientation.engine import UNKNOWN, simulate, state
from maillage.core.rules.orientation.results import Condition, ConditionState, Territory
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation

FOR_WHICH = "Le projet est validé : dites pour quelle structure, sinon cette condition reste à préciser."


def evaluate(
    situation: SituationOrientation, territory: Territory, book: RuleBook
) -> dict[StructureCode, tuple[Condition, ...]]:
    """Conditions of each structure that apply to the situation: those of substance, then the steps of the team.

    A condition whose rule or text is not established on the day is « inconnue » and says why; one that rests on an
    uncertain value keeps its state and says what is to confirm.
    """
    simulation = simulate(situation, territory, book, without=professions_to_read_again(situation.date, book))
    doubts = Doubts(situation, book, simulation)
    return {
        code: tuple(
            sorted(_conditions(simulation, situation, book, code, doubts), key=lambda found: found.kind != "fond")
        )
        for code in book.conditions
    }


def _conditions(
    simulation: Simulation, situation: SituationOrientation, book: RuleBook, code: StructureCode, doubts: Doubts
) -> Iterator[Condition]:
    for name, label, spec in book.conditions[code]:
        found, why = state(simulation, situation, name)
        if found == "sans_objet":
            continue
        why = why or _no_text(label, spec, situation.date, book)
        if why:
            yield _condition(name, label, spec, UNKNOWN, why, situation.date, book, unsettled=True)
        else:
            doubt = doubts.on(name, spec, found)
            said = replace(spec, todo=FOR_WHICH) if _for_which(spec, situation) else spec
            yield _condition(name, label, said, found, doubt, situation.date, book, unsettled=False)


def _for_which(spec: ConditionSpec, situation: SituationOrientation) -> bool:
    """Whether a condition is open only because the project is accepted, and nobody said for which structure."""
    return situation.accepted_for_unsaid and "projet_valide_pour" in spec.fields


def _no_text(label: str, spec: ConditionSpec, date: datetime.date, book: RuleBook) -> str:
    """Why the text that founds a condition gives no value on a day. Empty when it gives one."""
    dated = book.in_force(spec.parameter, date)
    return f"{label} : {book.unknown_because(spec.parameter, date)}" if dated is None or dated.value is None else ""


def _condition(
    name: str,
    label: str,
    spec: ConditionSpec,
    found: str,
    reason: str,
    date: datetime.date,
    book: RuleBook,
    *,
    unsettled: bool,
) -> Condition:
    states: dict[str, ConditionState] = {each: each for each in ("remplie", "manquante", "inconnue")}
    todo = "" if unsettled else spec.todo
    told = f"{todo} À confirmer : {reason}{'' if reason.endswith('.') else '.'}".strip() if reason else todo
    return Condition(
        id=name,
        label=label,
        state=states[found],
        missing=None if found == "remplie" else told,
        kind=spec.kind,
        blocking=_blocks(spec, date, book),
        text=book.citation(spec.parameter, date),
        fields=spec.fields,
        parameter=spec.parameter,
        to_confirm=bool(reason),
        reason=reason or None,
        unsettled=unsettled,
        asked=spec.asked,
    )


def _blocks(spec: ConditionSpec, date: datetime.date, book: RuleBook) -> bool:
    """Whether a condition that is missing makes the structure impossible: always, or as a dated text says."""
    dated = book.in_force(spec.blocking_if, date) if spec.blocking_if else None
    return spec.blocking or (dated is not None and dated.value is True)
