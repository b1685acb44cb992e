"""The simulator of a centre de santé as a coordinator reads it, and what it refuses."""

import pytest

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.cds.indicators import SOCLES
from maillage.core.rules.cds.situation import LAST_DAY_OF_POINTS
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

CDS = SIMULATORS["cds"]
NEW_CENTRE = {
    "date": "2024-06-01",
    "zone": "zip",
    "type_de_centre": "medical",
    "ouverture_le": "2024-01-15",
    "etp_generalistes": 1,
    "participe_pdsa": True,
}


def lines(**facts):
    answer = simulate(CDS, read(CDS.model, facts)).as_dict()
    return {line["id"]: line for line in answer["lignes"]}, answer


def test_only_the_rules_whose_facts_are_given_are_shown():
    shown, _ = lines(date="2024-06-01")
    assert shown == {}
    shown, _ = lines(date="2025-01-01", type_de_centre="dentaire", contrat_dentaire_maintien=True, etp_dentistes=2)
    assert "DEN2-montant" in shown
    assert "COS3" not in shown


def test_a_fraction_of_a_full_time_doctor_is_flagged_and_a_whole_one_is_not():
    doubt = "CAI : une fraction d'équivalent temps plein est payée en proportion"
    _, whole = lines(**NEW_CENTRE)
    _, part = lines(**NEW_CENTRE | {"etp_generalistes": 1.5})
    assert [doubt in [item["objet"] for item in answer["a_confirmer"]] for answer in (whole, part)] == [False, True]


def test_c21_a_contract_asked_in_2026_is_refused_and_the_automatic_aid_is_to_be_confirmed():
    shown, answer = lines(**NEW_CENTRE | {"date": "2026-06-01", "ouverture_le": "2026-01-01", "etp_medecins": 1})
    assert (shown["CAI3"]["etat"], shown["CAI3"]["montant"]) == ("exclu", None)
    assert (shown["AUT3"]["etat"], shown["AUT3"]["montant"]) == ("a_confirmer", None)
    assert shown["CAI3"]["explication"] == "Aucun texte connu ne règle ce point à cette date."
    assert "à confirmer" not in shown["CAI1"]["explication"]
    assert [item["objet"] for item in answer["a_confirmer"]] == [
        "Aide démographique automatique d'un centre, par équivalent temps plein"
    ]


def test_the_two_dental_contracts_are_told_to_exclude_each_other():
    shown, _ = lines(
        date="2025-01-01",
        type_de_centre="dentaire",
        zone_dentiste="tres_sous_dotee",
        etp_dentistes=2,
        contrat_dentaire_maintien=True,
    )
    assert shown["DEN2-montant"]["montant"] == "8000.00"
    assert shown["DEN1-montant"]["etat"] == "exclu"
    assert "DEN1" in shown["DEN2"]["exclut"]


def test_there_is_no_fourth_contract_for_a_centre():
    """cds:E2: the « COTRA » of a guide does not exist for centres."""
    assert [name for name in CDS.model.model_fields if "cotra" in name] == []


POST = {
    "date": "2026-03-01",
    "zone": "zip",
    "type_de_centre": "polyvalent",
    "constat_de_carence": True,
    "quotite": 1,
    "mois_du_poste": 5,
    "consultations_du_mois": 150,
    "cout_salarial_du_mois": 9000,
    "recettes_des_actes_du_mois": 4500,
}


def test_m6_below_the_threshold_of_activity_no_amount_is_automatic():
    shown, answer = lines(**POST, region_pack="bretagne")
    assert (shown["M3"]["etat"], shown["M3"]["montant"]) == ("a_confirmer", None)
    assert "l'ARS instruit" in shown["M3"]["manque"]
    assert "la conséquence d'un seuil manqué" in " ".join(item["motif"] for item in answer["a_confirmer"])


def test_outside_the_region_that_publishes_it_the_guarantee_is_to_be_confirmed_not_zero():
    shown, _ = lines(**POST | {"consultations_du_mois": 170})
    assert (shown["M5"]["etat"], shown["M3"]["etat"], shown["M3"]["montant"]) == ("a_confirmer", "a_confirmer", None)


def test_a_reason_to_doubt_is_said_once():
    _, answer = lines(**POST, region_pack="bretagne")
    told = [tuple(item.values()) for item in answer["a_confirmer"]]
    assert len(told) == len(set(told))


def test_rfs9_a_centre_that_did_not_ask_has_no_teulade_subsidy():
    shown, answer = lines(
        date="2024-01-01",
        finess_le="2023-03-02",
        refus_par_lettre=False,
        adhesion_demandee=False,
        remuneration_soignants=80_000,
    )
    assert shown["L25"]["etat"] == "exclu"
    assert answer["montant"] == "0.00"
    assert "Demandez l'adhésion à votre CPAM" in shown["ADH4"]["manque"]


def test_the_base_of_the_teulade_subsidy_is_flagged():
    shown, answer = lines(date="2026-06-01", adhere_accord=True, remuneration_soignants=80_000)
    assert (shown["L25"]["montant"], shown["L25"]["a_confirmer"]) == ("9200.00", True)
    assert "Assiette de la subvention Teulade" in [item["objet"] for item in answer["a_confirmer"]]


def test_a_region_is_told_that_the_law_no_longer_names_it():
    shown, _ = lines(date="2024-01-01", gestionnaire="region")
    assert shown["L2"]["etat"] == "inconnue"
    assert "la région n'est plus nommée" in shown["L2"]["manque"]


def test_rfs7_points_asked_for_2026_are_refused_with_the_regime_that_replaces_them():
    with pytest.raises(BadInput, match=r"des points jusqu'au 14/10/2025 seulement.*compte en euros"):
        read(CDS.model, {"date": "2026-06-01", "points_fixes": 1000})
    assert read(CDS.model, {"date": "2025-10-14", "points_fixes": 1000})
    assert read(CDS.model, {"date": "2026-06-01", "points_fixes": 1000, "adhere_aci": True})


def test_the_last_day_of_points_is_that_of_the_parameters():
    values = system().text("cds.remuneration.valeur_du_point").values
    assert [value.until for value in values if value.value is not None] == [LAST_DAY_OF_POINTS]


def test_rfs1_a_missing_prerequisite_excludes_the_whole_remuneration():
    socles = {indicator.field: True for indicator in SOCLES}
    shown, _ = lines(
        date="2024-12-31", **socles | {"socle_fonction_coordination": False}, adhere_accord=True, ecds_valide=True
    )
    assert (shown["RFS-06"]["etat"], shown["RFS-06"]["montant"]) == ("exclu", None)
    assert "0 €" in shown["RFS-06"]["manque"]
    shown, answer = lines(date="2026-12-31", **socles, adhere_accord=True, ecds_valide=True)
    assert (shown["RFS-06"]["etat"], shown["RFS-06"]["montant"]) == ("a_confirmer", None)
    assert (answer["montant"], answer["montant_etabli"]) == (None, "0.00")


def test_the_points_of_a_working_paper_and_of_the_reglement_arbitral_are_not_those_of_the_accord():
    """cds:2.4: 100 and 350 points (2021), 1 200 points (2015) are never lent to the accord."""
    values = {
        dated.value
        for text in system().texts()
        if text.path.startswith("cds.remuneration.")
        for dated in text.values
        if isinstance(dated.value, int | float)
    }
    assert values.isdisjoint({100, 350, 1_200, 4_000})


def test_b7_two_documents_that_differ_make_the_property_aid_possible_and_show_the_conflict():
    shown, _ = lines(
        date="2024-06-01",
        region_pack="bretagne",
        zone="zac",
        quartier_prioritaire=False,
        ile=False,
        projet_immobilier=True,
        but_non_lucratif=True,
        nombre_de_medecins=2,
        budget_pluriannuel=True,
        mesures_tentees=True,
        concertation_liberaux=True,
        bassin_suffisant=True,
    )
    states = {name: shown[name]["etat"] for name in ("B1-politique", "B1-guide", "B1", "B1-montant")}
    assert states == {"B1-politique": "manquante", "B1-guide": "remplie", "B1": "inconnue", "B1-montant": "a_confirmer"}
    assert "Le guide de l'ARS dit autrement" in shown["B1-politique"]["manque"]


def test_p_chp_23_yearly_acts_are_net_and_take_no_rate_of_absence():
    with pytest.raises(BadInput, match="méthode par heure seulement"):
        read(CDS.model, {"date": "2026-06-01", "actes_par_etp": 4220, "taux_non_venue": 0.1})
    with pytest.raises(BadInput, match="une seule méthode"):
        read(CDS.model, {"date": "2026-06-01", "actes_par_etp": 4220, "actes_par_mois": 165})


def test_e8_the_recalculated_average_is_within_two_thousandths_of_the_published_one():
    shown, _ = lines(date="2024-12-31", exercice_declare=2022)
    assert shown["TOT"]["valeur"] == pytest.approx(shown["TOT-publie"]["valeur"], rel=0.002)


def test_a_plan_says_what_gap_remains_and_when_the_start_up_aid_ends():
    shown, _ = lines(
        date="2026-06-01",
        region_pack="bretagne",
        type_de_centre="polyvalent",
        ouverture_le="2025-09-01",
        etp_generalistes=3,
        actes_par_etp=4220,
        tarif_moyen=30,
        salaires_charges=480_000,
        deficit_previsionnel=100_000,
    )
    assert shown["E-equilibre"]["montant"] == "100200.00"
    assert shown["E-fin-des-aides"]["date"] == "2027-09-01"
