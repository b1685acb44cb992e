"""Which questions matter: those that some line for this person reads, and those that no line needs to read."""

import pytest

from maillage.core.rules.simulation.matter import mattering, reads_of
from maillage.core.rules.simulators import SIMULATORS

AIDES = SIMULATORS["aides"]


@pytest.fixture(scope="module")
def reads():
    return reads_of(AIDES)


def test_every_question_matters_as_long_as_the_profession_is_not_said(reads):
    assert mattering(AIDES, reads, {}) == set(AIDES.model.model_fields)


def test_a_nurse_is_not_asked_the_list_of_a_family_doctor(reads):
    found = mattering(AIDES, reads, {"profession": "infirmier"})
    assert "patients_ald" not in found
    assert {"date", "profession", "zone", "region_pack"} <= found


def test_a_student_is_asked_their_studies(reads):
    assert {"filiere", "annee_d_etudes"} <= mattering(AIDES, reads, {"profession": "etudiant"})


@pytest.mark.parametrize("code", SIMULATORS)
def test_a_question_that_no_line_reads_is_asked_all_the_same(code):
    simulator = SIMULATORS[code]
    found = reads_of(simulator)
    read = set().union(*found.values())
    assert set(simulator.model.model_fields) - read <= mattering(simulator, found, simulator.example)
