"""Services stop a text that may tell who a patient is, and say it without repeating it."""

import pytest

from maillage.apps.common.screening import MOST_CHARACTERS, OF_A_NAME, PatientData, masked, screened
from maillage.core.kernel.problems import BadInput

TEXTS = {
    "Compte rendu": "Mme Durand, 82 ans, est tombée. Elle est née le 12/03/1948.",
    "Ordre du jour": "Bilan de l'année avec le Dr Martin",
}


def test_texts_without_a_patient_go_through():
    screened({"Ordre du jour": TEXTS["Ordre du jour"], "Notes": ""})


def test_a_text_that_tells_a_patient_is_bad_input_of_its_field_only():
    with pytest.raises(BadInput) as stopped:
        screened(TEXTS)
    (problem,) = stopped.value.problems
    assert problem.field == "Compte rendu"
    assert problem.message.startswith("Compte rendu : 2 passages à revoir. Une personne est nommée avec son âge.")


def test_a_refusal_can_be_logged_it_repeats_nothing():
    with pytest.raises(PatientData) as stopped:
        screened(TEXTS)
    told = f"{stopped.value} {stopped.value!r} {stopped.value.problems} {stopped.value.findings}"
    assert [word for word in ("Durand", "82 ans, est", "12/03/1948") if word in told] == []


def test_masked_texts_go_through():
    screened(masked(TEXTS))
    assert masked(TEXTS)["Ordre du jour"] == TEXTS["Ordre du jour"]


@pytest.mark.parametrize("name", ["Anne Lefèvre", "Patient", "Mme Anne Lefèvre", "Jean Malade, diabétique"])
def test_where_a_name_is_expected_a_name_goes_through(name):
    screened({"Nom": name}, kinds=OF_A_NAME)


@pytest.mark.parametrize("name", ["Mme Lefèvre, 84 ans", "Lefèvre, née le 12/03/1948", "Lefèvre 2 84 05 88 123 456 12"])
def test_where_a_name_is_expected_what_tells_a_patient_is_stopped(name):
    with pytest.raises(PatientData):
        screened({"Nom": name}, kinds=OF_A_NAME)


def test_a_text_too_long_is_refused_before_it_is_read():
    long = "Mme Durand, 82 ans. " * (MOST_CHARACTERS // 20) + "."
    with pytest.raises(BadInput) as refused:
        screened({"Compte rendu": long, "Notes": "Vu."})
    assert not isinstance(refused.value, PatientData)
    assert str(refused.value).replace("\u202f", " ") == "Compte rendu : un texte d'au plus 100 000 caractères."
    assert masked({"Compte rendu": long}) == {"Compte rendu": long}
