"""What is said of an answer whose text is uncertain: the state stays, the doubt is told."""

import datetime
from typing import Any

import pytest

from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import Condition, Orientation, Territory
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.system import system

TODAY = datetime.date(2026, 11, 22)
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
GUERET = Territory("23096", "Guéret", "23", "75", 13_000, "2022", "Nouvelle-Aquitaine")
DOCTORS = {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"}
NURSE = {"profession": "infirmier", "exercice": "liberal"}
OCCUPATIONAL_THERAPIST = {"profession": "ergotherapeute", "exercice": "liberal"}
LISTS = ("professions.auxiliaires_medicaux", "professions.de_sante", "professions.a_relire")


def ask(territory: Territory = GUERET, **fields: Any) -> Orientation:
    given = {"date": TODAY, "commune": territory.commune_code, **fields}
    return orient(SituationOrientation.model_validate(given), territory, today=TODAY)


def condition(name: str, territory: Territory = GUERET, **fields: Any) -> Condition:
    answer = ask(territory, **fields)
    return next(each for structure in answer.structures.values() for each in structure.conditions if each.id == name)


def test_a_list_of_professions_is_told_where_it_decides() -> None:
    found = condition("msp_paramedicaux", professionnels=[DOCTORS, OCCUPATIONAL_THERAPIST])
    assert (found.state, found.to_confirm) == ("remplie", True)
    assert "à relire avec le code" in (found.reason or "")
    assert found.missing is None


@pytest.mark.parametrize("team", [[DOCTORS, NURSE], [DOCTORS, NURSE, OCCUPATIONAL_THERAPIST], [DOCTORS]])
def test_a_list_of_professions_is_not_told_where_it_decides_nothing(team: list[dict[str, Any]]) -> None:
    assert not condition("msp_paramedicaux", professionnels=team).to_confirm
    assert not condition("msp_professions", professionnels=team).to_confirm


def test_a_team_of_professions_to_read_again_only_keeps_its_state() -> None:
    found = condition("msp_professions", professionnels=[OCCUPATIONAL_THERAPIST])
    assert (found.state, found.to_confirm) == ("remplie", True)


def test_a_condition_on_a_weak_source_keeps_its_state_and_says_what_is_weak() -> None:
    found = condition("cpts_champs", champs=["hospitalier"])
    assert found.text
    assert (found.state, found.to_confirm, found.text.confidence) == ("manquante", True, "C")
    assert (found.missing or "").endswith("À confirmer : la loi nomme plusieurs champs sans dire combien il en faut.")
    assert found.as_dict()["motif"] == found.reason


def test_a_condition_on_a_sure_source_has_no_doubt() -> None:
    found = condition("msp_medecins_generalistes", professionnels=[DOCTORS])
    assert (found.to_confirm, found.reason) == (False, None)


def test_a_region_that_writes_the_rule_lifts_the_doubt() -> None:
    assert condition("cpts_champs", GUERET).to_confirm
    assert not condition("cpts_champs", REDON).to_confirm


def test_a_text_that_may_have_changed_is_told_from_its_date_only() -> None:
    assert condition("cpts_validation", projet_de_sante="valide").to_confirm
    assert not condition("cpts_validation", projet_de_sante="valide", date="2022-06-30").to_confirm


def test_a_doubt_does_not_stop_a_question() -> None:
    assert "cpts_champs" in {name for question in ask().questions for name in question.decides}


def test_a_collectivite_that_may_be_a_region_is_to_check_since_2022() -> None:
    found = condition("cds_gestionnaire", gestionnaire="collectivite")
    assert (found.state, found.to_confirm) == ("remplie", True)
    assert "23\xa0février\xa02022" in (found.reason or "")
    assert not condition("cds_gestionnaire", gestionnaire="collectivite", date="2022-02-22").to_confirm
    assert not condition("cds_gestionnaire", gestionnaire="association_1901").to_confirm


def test_a_manager_whose_statutes_decide_is_to_check() -> None:
    found = condition("cds_gestionnaire", gestionnaire="gcs")
    assert (found.state, found.to_confirm) == ("inconnue", True)
    assert "lucratif" in (found.reason or "")


def test_doubts_are_listed_once_each_with_all_that_they_touch() -> None:
    listed = ask(professionnels=[DOCTORS, OCCUPATIONAL_THERAPIST], gestionnaire="collectivite").to_confirm
    assert len({(item.reason, item.who) for item in listed}) == len(listed)
    (paramedics,) = [item for item in listed if "auxiliaires médicaux" in item.reason]
    assert "MSP : Au moins un paramédical" in paramedics.subject
    assert "SISA" in paramedics.subject


@pytest.mark.parametrize("path", LISTS)
def test_the_lists_of_professions_are_to_confirm_and_rest_on_the_law_of_maisons_de_sante(path: str) -> None:
    (dated,) = system().text(path).values
    assert dated.since == datetime.date(2007, 12, 22)
    assert dated.confidence == "C"
    assert "L. 6323-3" in dated.references[0].title


def test_every_weak_value_of_a_condition_says_why_it_is_weak() -> None:
    prefixes = ("esp.", "msp.", "cds.", "ess.", "cpts.", "professions.")
    weak = [
        (text.path, dated.since)
        for layer in ("", "bretagne", "paca", "centre_val_de_loire")
        for text in system(layer).texts()
        if text.path.startswith(prefixes)
        for dated in text.values
        if dated.confidence == "C" and not dated.reason
    ]
    assert weak == []
