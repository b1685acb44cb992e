"""Each aid of an orientation is certain, possible or excluded, and says of which condition."""

import datetime
from typing import Any

import pytest

from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.aid_data import AidData
from maillage.core.rules.orientation.aid_states import applied, state_of_aid
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import AppliedCondition, Condition, Financing, Territory
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.regions import pack_codes

TODAY = datetime.date(2026, 11, 22)
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
GUERET = Territory("23096", "Guéret", "23", "75", 13_000, "2022", "Nouvelle-Aquitaine")
TEAM = [
    {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
    {"profession": "infirmier", "nombre": 1, "exercice": "liberal"},
]
RECOGNISED = {
    "professionnels": TEAM,
    "projet_de_sante": "valide",
    "projet_valide_pour": ["MSP"],
    "forme_juridique": "sisa",
}


def aids(place: Territory = REDON, **fields: Any) -> dict[str, Financing]:
    """The aids of an orientation, by id."""
    situation = SituationOrientation(**{"date": TODAY, "commune": place.commune_code, **fields})
    found = orient(situation, place, today=TODAY)
    return {aid.id: aid for answer in found.structures.values() for aid in answer.financings}


def condition(aid: Financing, beginning: str) -> AppliedCondition:
    """The condition of an aid whose label begins so."""
    return next(each for each in aid.applied if each.label.startswith(beginning))


def test_the_aci_is_certain_for_a_recognised_maison_de_sante_with_a_sisa() -> None:
    aci = aids(**RECOGNISED)["msp_aci"]
    assert aci.state == "certain"
    assert {each.state for each in aci.applied if each.kind != "suite"} == {"remplie"}
    assert aci.reading == "Toutes les conditions sont remplies."


def test_the_aci_is_possible_while_the_project_is_written_and_says_what_is_to_be_done() -> None:
    aci = aids(professionnels=TEAM, projet_de_sante="en_cours", forme_juridique="aucune")["msp_aci"]
    assert aci.state == "possible"
    assert condition(aci, "Projet de santé validé").state == "manquante"
    assert "Reste à faire" in aci.reading
    assert "Projet de santé validé" in aci.reading


def test_the_aci_is_excluded_while_the_team_cannot_be_a_maison_de_sante() -> None:
    aci = aids(professionnels=TEAM[1:], projet_de_sante="valide", forme_juridique="sisa")["msp_aci"]
    assert aci.state == "exclu"
    assert "au moins deux médecins généralistes" in (condition(aci, "Conditions de création").missing or "")
    assert "au moins deux médecins généralistes" in aci.reading


def test_nothing_is_certain_of_a_team_that_is_not_described() -> None:
    assert {aid.state for aid in aids().values()} <= {"possible", "exclu"}


def test_the_contract_comes_with_the_aci_and_does_not_decide_it() -> None:
    contract = condition(aids(**RECOGNISED)["msp_aci"], "Contrat ACI")
    assert (contract.state, contract.kind) == ("inconnue", "suite")


def test_an_esp_never_has_the_aci() -> None:
    esp = aids(**RECOGNISED)["esp_aci"]
    assert esp.state == "exclu"
    assert "Une ESP n'a pas de rémunération conventionnelle" in esp.reading


def test_what_an_agency_grants_is_never_certain() -> None:
    for fields in (RECOGNISED, {**RECOGNISED, "forme_juridique": "association_1901", "projet_valide_pour": ["ESP"]}):
        found = aids(**fields)
        for name in ("esp_fir", "msp_demarrage"):
            assert found[name].state == "possible"
            assert condition(found[name], "Accord du financeur : ARS Bretagne").state == "inconnue"


def test_the_support_before_the_aci_ends_with_it() -> None:
    before = aids(**{**RECOGNISED, "forme_juridique": "aucune"})["msp_avant_aci"]
    assert before.state == "possible"
    assert before.excluded_by == ("msp_aci",)
    after = aids(**RECOGNISED)["msp_avant_aci"]
    assert after.state == "exclu"
    assert "Ne pas recevoir : Rémunération de l'accord" in after.reading


def test_the_accord_of_the_centres_and_the_aci_exclude_one_another() -> None:
    found = aids(GUERET, **RECOGNISED)
    assert found["msp_aci"].excludes == found["msp_aci"].excluded_by == ("cds_accord_national",)
    assert found["cds_accord_national"].excludes == found["cds_accord_national"].excluded_by == ("msp_aci",)


def test_an_aid_that_has_ended_excludes_nothing() -> None:
    assert aids(date="2025-01-01")["cds_aide_demographique"].excluded_by == ("cds_solidarite",)
    assert aids()["cds_aide_demographique"].excluded_by == ()


def test_france_sante_asks_for_a_doctor_and_a_nurse() -> None:
    label = "Médecin généraliste avec patientèle"
    assert condition(aids(professionnels=TEAM)["msp_france_sante"], label).state == "remplie"
    without = condition(aids(professionnels=TEAM[:1])["msp_france_sante"], label)
    assert without.state == "manquante"
    assert without.missing == "L'équipe doit compter : médecin généraliste, infirmier."
    assert condition(aids()["msp_france_sante"], label).state == "inconnue"


def test_the_thresholds_of_an_ess_decide_its_first_money() -> None:
    fields = {
        "specialite": "cardiologie",
        "specialistes_presents": 12,
        "specialistes_liberaux": 10,
        "specialistes_adherents": 3,
        "perimetre_departemental": True,
        "ess_existante": False,
        "projet_de_sante": "valide",
        "projet_valide_pour": ["ESS"],
    }
    assert aids(GUERET, **fields)["ess_amorcage"].state == "certain"
    assert aids(GUERET, **{**fields, "specialistes_presents": 4, "specialistes_liberaux": 4})["ess_amorcage"].state == (
        "exclu"
    )


def test_a_plain_text_is_left_to_be_checked() -> None:
    label = condition(aids(**RECOGNISED)["msp_france_sante"], "Label France santé")
    assert (label.state, label.missing) == ("inconnue", None)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([("remplie", "fond"), ("inconnue", "suite")], "certain"),
        ([("remplie", "fond"), ("inconnue", "fond")], "possible"),
        ([("remplie", "fond"), ("manquante", "demarche")], "possible"),
        ([("manquante", "fond"), ("inconnue", "fond")], "exclu"),
        ([("manquante", "suite")], "certain"),
    ],
)
def test_the_state_of_an_aid_follows_those_of_its_conditions(states: list[Any], expected: str) -> None:
    assert state_of_aid([AppliedCondition("", state, None, kind) for state, kind in states]) == expected


def every_aid() -> list[AidData]:
    """The aids of the nation and of every region."""
    return [aid for region in (None, *pack_codes()) for code in STRUCTURE_CODES for aid in packs.aids(region, code)]


def test_every_condition_that_is_decided_names_rules_fields_and_professions_that_exist() -> None:
    situation = SituationOrientation(date=TODAY, commune="35236")
    answer = orient(situation, REDON, today=TODAY)
    rules = {each.id for found in answer.structures.values() for each in found.conditions}
    for aid in every_aid():
        for asked in (*aid.conditions, *(each for later in aid.conditions_depuis.values() for each in later)):
            assert set(asked.regles) <= rules, (aid.id, asked.regles)
            assert set(asked.si) <= set(SituationOrientation.model_fields), (aid.id, asked.si)


def test_every_aid_excluded_exists() -> None:
    known = {aid.id for aid in every_aid()}
    assert {name for aid in every_aid() for name in (*aid.exclut, *aid.exclu_par)} <= known


def test_the_json_says_the_state_the_conditions_and_the_exclusions() -> None:
    said = aids(GUERET, **RECOGNISED)["msp_aci"].as_dict()
    assert said["etat"] == "certain"
    assert said["exclut"] == ["cds_accord_national"]
    assert said["conditions_appliquees"][0] == {
        "libelle": "Conditions de création (MSP)",
        "etat": "remplie",
        "manque": None,
        "nature": "fond",
    }
    assert said["conditions"] == [
        "Projet de santé validé",
        "SISA au plus tard six mois après la signature",
        "Contrat ACI de cinq ans",
    ]


def test_a_blocking_condition_closes_even_what_pays_a_project() -> None:
    aid = next(each for each in packs.aids(None, "MSP") if each.id == "msp_demarrage")
    lost = Condition("x", "Un obstacle", "manquante", None, "fond", True, None, (), "")
    situation = SituationOrientation(date=TODAY, commune="35236")
    assert state_of_aid(applied(aid, "MSP", [lost], situation)) == "exclu"


def test_an_aid_of_a_validated_project_is_to_check_while_nobody_says_for_which_structure() -> None:
    fields = {name: value for name, value in RECOGNISED.items() if name != "projet_valide_pour"}
    silent, declared = aids(**fields)["msp_aci"], aids(**RECOGNISED)["msp_aci"]
    assert (silent.state, declared.state) == ("possible", "certain")
    assert "À vérifier" in silent.reading
    asked = condition(aids(**fields)["ess_amorcage"], "Projet conforme au cahier des charges national")
    assert asked.state == "inconnue"
