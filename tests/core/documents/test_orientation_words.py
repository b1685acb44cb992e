"""How an orientation is told, on the page as in the document."""

import pytest

from maillage.core.documents.orientation_declared import declared
from maillage.core.documents.orientation_words import condition_word, first_aid, met, shown_state, strongest_first


def aid(name: str, low: str | None, high: str | None, unit: str = "par an") -> dict[str, str | None]:
    return {"id": name, "montant_min": low, "montant_max": high, "unite": unit}


@pytest.mark.parametrize(
    ("state", "kind", "word"),
    [
        ("manquante", "fond", "Manquante"),
        ("manquante", "demarche", "À faire, à votre main"),
        ("inconnue", "fond", "À préciser"),
        ("remplie", "demarche", "Remplie"),
    ],
)
def test_a_step_not_done_is_to_do_and_a_fact_that_fails_is_missing(state: str, kind: str, word: str) -> None:
    assert condition_word({"etat": state, "nature": kind}) == word


def test_a_structure_of_which_nothing_is_known_to_be_missing_is_to_specify() -> None:
    unknown = {"etat": "inconnue", "nature": "fond"}
    missing = {"etat": "manquante", "nature": "fond"}
    assert shown_state({"etat": "pas_encore", "conditions": [unknown]}) == "a_preciser"
    assert shown_state({"etat": "pas_encore", "conditions": [unknown, missing]}) == "pas_encore"
    assert shown_state({"etat": "impossible", "conditions": [unknown]}) == "impossible"


def test_what_pays_each_year_comes_first_and_nothing_comes_last() -> None:
    aids = [aid("zero", "0.00", "0.00"), aid("project", "5.00", "5.00", "par projet"), aid("yearly", "1.00", None)]
    assert [each["id"] for each in strongest_first(aids)] == ["yearly", "project", "zero"]
    assert first_aid(aids[:1]) is None


def test_an_answer_not_given_is_not_declared() -> None:
    told = declared({"date": "2026-11-22", "commune": "35236", "cpts_existante": False, "patientele": None})
    assert told == [{"nom": "CPTS sur le territoire", "valeur": "non"}]


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([], "aucune condition remplie sur 0"),
        (["inconnue", "manquante"], "aucune condition remplie sur 2"),
        (["remplie", "manquante"], "1 condition remplie sur 2"),
        (["remplie", "remplie"], "2 conditions remplies sur 2"),
    ],
)
def test_the_conditions_that_hold_are_counted_in_words(states: list[str], told: str) -> None:
    assert met([{"etat": state} for state in states]) == told
