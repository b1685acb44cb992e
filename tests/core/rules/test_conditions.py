import datetime
import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.simulations import Simulation, SimulationBuilder

from maillage.core.rules.base import STRUCTURE_CODES, ConditionSpec, Variable
from maillage.core.rules.catalogue import cases
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.system import system
from maillage.core.rules.variables.equipe import Count, reaches
from maillage.core.rules.variables.inputs import Exercice, Profession

DAY = "2026-01-01"
PROFESSIONS = [profession.name for profession in Profession if profession.name != "inconnue"]
WAYS = [way.name for way in Exercice if way.name != "inconnu"]
KNOWN_PEOPLE = st.tuples(st.sampled_from(PROFESSIONS), st.sampled_from(WAYS))
# Whether the convention pays is a matter of date: it is never unknown.
NEVER_UNKNOWN = {"ess_financement_conventionnel"}


@functools.cache
def conditions() -> dict[str, Variable]:
    return {name: variable for name, variable in system().variables.items() if isinstance(variable.spec, ConditionSpec)}


def simulation_of(people: list[tuple[str, str]], pack: str = "", day: str = DAY) -> Simulation:
    """A structure whose team is these (profession, exercice), fully described."""
    members = {
        str(rank): {"profession": {day: profession}, "exercice": {day: way}}
        for rank, (profession, way) in enumerate(people)
    }
    elsewhere = {"x": {"profession": {day: "infirmier"}}}
    structures = {
        "equipe": {"adherents": list(members), "equipe_connue": {day: True}},
        "ailleurs": {"adherents": ["x"]},
    }
    return SimulationBuilder().build_from_entities(
        system(pack), {"professionnels": members | elsewhere, "structures": structures}
    )


def state(simulation: Simulation, condition: str) -> str:
    return str(simulation.calculate(condition, DAY).decode_to_str()[0])


def test_each_structure_has_conditions() -> None:
    assert {variable.spec.structure for variable in conditions().values()} == set(STRUCTURE_CODES)


def test_each_condition_says_itself_and_what_to_do() -> None:
    for name, variable in conditions().items():
        assert name.startswith(variable.spec.structure.lower() + "_")
        assert variable.label, name
        assert variable.spec.todo.endswith((".", "…")), name


def test_each_condition_reads_fields_that_a_visitor_can_fill() -> None:
    known = set(SituationOrientation.model_fields)
    assert {name for name, variable in conditions().items() if not set(variable.spec.fields) <= known} == set()


def test_each_condition_is_founded_on_a_parameter() -> None:
    paths = {text.path for text in system().texts()}
    assert {name for name, variable in conditions().items() if variable.spec.parameter not in paths} == set()


@pytest.mark.parametrize("wanted", ["remplie", "manquante", "inconnue"])
def test_a_case_shows_each_condition_in_each_state(wanted: str) -> None:
    shown = {name for case in cases() for name, expected in case.expected.items() if expected == wanted}
    exempted = NEVER_UNKNOWN if wanted == "inconnue" else set()
    assert set(conditions()) - shown - exempted == set()


def test_a_team_known_to_be_empty_lacks_everybody() -> None:
    nobody = simulation_of([])
    assert state(nobody, "esp_medecin_generaliste") == "manquante"
    assert state(nobody, "msp_paramedicaux") == "manquante"
    assert state(nobody, "cds_professionnels") == "manquante"


def test_a_team_that_was_not_described_is_unknown_even_when_it_is_empty() -> None:
    undescribed = SimulationBuilder().build_default_simulation(system(), 1)
    assert state(undescribed, "esp_medecin_generaliste") == "inconnue"


@given(
    known=st.lists(KNOWN_PEOPLE, max_size=4),
    hidden=st.lists(KNOWN_PEOPLE, min_size=1, max_size=2),
    condition=st.sampled_from(["esp_paramedicaux", "msp_medecins_generalistes", "msp_exercice", "cds_agrement"]),
)
@settings(max_examples=40, deadline=None)
def test_what_is_decided_without_an_answer_holds_whatever_the_answer(
    known: list[tuple[str, str]], hidden: list[tuple[str, str]], condition: str
) -> None:
    before = state(simulation_of([*known, *[("inconnue", "inconnu")] * len(hidden)], "bretagne"), condition)
    after = state(simulation_of([*known, *hidden], "bretagne"), condition)
    assert before in ("inconnue", after)


def test_a_count_between_its_bounds_is_unknown() -> None:
    counted = Count(np.array([2.0, 1.0, 1.0]), np.array([2.0, 1.0, np.inf]))
    np.testing.assert_array_equal(reaches(counted, 2), [1.0, 0.0, np.nan])


def test_a_condition_asked_before_its_text_names_the_first_known_date() -> None:
    simulation = SimulationBuilder().build_default_simulation(system(), 1)
    with pytest.raises(UnknownValue, match=r"première date connue : 1er\savril\s2018") as raised:
        simulation.calculate("cds_gestionnaire", "2018-03-31")
    assert raised.value.known[0] == datetime.date(2018, 4, 1)


def test_many_structures_are_evaluated_at_once() -> None:
    simulation = SimulationBuilder().build_default_simulation(system(), 3)
    simulation.set_input("population_du_territoire", DAY, np.array([15_000.0, np.nan, 30_000.0]))
    assert list(simulation.calculate("cpts_population", DAY).decode_to_str()) == ["sans_objet"] * 3
