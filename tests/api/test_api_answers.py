"""The two simulators of the API answer as the issue says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.bad_inputs import ORIENTATION, SIMULATION, TEAM

AMOUNT = re.compile(r"^-?\d+\.\d{2}$")
AMOUNT_KEYS = {"montant", "avance", "solde", "gain_possible", "montant_min", "montant_max"}


def post(client: Client, address: str, data: dict[str, Any]) -> Any:
    response = client.post(address, data, content_type="application/json")
    assert response.status_code == 200, response.content.decode()
    return response.json()


def amounts(told: Any) -> Iterator[Any]:
    if isinstance(told, dict):
        for key, value in told.items():
            if key in AMOUNT_KEYS:
                yield value
            yield from amounts(value)
    elif isinstance(told, list):
        for item in told:
            yield from amounts(item)


def test_a_simulation_explains_each_indicator(client: Client) -> None:
    told = post(client, "/api/simulations/aci-msp", {**SIMULATION, "coordination": True, "patientele": 8000})

    coordination = next(line for line in told["indicateurs"] if "oordination" in line["libelle"])
    assert (coordination["points"], coordination["montant"]) == (4400, "0.00")
    assert told["prerequis_manquants"]
    assert coordination["parametres"][0]["textes"][0]["titre"]


def test_every_amount_is_a_text_with_two_decimals_or_null(client: Client) -> None:
    told = post(client, "/api/simulations/aci-msp", SIMULATION)
    found = list(amounts(told))

    assert len(found) > 10
    assert all(value is None or AMOUNT.match(value) for value in found)


def test_a_year_whose_grid_is_not_established_has_no_amount(client: Client) -> None:
    told = post(client, "/api/simulations/aci-msp", {**SIMULATION, "annee": 2019})

    assert told["montant"] is None
    assert told["a_confirmer"]


@pytest.mark.usefixtures("territories")
def test_an_orientation_tells_the_five_structures_with_the_text_of_each_condition(client: Client) -> None:
    told = post(client, "/api/orientation", {**ORIENTATION, "professionnels": TEAM})

    assert told["commune"]["nom"] == "Redon"
    assert set(told["structures"]) == set(told["ordre"]) == {"ESP", "MSP", "CDS", "ESS", "CPTS"}
    for structure in told["structures"].values():
        assert structure["conditions"]
        assert structure["etapes"]
        assert all(condition["texte"]["titre"] for condition in structure["conditions"])


@pytest.mark.usefixtures("territories")
def test_the_amounts_of_an_orientation_are_texts_or_null(client: Client) -> None:
    told = post(client, "/api/orientation", {**ORIENTATION, "professionnels": TEAM})

    assert all(value is None or AMOUNT.match(value) for value in amounts(told))


@pytest.mark.usefixtures("territories")
def test_what_is_not_given_is_unknown_and_the_most_telling_question_is_asked(client: Client) -> None:
    told = post(client, "/api/orientation", ORIENTATION)

    states = {it["etat"] for answer in told["structures"].values() for it in answer["conditions"]}
    assert "inconnue" in states
    assert told["prochaine_question"]["question"].endswith("?")


@pytest.mark.usefixtures("territories")
def test_the_population_of_a_territory_is_that_of_its_communes(client: Client) -> None:
    told = post(client, "/api/orientation", {**ORIENTATION, "communes": ["35236", "35294", "35294"]})

    assert told["commune"]["population"] == 11_000


@pytest.mark.usefixtures("territories")
def test_an_orientation_is_never_kept_by_a_cache(client: Client) -> None:
    response = client.post("/api/orientation", ORIENTATION, content_type="application/json")

    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("territories")
def test_an_orientation_asks_few_queries_whatever_the_territory(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        post(client, "/api/orientation", {**ORIENTATION, "communes": ["35236", "35294", "35238"]})
