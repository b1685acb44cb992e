"""What the simulator of the contract of a CPTS answers: amounts, states, sentences, deadlines, doubts."""

import datetime

import numpy as np
import pytest
from openfisca_core.parameters import ParameterNode

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.aci_cpts.missions import PAID
from maillage.core.rules.aci_cpts.situation import SIMULATOR
from maillage.core.rules.catalogue import cases_of
from maillage.core.rules.simulation import engine as kit
from maillage.core.rules.simulation.engine import lines_of, simulate, totals
from maillage.core.rules.system import CountryTaxBenefitSystem, lay_over, system

SIGNED = {"date": "2024-09-15", "population": 60000, "signature": "2024-03-01", "dossier_complet": True}
FULL = {
    "date": "2026-06-01",
    "population": 200000,
    "signature": "2024-03-01",
    **{f"{code}_debut": "2024-09-01" for code in ("acces_soins", "parcours", "prevention", "crise")},
    **{f"contrat_{code}_fixe": 30000 for code in ("acces_soins", "parcours", "prevention", "crise")},
    **{f"contrat_{code}_variable": 10000 for code in ("acces_soins", "parcours", "prevention", "crise")},
}
REGIONAL = """
description: Part {part} de la mission accès aux soins, CPTS de taille 2
metadata:
  unite: euros par an
  verifie_le: 2026-11-21
  regles: [CPTS-PAY-04]
values:
  2024-01-01:
    value: {value}
    metadata:
      confiance: B
      reference:
        - title: Une région de l'essai
          href: null
"""


def answer(facts):
    return simulate(SIMULATOR, read(SIMULATOR.model, facts)).as_dict()


def line(found, name):
    return next(line for line in found["lignes"] if line["variable"] == f"aci_cpts_{name}")


def shown(found):
    return {line["variable"].removeprefix("aci_cpts_") for line in found["lignes"]}


@pytest.mark.parametrize("population", [30000, 60000, 100000])
def test_t11_the_ceiling_of_three_sizes_is_unknown_since_avenant_2(population):
    ceiling = line(answer({"date": "2023-06-01", "population": population}), "plafond")
    assert (ceiling["etat"], ceiling["montant"]) == ("a_confirmer", None)
    held = {use["chemin"]: use["valeur"] for use in ceiling["parametres"] if ".plafond." in use["chemin"]}
    assert list(held.values()) == [None]


def test_t04_exactly_80_000_inhabitants_give_intervals_and_one_doubt():
    found = answer({"date": "2024-06-01", "population": 80000})
    running = line(found, "fonctionnement")
    assert (line(found, "taille")["etat"], line(found, "taille")["valeur"]) == ("a_confirmer", None)
    assert (running["montant"], running["montant_max"]) == ("60000.00", "75000.00")
    assert any("exactement la borne" in item["objet"] for item in found["a_confirmer"])


def test_t04_a_size_that_is_sure_says_no_doubt_on_the_bound():
    found = answer({"date": "2024-06-01", "population": 79999})
    assert line(found, "taille")["valeur"] == 2
    assert not any("exactement la borne" in item["objet"] for item in found["a_confirmer"])


def test_t15_a_breton_cpts_of_15_000_inhabitants_has_no_published_amount():
    aid = line(answer({"date": "2024-06-01", "population": 15000, "region_pack": "bretagne"}), "elaboration")
    assert (aid["etat"], aid["montant"]) == ("exclu", None)


def test_t14_the_breton_aid_says_its_ceiling():
    aid = line(answer({"date": "2024-06-01", "population": 200000, "region_pack": "bretagne"}), "elaboration")
    assert (aid["etat"], aid["montant"], aid["montant_max"]) == ("certain", "50000.00", "50000.00")


@pytest.mark.parametrize("region", ["paca", "centre_val_de_loire", "national"])
def test_elsewhere_the_aid_to_write_the_project_is_to_confirm(region):
    aid = line(answer({"date": "2025-06-01", "population": 60000, "region_pack": region}), "elaboration")
    assert (aid["etat"], aid["montant"]) == ("a_confirmer", None)


def test_the_credit_of_the_letter_of_intent_exists_without_amount():
    credit = line(answer({"date": "2024-06-01", "lettre_intention_validee": True}), "credit_lettre_intention")
    assert (credit["etat"], credit["montant"], credit["compte"]) == ("a_confirmer", None, False)


def test_d01_the_running_money_is_paid_in_full_at_the_signature():
    found = answer(SIGNED | {"date": "2024-03-01"})
    payment = line(found, "versement_signature")
    assert (payment["etat"], payment["montant"]) == ("certain", "60000.00")
    assert line(found, "avance_fonctionnement")["etat"] == "exclu"


def test_d06_the_deadlines_come_in_the_order_of_dates():
    found = answer(SIMULATOR.example)
    days = [item["date"] for item in found["echeances"]]
    assert days == sorted(days)
    assert {"2024-09-01", "2025-03-01", "2025-09-01", "2026-03-01", "2029-02-28"} <= set(days)


def test_d06_the_delay_to_renew_is_to_confirm_not_invented():
    renewal = line(answer(SIGNED), "demande_de_renouvellement")
    assert (renewal["etat"], renewal["date"]) == ("a_confirmer", None)


def test_a_contract_before_avenant_2_has_no_calendar_for_the_crises():
    limit = line(answer(SIGNED | {"signature": "2020-01-15", "date": "2023-01-01"}), "crise_debut_limite")
    assert (limit["etat"], limit["date"]) == ("a_confirmer", None)


@pytest.mark.parametrize("rejected", [87500, 105000, 131250, 157500])
def test_d09_a_proposal_given_as_running_money_is_no_figure_of_the_accord(rejected):
    held = {use["valeur"] for found in map(answer, sizes()) for use in line(found, "fonctionnement")["parametres"]}
    assert rejected not in held
    assert {50000, 60000, 75000, 90000} <= held


def sizes():
    return [{"date": "2025-10-07", "taille_du_contrat": f"taille_{size}"} for size in (1, 2, 3, 4)]


def test_the_grid_of_the_nation_is_to_confirm_and_hides_no_zero():
    found = answer(SIGNED | {"acces_soins_debut": "2024-09-01"})
    grid = line(found, "acces_soins_grille")
    assert (grid["etat"], grid["montant"]) == ("a_confirmer", None)
    assert (found["montant"], found["montant_etabli"]) == (None, "60000.00")


def test_the_whole_grid_is_one_doubt():
    subjects = [
        item["objet"]
        for item in answer(FULL | {"contrat_crise_fixe": None, "contrat_crise_variable": None})["a_confirmer"]
    ]
    assert len(subjects) == len(set(subjects))
    assert [subject for subject in subjects if "missions d'une CPTS" in subject]


def test_the_amounts_of_the_contract_are_apart_from_the_law_and_replace_it():
    found = answer(FULL)
    own = line(found, "acces_soins_contrat")
    assert (own["groupe"], own["etat"]) == ("Montants de votre contrat", "certain")
    assert (own["montant"], own["montant_max"]) == ("30000.00", "40000.00")
    assert line(found, "acces_soins_grille")["etat"] == "exclu"
    assert (found["montant"], found["montant_max"]) == ("210000.00", "250000.00")


def test_the_lines_of_the_contract_are_shown_only_when_its_amounts_are_given():
    own = {f"{mission.code}_contrat" for mission in PAID}
    assert own.isdisjoint(shown(answer(SIGNED)))
    assert len(own & shown(answer(FULL))) == 4


def test_half_of_the_amounts_of_a_mission_leave_its_line_to_complete():
    own = line(answer(FULL | {"contrat_crise_variable": None}), "crise_contrat")
    assert (own["etat"], own["montant"]) == ("a_preciser", None)
    assert "part variable" in own["manque"]


@pytest.mark.parametrize(("fixed", "state", "gap"), [(30000, "remplie", 330000.0), (500000, "manquante", -140000.0)])
def test_the_contract_is_held_against_the_known_ceiling(fixed, state, gap):
    found = answer(FULL | {"contrat_acces_soins_fixe": fixed})
    assert (line(found, "sous_le_plafond")["etat"], line(found, "ecart_au_plafond")["valeur"]) == (state, gap)


def test_without_a_known_ceiling_the_check_says_it_does_not_know():
    found = answer(FULL | {"population": 60000})
    assert line(found, "sous_le_plafond")["etat"] == "inconnue"
    assert line(found, "ecart_au_plafond")["etat"] == "a_confirmer"


@pytest.fixture
def a_region_with_a_grid(tmp_path, monkeypatch):
    """Rules in which a region publishes the grid of one mission for one size."""
    for part, value in (("fixe", 20000), ("variable", 5000)):
        path = tmp_path / "aci_cpts" / "missions" / "acces_soins" / part / "taille_2.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(REGIONAL.format(part=part, value=value), "utf-8")
    rules = CountryTaxBenefitSystem()
    lay_over(rules.parameters, ParameterNode("", directory_path=str(tmp_path)), "essai")
    monkeypatch.setattr(kit, "system", lambda _pack="": rules)
    return rules


def test_the_grid_of_a_region_is_used_and_shown_as_its_own(a_region_with_a_grid):
    situation = read(SIMULATOR.model, SIGNED | {"acces_soins_debut": "2024-03-01"})
    grid = next(line for line in simulate(SIMULATOR, situation).lines if line.name == "aci_cpts_acces_soins_grille")
    assert (grid.state, str(grid.low), str(grid.high)) == ("certain", "20000.00", "25000.00")
    assert {use.local for use in grid.parameters if use.path.startswith("aci_cpts.missions")} >= {"essai"}


def test_the_contract_replaces_the_grid_of_the_region(a_region_with_a_grid):
    found = answer(
        SIGNED
        | {"acces_soins_debut": "2024-03-01", "contrat_acces_soins_fixe": 21000, "contrat_acces_soins_variable": 0}
    )
    assert line(found, "acces_soins_grille")["etat"] == "exclu"
    assert line(found, "acces_soins_contrat")["montant"] == "21000.00"


def test_before_the_signature_everything_is_only_possible():
    found = answer({"date": "2024-06-01", "population": 60000})
    assert (found["montant"], found["montant_possible"]) == ("0.00", "60000.00")


def test_after_the_end_nothing_is_paid():
    found = answer(SIGNED | {"signature": "2019-09-01", "date": "2024-09-01"})
    assert line(found, "fonctionnement")["etat"] == "exclu"
    assert line(found, "contrat_en_cours")["manque"]


def test_a_break_before_the_signature_is_refused():
    with pytest.raises(BadInput) as refused:
        read(SIMULATOR.model, SIGNED | {"rupture": "2024-01-01"})
    assert "rupture" in str(refused.value)


def test_a_batch_of_several_sizes_counts_what_each_answer_counts():
    facts = [FULL, FULL | {"population": 60000}, FULL | {"population": 80000}, FULL | {"signature": None}]
    situations = [read(SIMULATOR.model, each) for each in facts]
    expected = [float(simulate(SIMULATOR, situation).established) for situation in situations]
    found = totals(SIMULATOR, situations, system(), established=True)
    np.testing.assert_allclose(found, expected, atol=0.01)


def test_every_line_has_its_own_rule_and_its_words():
    specs = [shown.spec for shown in lines_of(SIMULATOR)]
    assert len({spec.id for spec in specs}) == len(specs)
    assert all(spec.words.endswith(".") for spec in specs)


def test_every_field_that_a_line_names_exists():
    fields = set(SIMULATOR.model.model_fields)
    assert {name for shown in lines_of(SIMULATOR) for name in (*shown.spec.fields, *shown.spec.shown_with)} <= fields
    assert {name for mission in PAID for name in mission.amounts} <= fields


def test_every_line_whose_amount_a_text_gives_has_a_case():
    silent = {f"aci_cpts_{mission.code}_grille" for mission in PAID} | {"aci_cpts_credit_lettre_intention"}
    assert {shown.name for shown in lines_of(SIMULATOR) if not cases_of(shown.name)} == silent


def test_every_sentence_is_french_and_filled():
    for facts in (SIMULATOR.example, FULL, {"date": "2026-11-22"}):
        for each in answer(facts)["lignes"]:
            assert "{" not in each["explication"]
            assert "None" not in each["explication"]
            assert "nan" not in each["explication"].split()


def test_the_day_of_the_situation_is_its_date():
    assert read(SIMULATOR.model, {"date": "2024-06-01"}).day == datetime.date(2024, 6, 1)


def test_no_figure_of_the_contract_is_a_proposal_of_2019_or_2020():
    held = {
        dated.value
        for text in system().texts()
        if text.path.startswith("aci_cpts.missions.")
        for dated in text.values
        if dated.value is not None and not isinstance(dated.value, bool)
    }
    assert held == {6, 12, 18, 24}
    delays = system().get_parameters_at_instant("2024-01-01").aci_cpts.missions.acces_soins
    assert (delays.debut, delays.deploiement) == (6, 18)


def test_cpts_law_10_no_order_is_awaited_for_a_cap_that_did_not_exist():
    answer = simulate(SIMULATOR, read(SIMULATOR.model, {"date": "2020-06-01"})).as_dict()
    cap = next(line for line in answer["lignes"] if line["id"] == "CPTS-LAW-10")
    assert (cap["etat"], cap["manque"].startswith("Avant mars 2022, ce plafond n'existait pas")) == ("exclu", True)


def test_what_is_not_given_reads_as_french():
    answer = simulate(SIMULATOR, read(SIMULATOR.model, {"date": "2020-06-01"})).as_dict()
    told = {line["id"]: line["explication"] for line in answer["lignes"]}
    assert "jour pour celles d'avant cette règle : non précisé" in told["CPTS-LAW-05"]
    assert not [text for text in told.values() if "taille non précisé" in text or "jusqu'au non précisé" in text]
    assert "seuil à dépasser, nul s'il n'y en a pas : 0" in told["CPTS-REG-04"]
