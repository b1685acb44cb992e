"""The simulator of télésanté as a coordinator reads it, and what it refuses."""

import pytest

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.telesante.situation import SIMULATOR

GP = {"date": "2025-06-30", "profession": "medecin_generaliste", "secteur_1": True}


def lines(**facts):
    answer = simulate(SIMULATOR, read(SIMULATOR.model, facts)).as_dict()
    return {line["id"]: line for line in answer["lignes"]}, answer


def test_tel_t10_the_receipts_of_the_year_are_at_the_tariff_of_the_day():
    shown, answer = lines(**GP, teleconsultations=400)
    assert (shown["TEL-08-recettes"]["montant"], answer["montant"]) == ("10000.00", "10000.00")
    assert "25\xa0€ par acte" in shown["TEL-08-recettes"]["explication"]


def test_a_tariff_of_2026_is_given_with_its_reservation():
    shown, answer = lines(**GP | {"date": "2026-06-30"}, teleconsultations=1)
    assert shown["TEL-08"]["valeur"] == 25
    assert "n'ont pas été relus" in " ".join(item["motif"] for item in answer["a_confirmer"])


def test_a_tariff_before_2025_is_to_be_confirmed_never_zero():
    shown, answer = lines(**GP | {"date": "2024-06-30"}, teleconsultations=100)
    assert (shown["TEL-08-recettes"]["etat"], answer["montant"]) == ("a_confirmer", None)


def test_a_tariff_outside_the_secteur_1_is_not_that_of_the_secteur_1():
    shown, _ = lines(**GP | {"secteur_1": False}, teleconsultations=100)
    assert (shown["TEL-08-recettes"]["etat"], shown["TEL-08-recettes"]["montant"]) == ("a_confirmer", None)


def test_tel_t2_the_yearly_lump_sum_is_capped_until_march_2022_and_not_after():
    facts = {"profession": "medecin_generaliste", "niveau": "niveau_2", "demandees": 60}
    before, _ = lines(date="2022-03-31", **facts)
    after, _ = lines(date="2022-04-01", **facts)
    assert [found["TEL-20"]["montant"] for found in (before, after)] == ["500.00", "600.00"]


def test_before_the_single_level_a_level_that_is_not_said_is_asked():
    shown, answer = lines(date="2021-06-01", profession="medecin_generaliste", demandees=10)
    assert shown["TEL-20"]["etat"] == "a_preciser"
    assert "niveau" in shown["TEL-23-requerant"]["manque"]
    assert answer["montant"] is None


def test_tel_t6_an_act_that_the_profession_cannot_bill_is_excluded():
    shown, answer = lines(date="2023-06-01", profession="autre", demandees=10)
    assert (shown["TEL-20"]["etat"], answer["montant"]) == ("exclu", "0.00")
    assert "CPAM" in shown["TEL-25"]["manque"]


def test_tel_t12_the_acts_of_a_company_without_agreement_are_not_counted():
    shown, answer = lines(**GP, teleconsultations=100, societe=True, societe_agreee=False)
    assert (shown["TEL-08-recettes"]["etat"], answer["montant"]) == ("exclu", "0.00")


def test_si_t3_a_software_of_the_segur_without_label_is_to_be_asked():
    shown, answer = lines(
        date="2026-06-01", structure="msp", dossier_partage=True, label="sans_label", reference_segur=True
    )
    assert shown["SI-02"]["etat"] == "inconnue"
    assert "CPAM" in shown["SI-02"]["manque"]
    assert "Ségur remplace le label" in " ".join(item["motif"] for item in answer["a_confirmer"])


def test_the_aid_to_the_software_has_no_published_amount():
    shown, _ = lines(date="2026-06-01", structure="cds", label="niveau_2")
    assert (shown["SI-07"]["etat"], shown["SI-07-montant"]["etat"]) == ("remplie", "a_confirmer")


def test_rgp_t1_the_thresholds_of_protection_are_asked_never_asserted():
    shown, answer = lines(date="2026-06-01", structure="cpts", habitants=80_000, recherche_de_medecin=True)
    assert shown["RGP-03"]["etat"] == "inconnue"
    assert "aucun seuil n'est écrit" in " ".join(item["motif"] for item in answer["a_confirmer"])
    assert (shown["RGP-04"]["etat"], shown["RGP-05"]["etat"]) == ("inconnue", "remplie")


def test_only_the_rules_whose_facts_are_given_are_shown():
    shown, _ = lines(date="2026-06-01")
    assert shown == {}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"actes_de_l_annee": 100, "teleconsultations": 90, "rendues": 20}, "ne dépassent pas"),
        ({"derniere_consultation": "2026-06-02"}, "pas après la date"),
        ({"profession": "generaliste"}, "medecin_generaliste"),
    ],
)
def test_what_does_not_hold_together_is_refused(facts, expected):
    with pytest.raises(BadInput) as refused:
        read(SIMULATOR.model, {"date": "2026-06-01"} | facts)
    assert expected in str(refused.value)


def test_tel_10_the_aid_to_equipment_ended_with_2025():
    ended, _ = lines(**GP | {"date": "2026-06-30"})
    assert (ended["TEL-10"]["etat"], ended["TEL-10"]["montant"]) == ("exclu", None)
    assert "DONUM" in ended["TEL-10"]["explication"]
    open_, _ = lines(**GP)
    assert (open_["TEL-10"]["etat"], open_["TEL-10"]["montant"]) == ("certain", "350.00")


def test_tel_20_before_april_2022_the_level_is_asked():
    shown, _ = lines(date="2021-06-30", profession="medecin_generaliste", demandees=10)
    assert (shown["TEL-25"]["etat"], shown["TEL-20"]["etat"]) == ("remplie", "a_preciser")
    assert shown["TEL-20"]["manque"].startswith("Avant avril 2022, dites le niveau")


def test_tel_07_receipts_beyond_the_limit_are_not_certain():
    beyond, answer = lines(**GP, teleconsultations=900, rendues=10, actes_de_l_annee=4000)
    assert beyond["TEL-07"]["etat"] == "manquante"
    assert [beyond[rule]["etat"] for rule in ("TEL-08-recettes", "TEL-23-rendues")] == ["possible", "possible"]
    assert (
        "Au-delà de la part permise à distance, le paiement n'est pas sûr" in beyond["TEL-08-recettes"]["explication"]
    )
    assert answer["montant_etabli"] == "0.00"
    within, _ = lines(**GP, teleconsultations=700, rendues=10, actes_de_l_annee=4000)
    assert [within[rule]["etat"] for rule in ("TEL-08-recettes", "TEL-23-rendues")] == ["certain", "certain"]


def test_the_limit_of_doctors_does_not_hold_a_midwife_back():
    shown, _ = lines(date="2025-06-30", profession="sage_femme", rendues=900, actes_de_l_annee=1000)
    assert shown["TEL-23-rendues"]["etat"] == "certain"
