"""Which structure fits a team: small worlds whose answer is known."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.kernel.problems import BadInput
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import Condition, Orientation, Territory
from maillage.core.rules.orientation.situation import PROFESSIONS, SituationOrientation

TODAY = datetime.date(2026, 11, 22)
RENNES = Territory("35238", "Rennes", "35", "53", 227_830, "2022", "Bretagne")
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
GUERET = Territory("23096", "Guéret", "23", "75", 13_000, "2022", "Nouvelle-Aquitaine")
TEAM = [
    {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
    {"profession": "infirmier", "nombre": 1, "exercice": "liberal"},
]
SPECIALISTS = [{"profession": "medecin_specialiste", "nombre": 6, "exercice": "liberal"}]


def ask(territory: Territory = REDON, **fields: Any) -> Orientation:
    given = {"date": TODAY, "commune": territory.commune_code, **fields}
    return orient(SituationOrientation.model_validate(given), territory, today=TODAY)


def states(answer: Orientation) -> dict[str, str]:
    return {code: structure.state for code, structure in answer.structures.items()}


def condition(answer: Orientation, name: str) -> Condition:
    return next(each for structure in answer.structures.values() for each in structure.conditions if each.id == name)


def test_two_liberal_doctors_and_a_nurse_may_be_a_maison_de_sante() -> None:
    answer = ask(professionnels=TEAM)
    assert states(answer) == {
        "ESP": "possible",
        "MSP": "possible",
        "CDS": "pas_encore",
        "ESS": "impossible",
        "CPTS": "pas_encore",
    }
    assert answer.order[:2] == ("MSP", "ESP")
    assert answer.order[-1] == "ESS"


def test_a_team_without_a_specialist_is_not_an_equipe_de_soins_specialises() -> None:
    assert condition(ask(professionnels=TEAM), "ess_medecins_specialistes").state == "manquante"


def test_general_practice_is_no_specialty_of_an_equipe_de_soins_specialises() -> None:
    assert states(ask(professionnels=TEAM, specialite="médecine générale"))["ESS"] == "impossible"


def test_enough_specialists_on_a_department_may_be_an_equipe_de_soins_specialises() -> None:
    thresholds = {"specialistes_presents": 25, "specialistes_liberaux": 25, "specialistes_adherents": 3}
    place = {"perimetre_departemental": True, "ess_existante": False, "specialite": "cardiologie"}
    assert states(ask(professionnels=SPECIALISTS, **thresholds, **place))["ESS"] == "possible"
    too_few = thresholds | {"specialistes_adherents": 2}
    assert states(ask(professionnels=SPECIALISTS, **too_few, **place))["ESS"] == "pas_encore"


def test_in_bretagne_a_territory_that_has_a_cpts_cannot_have_another() -> None:
    answer = ask(professionnels=TEAM, cpts_existante=True)
    assert condition(answer, "cpts_unicite").blocking
    assert states(answer)["CPTS"] == "impossible"
    assert set(answer.order[-2:]) == {"CPTS", "ESS"}
    assert answer.structures["CPTS"].summary.startswith("Pas possible ici")


def test_where_no_region_writes_it_another_cpts_forbids_nothing() -> None:
    answer = ask(GUERET, professionnels=TEAM, cpts_existante=True)
    found = condition(answer, "cpts_unicite")
    assert (found.state, found.blocking, found.to_confirm) == ("manquante", False, True)
    assert "aucun article national" in (found.missing or "")
    assert states(answer)["CPTS"] == "pas_encore"
    assert "aucune autre CPTS" in answer.structures["CPTS"].summary


def test_a_town_above_the_floor_settles_the_population_of_a_cpts() -> None:
    assert condition(ask(RENNES), "cpts_population").state == "remplie"
    assert condition(ask(REDON), "cpts_population").state == "inconnue"
    assert condition(ask(REDON, communes=["35236"]), "cpts_population").state == "manquante"


def test_what_the_ars_decides_is_to_ask_for() -> None:
    conditions = [each for structure in ask().structures.values() for each in structure.conditions]
    asked = {each.id for each in conditions if each.as_dict()["a_demander"]}
    assert asked == {"esp_validation", "msp_validation", "cpts_validation", "cds_recepisse", "cds_agrement"}


def test_before_the_policy_of_bretagne_another_cpts_forbids_nothing() -> None:
    before = ask(cpts_existante=True, date=datetime.date(2018, 12, 31))
    assert not condition(before, "cpts_unicite").blocking


def test_an_ess_of_the_same_specialty_forbids_nothing_since_a_derogation_is_possible() -> None:
    answer = ask(professionnels=SPECIALISTS, specialite="cardiologie", ess_existante=True)
    found = condition(answer, "ess_unicite")
    assert (found.state, found.blocking) == ("manquante", False)
    assert "sauf dérogation" in (found.missing or "")
    assert states(answer)["ESS"] == "pas_encore"


def test_general_practice_forbids_an_ess_whatever_the_derogation() -> None:
    assert condition(ask(specialite="médecine générale"), "ess_specialite").blocking


def test_a_written_project_is_not_asked_to_make_a_structure_possible() -> None:
    answer = ask(professionnels=TEAM, projet_de_sante="aucun", forme_juridique="aucune")
    assert states(answer)["MSP"] == "possible"
    assert condition(answer, "msp_validation").state == "manquante"
    assert "à mener." in answer.structures["MSP"].summary


def test_one_doctor_alone_is_not_an_equipe_de_soins_primaires() -> None:
    doctor = {"profession": "medecin_generaliste", "exercice": "liberal"}
    alone = ask(GUERET, professionnels=[doctor])
    assert condition(alone, "esp_ensemble").state == "manquante"
    assert states(alone)["ESP"] == "pas_encore"
    assert states(ask(GUERET, professionnels=[{**doctor, "nombre": 2}]))["ESP"] == "possible"


def test_a_newer_text_that_may_change_the_amounts_is_told_before_them() -> None:
    assert any("l'avenant 2 (arrêté du 8 juillet 2026)" in warning for warning in ask().warnings)
    assert not any("avenant 2" in warning for warning in ask(date="2025-06-01").warnings)


def validations(answer: Orientation) -> dict[str, str]:
    return {code: condition(answer, f"{code}_validation").state for code in ("esp", "msp", "cpts")}


def test_a_project_accepted_for_one_structure_is_accepted_for_that_one_only() -> None:
    answer = ask(projet_de_sante="valide", projet_valide_pour=["MSP"])
    assert validations(answer) == {"esp": "manquante", "msp": "remplie", "cpts": "manquante"}
    assert condition(answer, "cds_recepisse").state == "manquante"
    steps = {code: next(s for s in answer.structures[code].steps if "valider" in s.title) for code in ("ESP", "MSP")}
    assert (steps["ESP"].state, steps["MSP"].state) == ("en_cours", "faite")


def test_a_project_accepted_nobody_says_for_what_proves_no_validation_and_asks_for_which_structure() -> None:
    answer = ask(projet_de_sante="valide")
    assert set(validations(answer).values()) == {"inconnue"}
    assert all(
        "pour quelle structure" in (condition(answer, f"{code}_validation").missing or "") for code in ("esp", "msp")
    )
    (asked,) = [question for question in answer.questions if question.field == "projet_valide_pour"]
    assert set(asked.decides) == {"esp_validation", "msp_validation", "cpts_validation"}
    validating = (s for code in ("ESP", "MSP") for s in answer.structures[code].steps if "valider" in s.title)
    assert {step.state for step in validating} == {"en_cours"}
    precise = ask(projet_de_sante="valide", projet_valide_pour=["ESP", "MSP", "CPTS"])
    assert set(validations(precise).values()) == {"remplie"}
    assert "projet_valide_pour" not in {question.field for question in precise.questions}


def test_an_accepted_project_proves_no_document_of_a_centre() -> None:
    documents = ("cds_recepisse", "cds_reglement_de_fonctionnement")
    silent = ask(projet_de_sante="valide")
    assert {condition(silent, name).state for name in documents} == {"inconnue"}
    asked = {question.field for question in silent.questions}
    assert {"recepisse", "reglement_de_fonctionnement"} <= asked
    declared = ask(projet_de_sante="valide", recepisse=True, reglement_de_fonctionnement=False)
    assert [condition(declared, name).state for name in documents] == ["remplie", "manquante"]


def test_the_agrement_of_a_dental_centre_is_asked_and_may_be_declared() -> None:
    dentist = [{"profession": "chirurgien_dentiste", "nombre": 2, "exercice": "salarie"}]
    silent = ask(professionnels=dentist, projet_de_sante="valide")
    assert condition(silent, "cds_agrement").state == "inconnue"
    assert "agrement" in {question.field for question in silent.questions}
    assert condition(ask(professionnels=dentist, agrement=True), "cds_agrement").state == "remplie"


def test_with_a_commune_only_no_composition_is_met_and_a_question_is_asked() -> None:
    answer = ask()
    team = [
        each
        for structure in answer.structures.values()
        for each in structure.conditions
        if each.fields[:1] == ("professionnels",)
    ]
    assert {each.state for each in team} == {"inconnue"}
    assert set(states(answer).values()) == {"pas_encore"}
    assert answer.questions[0].field == "professionnels"
    assert "msp_medecins_generalistes" in answer.questions[0].decides


def test_with_a_commune_only_the_team_is_to_describe() -> None:
    answer = ask(projet_de_sante="en_cours")
    assert answer.as_dict()["equipe_decrite"] is False
    assert answer.structures["MSP"].summary == "Dites-nous qui compose l'équipe : 4 conditions restent à préciser."
    for told in ({"professionnels": []}, {"gestionnaire": "mutuelle"}, {"specialistes_presents": 3}):
        assert ask(**told).as_dict()["equipe_decrite"] is True


def test_what_is_missing_is_told_even_when_the_team_is_not_described() -> None:
    assert "Il manque 1 condition" in ask(date=datetime.date(2024, 6, 1)).structures["ESS"].summary


def test_a_team_of_nobody_is_known_to_miss_doctors() -> None:
    assert condition(ask(professionnels=[]), "msp_medecins_generalistes").state == "manquante"


def test_a_team_whose_way_of_practising_is_unknown_is_asked_that_only() -> None:
    answer = ask(professionnels=[{"profession": "medecin_generaliste", "nombre": 2}, {"profession": "infirmier"}])
    question = next(each for each in answer.questions if each.field == "professionnels")
    assert question.text == "Chaque profession de l'équipe exerce-t-elle en libéral ou en salariat ?"
    assert "msp_medecins_generalistes" not in question.decides


def test_no_question_is_asked_on_what_was_answered() -> None:
    answered = ask(professionnels=TEAM, projet_de_sante="aucun", forme_juridique="aucune", patientele=6_000)
    asked = {question.field for question in answered.questions}
    assert asked.isdisjoint({"professionnels", "projet_de_sante", "forme_juridique", "patientele", "date"})


def test_a_question_that_decides_alone_comes_first() -> None:
    territory = {"communes": ["35236"], "champs": ["ambulatoire", "hospitalier"]}
    large = Territory("35236", "Redon", "35", "53", 60_000, "2022", "Bretagne")
    answer = ask(large, professionnels=TEAM, **territory)
    assert answer.questions[0].field == "cpts_existante"
    assert answer.questions[0].decides == ("cpts_unicite",)
    assert answer.questions[0].why == "La réponse peut débloquer la CPTS."


def test_questions_on_a_structure_that_is_impossible_are_not_asked() -> None:
    asked = {question.field for question in ask(cpts_existante=True).questions}
    assert "champs" not in asked
    assert "champs" in {question.field for question in ask().questions}


def test_the_region_of_the_commune_gives_its_policy() -> None:
    answer = ask(professionnels=TEAM)
    assert answer.pack == "bretagne"
    assert not answer.pack_to_confirm


def test_a_region_that_is_not_written_keeps_the_national_rules_and_says_so() -> None:
    answer = ask(GUERET, professionnels=TEAM)
    assert answer.pack is None
    assert answer.pack_to_confirm
    assert states(answer)["MSP"] == "possible"
    assert "Nouvelle-Aquitaine" in answer.warnings[0]
    assert answer.to_confirm[0].who == "votre ARS"


def test_national_rules_may_be_asked_anywhere() -> None:
    assert ask(region_pack="national").pack is None


def test_a_policy_applied_to_another_region_is_told() -> None:
    assert any("autre région" in warning for warning in ask(GUERET, region_pack="paca").warnings)


def test_the_regional_policy_changes_who_makes_an_esp() -> None:
    pharmacist = [TEAM[0], {"profession": "pharmacien", "exercice": "liberal"}]
    assert states(ask(professionnels=pharmacist))["ESP"] == "pas_encore"
    before = ask(professionnels=pharmacist, date=datetime.date(2019, 9, 1))
    assert states(before)["ESP"] == "possible"


def test_a_date_too_far_is_refused_with_the_dates_accepted() -> None:
    for day in ("2009-12-31", "2028-11-23"):
        with pytest.raises(BadInput) as refusal:
            ask(date=datetime.date.fromisoformat(day))
        (problem,) = refusal.value.problems
        assert problem.field == "date"
        assert "1er\xa0janvier\xa02010" in problem.expected
        assert "22\xa0novembre\xa02028" in problem.expected


def test_a_leap_day_bounds_a_date_two_years_ahead() -> None:
    situation = SituationOrientation(date=datetime.date(2030, 2, 28), commune="35236")
    assert orient(situation, REDON, today=datetime.date(2028, 2, 29)).date == situation.date


def test_a_date_to_come_is_told() -> None:
    assert any("à venir" in warning for warning in ask(date=datetime.date(2027, 1, 1)).warnings)


@pytest.mark.parametrize("day", ["2010-01-01", "2018-06-01", "2024-06-01", "2026-11-22", "2028-01-01"])
@pytest.mark.parametrize("pack", ["national", "bretagne", "paca", "centre_val_de_loire"])
def test_every_date_and_region_has_an_answer_where_each_condition_has_a_text(day: str, pack: str) -> None:
    answer = ask(professionnels=TEAM, patientele=5_000, region_pack=pack, date=datetime.date.fromisoformat(day))
    assert set(answer.structures) == set(STRUCTURE_CODES) == set(answer.order)
    for structure in answer.structures.values():
        for each in structure.conditions:
            assert each.text is None or each.text.title, each.id
            assert each.state in ("remplie", "manquante", "inconnue")
            assert (each.missing is None) == (each.state == "remplie"), each.id


def test_before_its_text_a_condition_is_unknown_and_says_since_when() -> None:
    found = condition(ask(professionnels=TEAM, date=datetime.date(2010, 1, 1)), "esp_medecin_generaliste")
    assert found.state == "inconnue"
    assert found.to_confirm
    assert "2016" in (found.missing or "")


def test_what_no_text_founds_has_no_text_rather_than_the_name_of_a_parameter() -> None:
    before = ask(GUERET, date=datetime.date(2010, 1, 1))
    assert condition(before, "esp_medecin_generaliste").text is None
    assert condition(before, "esp_medecin_generaliste").as_dict()["texte"] is None
    (money,) = [each for each in ask(GUERET).structures["CDS"].financings if each.id == "cds_immobilier"]
    assert money.as_dict()["texte"] is None


def test_before_2025_an_ess_has_no_conventional_money() -> None:
    assert condition(ask(date=datetime.date(2024, 6, 1)), "ess_financement_conventionnel").state == "manquante"


def test_the_json_of_the_answer_has_the_keys_of_the_contract() -> None:
    data = ask(professionnels=TEAM).as_dict()
    assert list(data) == [
        "date",
        "commune",
        "region_pack",
        "pack",
        "equipe_decrite",
        "ordre",
        "structures",
        "prochaine_question",
        "questions",
        "a_confirmer",
        "avertissements",
    ]
    structure = data["structures"]["MSP"]
    assert {"nom", "etat", "resume", "conditions", "etapes", "financements", "contacts"} == set(structure)
    assert {"id", "libelle", "etat", "manque", "nature", "texte", "champs"} <= set(structure["conditions"][0])
    assert set(structure["conditions"][0]["texte"]) == {"titre", "url", "confiance", "depuis"}
    assert data["prochaine_question"] == data["questions"][0]
    assert data["commune"]["nom"] == "Redon"


groups = st.fixed_dictionaries(
    {
        "profession": st.sampled_from(list(PROFESSIONS)),
        "nombre": st.integers(1, 4),
        "exercice": st.sampled_from(["liberal", "mixte", None]),
    }
)


@given(team=st.lists(groups, max_size=5), newcomer=groups)
@settings(max_examples=60, deadline=None)
def test_a_newcomer_never_undoes_a_composition_that_was_met(team: list[Any], newcomer: dict[str, Any]) -> None:
    before, after = ask(professionnels=team), ask(professionnels=[*team, newcomer])
    for name in (
        "esp_medecin_generaliste",
        "esp_paramedicaux",
        "msp_medecins_generalistes",
        "msp_paramedicaux",
        "cds_professionnels",
        "ess_medecins_specialistes",
    ):
        if condition(before, name).state == "remplie":
            assert condition(after, name).state == "remplie", name


@given(
    team=st.none() | st.lists(groups, max_size=3),
    answers=st.fixed_dictionaries(
        {},
        optional={
            "projet_de_sante": st.sampled_from(["aucun", "en_cours", "redige", "valide"]),
            "forme_juridique": st.sampled_from(["aucune", "association_1901", "sisa", "sas"]),
            "gestionnaire": st.sampled_from(["collectivite", "sas", "scic"]),
            "champs": st.lists(st.sampled_from(["ambulatoire", "hospitalier", "social"]), unique=True),
            "cpts_existante": st.booleans(),
            "ess_existante": st.booleans(),
            "specialistes_presents": st.integers(0, 40),
            "patientele": st.integers(0, 60_000),
        },
    ),
    day=st.dates(datetime.date(2010, 1, 1), datetime.date(2028, 11, 22)),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_said_the_answer_is_one_of_the_states_and_its_json_is_plain(
    team: list[Any] | None, answers: dict[str, Any], day: datetime.date
) -> None:
    data = ask(professionnels=team, date=day, **answers).as_dict()
    for structure in data["structures"].values():
        assert structure["etat"] in ("possible", "pas_encore", "impossible")
        for money in structure["financements"]:
            assert money["a_confirmer"] == (money["motif"] is not None)
            low, high = money["montant_min"], money["montant_max"]
            assert low is None or high is None or float(low) <= float(high)
            assert money["a_confirmer"] or money["montant_min"] or money["montant_max"]


@pytest.mark.parametrize(("code", "before", "created"), [("ESP", "2012-06-01", "2016"), ("ESS", "2018-06-01", "2019")])
def test_before_its_law_a_structure_did_not_exist_yet(code: str, before: str, created: str) -> None:
    told = ask(date=before).structures[code].summary
    assert told.startswith("N'existait pas encore")
    assert created in told
    assert "N'existait" not in ask(date="2020-06-01").structures[code].summary
