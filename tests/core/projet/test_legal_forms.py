"""The advisor of legal forms: FIR wants an association, the ACI a SISA, a centre an allowed manager."""

import datetime

import pytest

from maillage.core.projet.legal_forms import Advice, advise, forms_book, funds_of
from maillage.core.rules.orientation.results import Territory
from maillage.core.rules.orientation.situation import LABELS, SituationOrientation

DAY = datetime.date(2026, 11, 22)
HERE = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
TWO_DOCTORS = (("medecin_generaliste", 2, "liberal"), ("infirmier", 1, "liberal"))
ONE_DOCTOR = (("medecin_generaliste", 1, "liberal"), ("infirmier", 1, "liberal"))
STRUCTURES = ("esp", "msp", "cds", "ess", "cpts")


def advice(structure: str, *funds: str, team=TWO_DOCTORS, date: datetime.date = DAY) -> Advice:
    groups = [{"profession": name, "nombre": count, "exercice": mode} for name, count, mode in team or ()]
    said = {"date": date, "commune": "35236", "professionnels": groups if team is not None else None}
    return advise(structure, SituationOrientation.model_validate(said), HERE, funds=funds)


def states(found: Advice) -> dict[str, str]:
    return {each.code: each.state for each in found.forms}


def test_an_msp_that_aims_at_both_needs_an_association_and_a_sisa():
    found = advice("msp", "fir", "aci")
    assert (states(found)["association_1901"], states(found)["sisa"]) == ("necessaire", "necessaire")
    assert found.conclusion.endswith("Ces personnes morales vivent ensemble.")


def test_an_msp_that_aims_at_the_aci_only_needs_a_sisa_only():
    found = advice("msp", "aci")
    assert (states(found)["association_1901"], states(found)["sisa"]) == ("possible", "necessaire")


def test_with_one_doctor_the_sisa_is_not_possible_yet_and_what_lacks_is_said():
    found = advice("msp", "aci", team=ONE_DOCTOR)
    sisa = next(each for each in found.forms if each.code == "sisa")
    assert sisa.state == "pas_encore"
    assert "deux médecins et un auxiliaire médical" in sisa.todo
    assert "pas encore possible" in found.conclusion


def test_a_team_that_is_not_described_leaves_the_sisa_to_check():
    found = advice("msp", "aci", team=None)
    assert states(found)["sisa"] == "a_verifier"
    assert "à vérifier" in found.conclusion


def test_an_scp_never_joins_several_professions_and_an_scm_may_become_a_sisa():
    found = {each.code: each for each in advice("msp", "aci").forms}
    assert found["scp"].state == "impossible"
    assert found["scp"].next_steps == ()
    assert found["scm"].state == "possible"
    assert any("SISA en changeant" in line for line in found["scm"].consequences)


def test_the_weakly_sourced_forms_of_an_msp_are_to_confirm():
    found = {each.code: each for each in advice("msp", "aci").forms}
    assert [found[code].state for code in ("gcs", "gie", "scic")] == ["a_verifier"] * 3
    assert found["gcs"].to_confirm


def test_a_cpts_is_an_association_since_may_2021_only():
    before, since = datetime.date(2021, 5, 13), datetime.date(2021, 5, 14)
    assert states(advice("cpts", "aci", date=before))["gcs"] == "possible"
    assert states(advice("cpts", "aci", date=before))["association_1901"] == "possible"
    assert states(advice("cpts", "aci", date=since))["gcs"] == "impossible"
    assert states(advice("cpts", "aci", date=since))["association_1901"] == "necessaire"


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ("association_1901", "possible"),
        ("mutuelle", "possible"),
        ("collectivite", "possible"),
        ("scic", "a_verifier"),
        ("gcs", "a_verifier"),
        ("gie", "impossible"),
        ("sas", "impossible"),
        ("sisa", "impossible"),
    ],
)
def test_a_centre_has_one_of_the_managers_of_the_law(form: str, state: str):
    assert states(advice("cds", "accord_national"))[form] == state


def test_a_centre_may_choose_among_several_managers():
    assert advice("cds", "accord_national").conclusion.startswith("Plusieurs formes conviennent")


def test_the_association_of_an_ess_is_advised_with_its_doubt():
    found = {each.code: each for each in advice("ess", "convention").forms}
    assert found["association_1901"].state == "necessaire"
    assert "deux ARS" in found["association_1901"].to_confirm


def test_an_esp_needs_its_association_for_the_fir_and_none_otherwise():
    assert states(advice("esp", "fir"))["association_1901"] == "necessaire"
    assert advice("esp").conclusion == "Aucun financement visé ne demande une forme précise."


def test_the_most_useful_forms_come_first():
    assert [each.state for each in advice("msp", "fir", "aci").forms][:2] == ["necessaire", "necessaire"]
    assert advice("msp", "fir").forms[-1].state == "impossible"


@pytest.mark.parametrize("structure", STRUCTURES)
def test_each_form_says_why_what_follows_and_by_which_source(structure: str):
    for each in advice(structure, *funds_of(structure)).forms:
        assert each.why
        assert each.consequences
        assert each.source
        assert each.confidence in ("A", "B", "C")
        assert each.label


def test_the_forms_are_those_of_the_situation():
    book = forms_book()
    used = {form for known in book.structures.values() for form in known.formes}
    assert used == set(book.formes)
    assert used <= set(LABELS["forme_juridique"])
    assert {fund for known in book.structures.values() for use in known.formes.values() for fund in use.pour} <= set(
        book.fonds
    )
