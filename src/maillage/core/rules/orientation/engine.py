"""A situation told to the rules engine: the simulation of a team on a territory, and the state of a condition in it."""

from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.indexed_enums import Enum
from openfisca_core.simulations import Simulation, SimulationBuilder

from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.orientation.results import Territory
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation

TEAM, NOBODY = 0, 1
UNKNOWN = "inconnue"
FIELDS = ("projet_de_sante", "forme_juridique", "gestionnaire", "specialite", "specialistes_presents",
          "specialistes_liberaux", "specialistes_adherents", "patientele")  # fmt: skip
ANSWERS = ("cpts_existante", "ess_existante", "perimetre_departemental")
CHAMPS = ("ambulatoire", "hospitalier", "medico_social", "social")


def simulate(situation: SituationOrientation, territory: Territory, book: RuleBook) -> Simulation:
    """The simulation of a situation: structure 0 is the team; a second one, when the team is empty, holds a phantom."""
    members = _members(situation)
    simulation = _empty(book, len(members), nobody=situation.professionnels is not None and not members)
    day = day_of(situation)
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


def state(simulation: Simulation, situation: SituationOrientation, name: str) -> tuple[str, str]:
    """State of a condition for the team, and why it is unknown when no text settles it on the day."""
    try:
        found = simulation.calculate(name, day_of(situation))
    except UnknownValue as unknown:
        return UNKNOWN, unknown.message
    return str(found.decode_to_str()[TEAM]), ""


def day_of(situation: SituationOrientation) -> Any:
    """The day of a situation as the engine writes it."""
    return periods.period(f"day:{situation.date}:1")
