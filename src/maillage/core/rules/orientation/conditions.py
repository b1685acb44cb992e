"""Conditions of creation, evaluated by the rules engine on one team and one territory."""

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.indexed_enums import Enum
from openfisca_core.simulations import Simulation, SimulationBuilder

from maillage.core.rules.base import ConditionSpec, StructureCode
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.orientation.results import Condition, ConditionState, Territory
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation

TEAM, NOBODY = 0, 1
UNKNOWN = "inconnue"
FIELDS = ("projet_de_sante", "forme_juridique", "gestionnaire", "specialite", "specialistes_presents",
          "specialistes_liberaux", "specialistes_adherents", "patientele")  # fmt: skip
ANSWERS = ("cpts_existante", "ess_existante", "perimetre_departemental")
CHAMPS = ("ambulatoire", "hospitalier", "medico_social", "social")


def evaluate(
    situation: SituationOrientation, territory: Territory, book: RuleBook
) -> dict[StructureCode, tuple[Condition, ...]]:
    """Conditions of each structure that apply to the situation: those of substance, then the steps of the team.

    A condition whose rule or text is not established on the day is « inconnue » and says why.
    """
    simulation = simulate(situation, territory, book)
    day = periods.period(f"day:{situation.date}:1")
    return {
        code: tuple(
            sorted(_conditions(simulation, day, situation.date, book, code), key=lambda found: found.kind != "fond")
        )
        for code in book.conditions
    }


def simulate(situation: SituationOrientation, territory: Territory, book: RuleBook) -> Simulation:
    """The simulation of a situation: structure 0 is the team; a second one, when the team is empty, holds a phantom."""
    members = _members(situation)
    simulation = _empty(book, len(members), nobody=situation.professionnels is not None and not members)
    day = periods.period(f"day:{situation.date}:1")
    for name, value in _inputs(situation, territory).items():
        _set(simulation, day, name, value)
    if members:
        for name, values in zip(("profession", "exercice"), zip(*members, strict=True), strict=True):
            simulation.set_input(name, day, np.array(values))
    return simulation


def _empty(book: RuleBook, count: int, nobody: bool) -> Simulation:
    """A simulation where nothing is given. OpenFisca needs a person: where there is ``nobody``, it is elsewhere."""
    people = max(count, 1)
    builder = SimulationBuilder()
    builder.create_entities(book.engine)
    builder.declare_person_entity("professionnel", np.arange(people))
    structures = builder.declare_entity("structure", np.arange(NOBODY + 1 if nobody else TEAM + 1))
    builder.join_with_persons(structures, np.full(people, TEAM), np.full(people, "adherent"))
    structures.members_entity_id = np.full(people, NOBODY if nobody else TEAM)
    return builder.build(book.engine)


def _members(situation: SituationOrientation) -> list[tuple[str, str]]:
    return [
        (group.profession, group.exercice or "inconnu")
        for group in situation.professionnels or ()
        for _ in range(group.nombre)
    ]


def _inputs(situation: SituationOrientation, territory: Territory) -> dict[str, Any]:
    """Facts of the structure that are known."""
    known = {name: getattr(situation, name) for name in FIELDS if getattr(situation, name) is not None}
    answers = {name: getattr(situation, name) for name in ANSWERS if getattr(situation, name) is not None}
    if situation.champs is not None:
        answers |= {f"champ_{champ}": champ in situation.champs for champ in CHAMPS}
    if situation.communes and territory.population is not None:
        known["population_du_territoire"] = territory.population
    if situation.professionnels is not None:
        known["equipe_connue"] = True
    return known | {name: "oui" if answer else "non" for name, answer in answers.items()}


def _set(simulation: Simulation, day: Any, name: str, value: Any) -> None:
    """Set a fact of the team; the phantom structure keeps the default."""
    variable = simulation.tax_benefit_system.get_variable(name)
    other = variable.default_value
    if isinstance(other, Enum):
        other = other.name
    others = simulation.populations["structure"].count - 1
    simulation.set_input(name, day, np.array([value] + [other] * others))


def _conditions(
    simulation: Simulation, day: Any, date: datetime.date, book: RuleBook, code: StructureCode
) -> Iterator[Condition]:
    for name, label, spec in book.conditions[code]:
        state, why = _state(simulation, day, name)
        if state != "sans_objet":
            yield _condition(name, label, spec, state, why, date, book)


def _state(simulation: Simulation, day: Any, name: str) -> tuple[str, str]:
    try:
        found = simulation.calculate(name, day)
    except UnknownValue as unknown:
        return UNKNOWN, unknown.message
    return str(found.decode_to_str()[TEAM]), ""


def _condition(
    name: str, label: str, spec: ConditionSpec, state: str, why: str, date: datetime.date, book: RuleBook
) -> Condition:
    dated = book.in_force(spec.parameter, date)
    if not why and (dated is None or dated.value is None):
        state, why = UNKNOWN, f"{label} : {book.unknown_because(spec.parameter, date)}"
    states: dict[str, ConditionState] = {each: each for each in ("remplie", "manquante", "inconnue")}
    return Condition(
        id=name,
        label=label,
        state=states[state],
        missing=f"À confirmer : {why}" if why else (None if state == "remplie" else spec.todo),
        kind=spec.kind,
        blocking=spec.blocking,
        text=book.citation(spec.parameter, date),
        fields=spec.fields,
        parameter=spec.parameter,
        to_confirm=bool(why),
    )
