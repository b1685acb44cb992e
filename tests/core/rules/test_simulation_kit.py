"""What every simulator of the shared kit answers, seen through the money of an équipe de soins primaires."""

import datetime

import numpy as np
import pytest

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.simulation.engine import simulate, totals
from maillage.core.rules.simulation.situation import Situation
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

ESP = SIMULATORS["esp"]


def answer(**changes):
    return simulate(ESP, read(ESP.model, ESP.example | changes)).as_dict()


def line(found, name):
    return next(line for line in found["lignes"] if line["variable"] == name)


def test_a_sure_amount_is_counted_with_its_parameter_and_its_text():
    found = answer()
    amount = line(found, "esp_fir_montant")
    assert (found["montant"], amount["etat"], amount["montant"]) == ("7500.00", "certain", "7500.00")
    assert amount["parametres"][0]["chemin"] == "financements.esp.fir"
    assert "7\u202f500\xa0€" in amount["explication"]


def test_an_amount_that_no_text_establishes_is_never_zero():
    found = answer(date="2026-03-01")
    assert found["montant"] is None
    assert line(found, "esp_fir_montant")["etat"] == "a_confirmer"
    assert "fin 2025" in found["a_confirmer"][0]["motif"]


def test_an_answer_that_is_not_given_makes_the_amount_possible():
    found = answer(association=None)
    assert (found["montant"], found["montant_possible"]) == ("0.00", "7500.00")
    assert line(found, "esp_fir_montant")["etat"] == "possible"


def test_a_missing_condition_excludes_the_amount():
    found = answer(reconnue=False)
    assert line(found, "esp_fir_eligible")["etat"] == "manquante"
    assert line(found, "esp_fir_montant")["etat"] == "exclu"
    assert line(found, "esp_fir_montant")["manque"]


def test_an_unknown_region_is_refused_with_the_nearest():
    with pytest.raises(BadInput) as refused:
        read(ESP.model, ESP.example | {"region_pack": "bretagn"})
    assert "bretagne" in str(refused.value)


def told(code, **given):
    simulator = SIMULATORS[code]
    return simulate(simulator, read(simulator.model, given)).as_dict()


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("telesante", {"date": "2026-11-22"}),
        ("aci-cpts", {"date": "2018-01-01"}),
        ("cds", {"date": "2026-06-01", "type_de_centre": "polyvalent", "adhere_accord": True}),
    ],
)
def test_a_total_that_says_nothing_is_not_zero(code, given):
    assert told(code, **given)["montant"] is None


def test_amounts_that_may_be_had_and_are_not_known_make_the_total_a_least():
    found = told("aci-cpts", date="2026-11-22", population=60_000, signature="2025-01-10")

    assert (found["montant"], found["au_moins"]) == ("60000.00", True)


@pytest.mark.parametrize(
    ("code", "beside"),
    [
        ("cds", [("centre_aide_automatique_montant", None), ("centre_400_aide", "3900.00")]),
        ("aides", [("aides_collectivite_montant", None)]),
        ("telesante", [("telesante_aide_logiciel", None)]),
        ("ess", []),
    ],
)
def test_an_amount_that_the_total_leaves_out_is_said_beside_it_even_unknown(code, beside):
    found = told(code, **SIMULATORS[code].example)

    assert [(line["variable"], line["montant"]) for line in found["hors_total"]] == beside
    assert [line["etat"] for line in found["hors_total"]] == [
        "certain" if each else "a_confirmer" for _, each in beside
    ]
    assert found["au_moins"] is False


def test_an_amount_left_out_that_waits_for_an_answer_is_not_said_beside_the_total():
    given = {field: value for field, value in SIMULATORS["cds"].example.items() if field != "quotite"}
    found = told("cds", **given)

    assert [line["variable"] for line in found["hors_total"]] == ["centre_aide_automatique_montant"]
    assert "a_preciser" in [line["etat"] for line in found["lignes"] if line["variable"] == "centre_400_aide"]


def test_a_total_above_the_ceiling_of_the_law_warns():
    amounts = {"contrat_acces_soins_fixe": 100_000, "contrat_acces_soins_variable": 600_000}
    start = {"signature": "2024-03-01", "acces_soins_debut": "2024-12-18", "acces_soins_atteinte": 1}
    found = told("aci-cpts", date="2024-10-15", population=200_000, **amounts, **start)

    assert [alert["id"] for alert in found["alertes"]] == ["CPTS-MAX-CONTROLE"]


@pytest.mark.parametrize("code", SIMULATORS)
def test_what_a_simulator_names_exists(code):
    simulator = SIMULATORS[code]

    assert {*simulator.conditions, *simulator.controls, *simulator.apart} <= set(system().variables)


@pytest.mark.parametrize("code", SIMULATORS)
def test_every_example_is_a_complete_valid_situation(code):
    simulator = SIMULATORS[code]
    found = simulate(simulator, read(simulator.model, simulator.example)).as_dict()
    assert found["simulateur"] == code
    assert found["lignes"]


@pytest.mark.parametrize("code", SIMULATORS)
def test_every_field_says_what_it_is(code):
    for name, info in SIMULATORS[code].model.model_fields.items():
        assert info.title, name
        assert info.description, name
        assert info.json_schema_extra["groupe"], name


@pytest.mark.parametrize("code", SIMULATORS)
def test_a_batch_counts_what_each_answer_counts(code):
    simulator = SIMULATORS[code]
    situation = read(simulator.model, simulator.example)
    assert isinstance(situation, Situation)
    found = totals(simulator, [situation, situation], system(situation.pack))
    alone = simulate(simulator, situation)
    expected = np.nan if alone.low is None else float(alone.low)
    np.testing.assert_allclose(found, [expected, expected], atol=0.01)
    assert isinstance(situation.day, datetime.date)
