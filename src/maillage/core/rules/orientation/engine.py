"""A situation told to the rules engine: the simulation of a team on a territory, and the state of a condition in it."""

from collections.abc import Collection
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.simulations import Simulation, SimulationBuilder

from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.orientation.results import Territory
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation

TEAM, OTHERS, NOWHERE = 0, 1, 2
UNKNOWN = "inconnue"
FIELDS = ("projet_de_sante", "forme_juridique", "gestionnaire", "specialite", "specialistes_presents",
          "specialistes_liberaux", "specialistes_adherents", "patientele")  # fmt: skip
ANSWERS = (
    "cpts_existante", "ess_existante", "perimetre_departemental", "recepisse", "agrement",
    "reglement_de_fonctionnement",
)  # fmt: skip
VALIDATED = ("ESP", "MSP", "CDS", "CPTS")
CHAMPS = ("ambulatoire", "hospitalier", "medico_social", "social")


def simulate(
    situation: SituationOrientation, territory: Territory, book: RuleBook, without: Collection[str] = ()
) -> Simulation:
    """The simulation of a situation: structure 0 is the team.

    Structure 1, when some members are of a profession of ``without`` or when the team is of nobody, is the team
    without them.
    """
    people, places = _people(situation, without)
    simulation = _empty(book, places or [TEAM])
    day = day_of(situation)
    for name, value in _inputs(situation, territory).items():
        simulation.set_input(name, day, np.array([value] * simulation.populations["structure"].count))
    if people:
        for name, values in zip(("profession", "exercice"), zip(*people, strict=True), strict=True):
            simulation.set_input(name, day, np.array(values))
    return simulation


def _people(situation: SituationOrientation, without: Collection[str]) -> tuple[list[tuple[str, str]], list[int]]:
    """Everybody with the structure where each one is. Empty when the team is not known."""
    members = _members(situation)
    kept = [member for member in members if member[0] not in without]
    if situation.professionnels is None or (members and len(kept) == len(members)):
        return members, [TEAM] * len(members)
    # OpenFisca needs somebody in the last structure: when nobody is kept, a phantom is elsewhere.
    phantom = [] if kept else [("inconnue", "inconnu")]
    places = [TEAM] * len(members) + [OTHERS] * len(kept) + [NOWHERE] * len(phantom)
    return [*members, *kept, *phantom], places


def _empty(book: RuleBook, places: list[int]) -> Simulation:
    """A simulation where nothing is given; ``places`` says in which structure each person is."""
    builder = SimulationBuilder()
    builder.create_entities(book.engine)
    builder.declare_person_entity("professionnel", np.arange(len(places)))
    structures = builder.declare_entity("structure", np.arange(max(places) + 1))
    builder.join_with_persons(structures, np.array(places), np.full(len(places), "adherent"))
    # OpenFisca numbers only the structures that hold somebody.
    structures.members_entity_id = np.array(places)
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
    if situation.projet_valide_pour is not None:
        answers |= {f"projet_valide_pour_{code.lower()}": code in situation.projet_valide_pour for code in VALIDATED}
    if territory.population is not None:
        place = "population_du_territoire" if situation.communes else "population_de_la_commune"
        known[place] = territory.population
    if situation.professionnels is not None:
        known["equipe_connue"] = True
    return known | {name: "oui" if answer else "non" for name, answer in answers.items()}


def state(simulation: Simulation, situation: SituationOrientation, name: str) -> tuple[str, str]:
    """State of a condition for the team, and why it is unknown when no text settles it on the day."""
    try:
        found = simulation.calculate(name, day_of(situation))
    except UnknownValue as unknown:
        return UNKNOWN, unknown.message
    return str(found.decode_to_str()[TEAM]), ""


def state_of_others(simulation: Simulation, situation: SituationOrientation, name: str) -> str:
    """State of a condition for structure 1. Call it for a condition whose :func:`state` is settled."""
    return str(simulation.calculate(name, day_of(situation)).decode_to_str()[OTHERS])


def has_others(simulation: Simulation) -> bool:
    """Whether the simulation holds a structure 1."""
    return bool(simulation.populations["structure"].count > OTHERS)


def day_of(situation: SituationOrientation) -> Any:
    """The day of a situation as the engine writes it."""
    return periods.period(f"day:{situation.date}:1")
