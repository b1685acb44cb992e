"""What a professional cannot say, and what the texts do not settle: the answer says so, never zero nor a guess."""

import pytest

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.aides.situation import SIMULATOR, SituationAides
from maillage.core.rules.simulation.engine import simulate

DOCTOR = {"date": "2026-03-01", "profession": "medecin_generaliste"}
NURSE = {"date": "2026-03-01", "profession": "infirmier"}


def answer(**facts):
    return simulate(SIMULATOR, read(SituationAides, facts)).as_dict()


def line(found, rule):
    return next(line for line in found["lignes"] if line["id"] == rule)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (DOCTOR | {"zone": "tres_sous_dotee"}, "zone de médecin"),
        (NURSE | {"zone": "zip"}, "zonage de la profession"),
        (NURSE | {"filiere": "medecine"}, "étudiant"),
        (NURSE | {"contrat": "capii"}, "date de signature"),
        (NURSE | {"date_signature": "2025-01-01"}, "contrat en cours"),
        (NURSE | {"contrat": "capii", "date_signature": "2026-03-02"}, "signature"),
        (NURSE | {"contrat": "caim", "date_signature": "2024-01-01"}, "contrat de votre profession"),
        (NURSE | {"part_en_zone": 1.2}, "1"),
        (NURSE | {"jours_par_semaine": 8}, "7"),
        (NURSE | {"date_installation": "1950-01-01"}, "01/01/2000"),
        ({"date": "2026-03-01", "profession": "medecin"}, "medecin_generaliste"),
    ],
)
def test_facts_that_contradict_each_other_are_refused_in_french(facts, expected):
    with pytest.raises(BadInput) as refused:
        read(SituationAides, facts)
    assert expected in str(refused.value)


def test_aid_t6_the_year_of_a_caim_waits_for_its_payments_while_its_whole_is_known():
    found = answer(**DOCTOR | {"date": "2026-12-01", "contrat": "caim", "date_signature": "2025-12-01",
                               "jours_par_semaine": 4})  # fmt: skip
    assert (line(found, "AID-01")["etat"], line(found, "AID-01")["montant"]) == ("a_confirmer", None)
    assert (line(found, "AID-01-total")["valeur"], line(found, "AID-01-fin")["date"]) == (50000, "2030-12-01")
    assert found["montant"] is None


def test_aid_22_an_aid_without_an_established_amount_is_to_be_confirmed():
    found = answer(**DOCTOR, consultations_avancees=True)
    assert (line(found, "AID-22")["etat"], line(found, "AID-22")["montant"]) == ("a_confirmer", None)
    assert "200" not in line(found, "AID-22")["explication"]
    assert "n'est pas établi" in found["a_confirmer"][-1]["motif"] or any(
        "Consultations avancées" in item["objet"] for item in found["a_confirmer"]
    )


def test_aid_15_the_best_of_two_exclusive_aids_is_counted_and_the_other_said():
    found = answer(**DOCTOR, zone="zac", qpv=True, premiere_installation=True, secteur="secteur_1")
    zip_, zac = line(found, "AID-10"), line(found, "AID-11")
    assert (zip_["etat"], zac["etat"]) == ("possible", "certain")
    assert (found["montant"], found["montant_possible"]) == ("5000.00", "5000.00")
    assert "Ne se cumule pas" in zip_["explication"]
    assert "Ne se cumule pas" in zac["explication"]
    assert any("QPV" in item["objet"] for item in found["a_confirmer"])


def test_aid_12_a_practice_is_the_main_one_or_a_secondary_one_never_both():
    found = answer(profession="medecin_generaliste", zone="zip", secteur="secteur_1", date="2026-11-22")
    assert found["montant_possible"] == "10000.00"
    assert "Cabinet secondaire en ZIP" in line(found, "AID-10")["explication"]


def test_a_nurse_who_could_have_two_contracts_is_counted_the_better_one():
    found = answer(**NURSE, zone="tres_sous_dotee", premiere_installation=True, exercice="esp", part_en_zone=0.8,
                   honoraires=40000, continuite=True)  # fmt: skip
    assert found["montant"] == "14250.00"
    assert [(line(found, rule)["etat"], line(found, rule)["compte"]) for rule in ("PAR-01", "PAR-03")] == [
        ("certain", True),
        ("possible", False),
    ]


def test_par_t7_the_amount_of_2025_warns_that_its_first_day_is_not_established():
    found = answer(date="2025-06-01", profession="sage_femme", zone="tres_sous_dotee", premiere_installation=False,
                   jours_par_semaine=3)  # fmt: skip
    assert line(found, "PAR-09-total")["valeur"] == 34000
    assert any("CAISF" in item["objet"] and "date" in item["motif"] for item in found["a_confirmer"])


def test_a_caisf_signed_between_its_two_known_amounts_is_to_be_confirmed():
    found = answer(date="2023-06-01", profession="sage_femme", zone="tres_sous_dotee", premiere_installation=False,
                   jours_par_semaine=3)  # fmt: skip
    assert line(found, "PAR-09")["etat"] == "a_confirmer"
    assert "28\u202f000" in line(found, "PAR-09")["explication"] or "28 000" in str(found["a_confirmer"])


def test_a_running_contract_shows_the_amounts_of_its_signature():
    found = answer(date="2026-03-01", profession="sage_femme", contrat="caisf", date_signature="2022-05-01",
                   jours_par_semaine=3)  # fmt: skip
    assert "9\u202f500\xa0€" in line(found, "PAR-09")["explication"]
    assert line(found, "PAR-09")["montant"] == "3000.00"


def test_the_aids_of_a_profession_are_not_listed_for_another():
    found = answer(**NURSE)
    assert not [each["id"] for each in found["lignes"] if each["id"].startswith(("FMT", "AID-1", "PAR-04", "PAR-11"))]


def test_aid_34_the_complement_of_a_part_time_cde_is_to_be_confirmed():
    found = answer(date="2022-06-01", profession="medecin_generaliste", zone="zac", exercice="msp", secteur="secteur_1",
                   demi_journees=6, honoraires_mensuels=5000, remplacant=False)  # fmt: skip
    assert line(found, "AID-34")["etat"] == "a_confirmer"
    assert any("5 à 8 demi-journées" in item["motif"] for item in found["a_confirmer"])


def test_aid_34_the_complement_of_another_specialty_and_of_a_locum_are_to_be_confirmed():
    settled = answer(date="2022-06-01", profession="medecin_specialiste", zone="zac", exercice="msp",
                     secteur="secteur_1", demi_journees=9, honoraires_mensuels=5000, remplacant=False)  # fmt: skip
    locum = answer(date="2026-02-01", profession="medecin_generaliste", zone="zip", exercice="msp", secteur="secteur_1",
                   remplacant=True, inscrit_depuis_moins_d_un_an=True, jours_de_remplacement=40)  # fmt: skip
    assert [line(found, "AID-34")["etat"] for found in (settled, locum)] == ["a_confirmer", "a_confirmer"]


def test_aid_31_and_39_amounts_that_no_text_gives_are_to_be_confirmed():
    old = answer(date="2018-06-01", profession="medecin_specialiste")
    town = answer(**NURSE, zone="sous_dotee")
    assert line(old, "AID-31")["etat"] == "a_confirmer"
    assert line(town, "AID-39")["etat"] == "a_confirmer"


@pytest.mark.parametrize(("met", "state", "noted"), [(True, "etabli", True), (None, "a_preciser", False)])
def test_the_end_of_a_contract_that_is_only_possible_is_not_in_the_diary(met, state, noted):
    found = answer(**NURSE, zone="tres_sous_dotee", continuite=met)
    assert line(found, "PAR-03-fin")["etat"] == state
    assert ("PAR-03-fin" in [deadline["id"] for deadline in found["echeances"]]) is noted


def test_the_end_of_a_contract_that_is_refused_is_not_said():
    found = answer(**NURSE, zone="tres_sous_dotee", continuite=False)
    assert "PAR-03-fin" not in [each["id"] for each in found["lignes"]]


def test_a_replacing_doctor_under_a_conventional_contract_may_not_sign_a_cde_since_2024():
    doctor = {"profession": "medecin_generaliste", "zone": "zip", "exercice": "msp", "secteur": "secteur_1",
              "remplacant": True, "inscrit_depuis_moins_d_un_an": True, "jours_de_remplacement": 40,
              "contrat": "cstm", "date_signature": "2023-02-01"}  # fmt: skip
    assert line(answer(**doctor, date="2023-06-01"), "AID-34-conditions")["etat"] == "remplie"
    assert line(answer(**doctor, date="2024-06-01"), "AID-34-conditions")["etat"] == "manquante"


def test_no_text_says_whether_a_coscom_goes_with_a_running_cde():
    found = answer(date="2022-11-22", profession="medecin_generaliste", zone="zip", exercice="msp", secteur="secteur_1",
                   contrat="cde", date_signature="2022-06-01", demi_journees=9, honoraires_mensuels=5000,
                   remplacant=False)  # fmt: skip
    assert [line(found, rule)["etat"] for rule in ("AID-34", "AID-02")] == ["certain", "possible"]
    assert (found["montant"], found["montant_possible"]) == ("42000.00", "5000.00")
    assert "Avec un CDE en cours, aucun texte ne dit" in line(found, "AID-02-conditions")["explication"]


def test_the_whole_of_a_cde_is_said_to_be_paid_in_its_first_year():
    found = answer(date="2022-11-22", profession="medecin_generaliste", contrat="cde", date_signature="2022-06-01",
                   demi_journees=9, honoraires_mensuels=5000, remplacant=False)  # fmt: skip
    assert (
        line(found, "AID-34-total")["explication"]
        == "Payé pendant 1\N{NO-BREAK SPACE}an ; le contrat dure 3\N{NO-BREAK SPACE}ans."
    )
