"""Every sum of a simulation opens: its formula in words, its parameters, and terms that add up."""

from typing import Any

import pytest

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.simulation import Simulation, simulate
from maillage.core.rules.aci_msp.situation import SituationAciMsp

PREREQUISITES: dict[str, Any] = {
    "amplitude_horaire": 12, "samedi_matin": True, "soins_non_programmes": True, "plan_crise": True,
    "coordination": True, "si_standard": True,
}  # fmt: skip
NO_PRECARITY = {"taux_c2s": 0.05, "taux_ame": 0.002}


def simulated(**fields: Any) -> Simulation:
    return simulate(SituationAciMsp(**({"annee": 2024, "patientele": 4000, "associes": 10} | fields)))


def told(simulation: Simulation) -> dict[str, str]:
    spaces = str.maketrans({french.NARROW_SPACE: " ", french.NO_BREAK_SPACE: " "})
    return {item.id: item.explanation.translate(spaces) for item in simulation.sums}


def amounts(simulation: Simulation) -> dict[str, str | None]:
    return {item["id"]: item["montant"] for item in simulation.as_dict()["sommes"]}


def test_a_plain_year_opens_its_points_its_amount_its_advance_and_its_balance() -> None:
    simulation = simulated(**PREREQUISITES, **NO_PRECARITY)
    assert told(simulation) == {
        "points_valorises": "6 100 points × 7 € le point = 42 700 €.",
        "montant": "42 700 € de points, rien de plus.",
        "avance": "Prérequis et socles atteints en entier : 800 pour les horaires + 100 pour le plan de crise "
        "+ 2 700 pour la coordination + 800 pour 8 protocoles + 1 000 pour la concertation "
        "+ 2 500 pour le système d'information = 7 900 points, × 7 € le point × 60 % = 33 180 €.",
        "solde": "42 700 € − 33 180 € = 9 520 €.",
    }


def test_the_majoration_opens_its_rates_and_its_thresholds() -> None:
    simulation = simulated(**PREREQUISITES, taux_c2s=0.12, taux_ame=0.01)
    assert amounts(simulation)["majoration"] == "2177.70"
    assert told(simulation)["majoration"] == (
        "C2S : 12 % − 7,5 % = 4,5 % ; AME : 1 % − 0,4 % = 0,6 % ; 5,1 % × 42 700 € = 2 177,70 €."
    )
    assert told(simulation)["montant"] == "42 700 € de points + 2 177,70 € de majoration = 44 877,70 €."
    used = next(item.parameters for item in simulation.sums if item.id == "majoration")
    assert [use.path.rsplit(".", 1)[1] for use in used] == ["seuil_c2s", "seuil_ame", "plafond"]


def test_the_majoration_says_when_its_cap_is_reached_and_which_rate_is_below() -> None:
    simulation = simulated(**PREREQUISITES, taux_c2s=0.42, taux_ame=0.002)
    assert told(simulation)["majoration"] == (
        "C2S : 42 % − 7,5 % = 34,5 % ; AME : 0,2 % ne dépasse pas 0,4 % ; "
        "ensemble 34,5 %, ramenés au plafond de 25 % ; 25 % × 42 700 € = 10 675 €."
    )


def test_a_majoration_whose_rates_are_not_given_is_to_be_confirmed() -> None:
    simulation = simulated(**PREREQUISITES, taux_c2s=0.12)
    assert amounts(simulation)["majoration"] is None
    assert told(simulation)["majoration"] == "Part des patients à l'AME non donnée : montant compté sans majoration."


def test_a_new_structure_opens_its_complement_and_its_minimum_advance() -> None:
    small = {"patientele": 100, "associes": 2, "nouvelle_structure": True, "mois_contrat": 3}
    simulation = simulated(**PREREQUISITES, **small, **NO_PRECARITY)
    assert amounts(simulation) == {
        "points_valorises": "19897.50",
        "complement_minimum": "102.50",
        "montant": "20000.00",
        "avance": "12000.00",
        "solde": "8000.00",
    }
    assert told(simulation)["complement_minimum"].endswith(" : 20 000 € − 19 897,50 € = 102,50 €.")
    assert told(simulation)["montant"] == "19 897,50 € de points + 102,50 € de complément = 20 000 €."
    assert told(simulation)["avance"].endswith(
        "× 60 % × 3 / 12 mois = 3 850,88 €, portés à l'avance minimale d'une nouvelle structure : 12 000 €."
    )


def test_a_missing_prerequisite_leaves_an_amount_of_zero_and_an_advance_beyond_it() -> None:
    simulation = simulated()
    assert amounts(simulation) == {
        "montant": "0.00",
        "montant_si_prerequis": "42700.00",
        "avance": "33180.00",
        "solde": "-33180.00",
    }
    assert told(simulation)["montant"] == "4 prérequis manquent : rien n'est payé cette année."
    assert told(simulation)["solde"] == "0 € − 33 180 € = −33 180 € : l'avance dépasse le montant."


def test_the_crisis_plan_is_not_in_the_advance_of_2022() -> None:
    assert "plan de crise" not in told(simulated(annee=2022))["avance"]


@pytest.mark.parametrize("year", [2017, 2021])
def test_a_year_without_a_grid_has_no_sum_to_open(year: int) -> None:
    assert simulated(annee=year).as_dict()["sommes"] == []


def test_every_sum_but_the_total_opens_the_figures_of_the_texts() -> None:
    rates = {"taux_c2s": 0.12, "taux_ame": 0.01}
    simulation = simulated(**PREREQUISITES, **rates, patientele=100, associes=2, nouvelle_structure=True)
    assert {item.id for item in simulation.sums if not item.parameters} == {"montant"}
    assert {use.path for item in simulation.sums for use in item.parameters} >= {
        "aci_msp.valeur_du_point",
        "aci_msp.precarite.plafond",
        "aci_msp.avance.part",
        "aci_msp.solde.echeance",
    }


def test_three_numbers_say_what_the_year_is_worth_once_the_prerequisites_are_reached_and_how() -> None:
    simulation = simulated()
    reached = simulated(**PREREQUISITES).as_dict()
    answer = simulation.as_dict()
    assert (answer["montant"], answer["montant_si_prerequis"]) == ("0.00", reached["montant"])
    assert reached["montant_si_prerequis"] is None
    words = told(simulation)["montant_si_prerequis"]
    assert words.startswith("6 100 points × 7 € le point = 42 700 €. Pour y arriver : organiser des soins")
    assert words.endswith(
        "Le gain de chacun compte tout ce qu'ils débloquent ensemble ; "
        "celui des autres lignes vient une fois ces prérequis remplis."
    )
    assert not any("gain" in (line.missing or "") for line in simulation.indicators)
    missing = [line.missing or "" for line in simulation.indicators if line.id in simulation.missing_prerequisites]
    assert all(todo[1:-1] in words for todo in missing)


def test_the_majoration_and_the_minimum_count_once_the_prerequisites_are_reached() -> None:
    one_left = PREREQUISITES | {"coordination": False}
    raised = simulated(**one_left, taux_c2s=0.12, taux_ame=0.01)
    small = simulated(**one_left, patientele=100, associes=2, nouvelle_structure=True)
    assert amounts(raised)["montant_si_prerequis"] == "44877.70"
    assert "6 100 points × 7 € le point, majorés de 5,1 % = 44 877,70 €." in told(raised)["montant_si_prerequis"]
    assert amounts(small)["montant_si_prerequis"] == "20000.00"
    assert ", portés au minimum garanti de 20 000 €." in told(small)["montant_si_prerequis"]
    assert "Son gain compte tout ce qu'il débloque" in told(small)["montant_si_prerequis"]
