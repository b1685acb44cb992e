"""``openfisca serve --country-package maillage.core.rules``, without a network."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from openfisca_web_api.app import create_app

from maillage.core.rules.base import ConditionSpec
from maillage.core.rules.system import system

DAY = "2026-01-01"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(system()).test_client()


def strict(text: str) -> Any:
    """JSON as a browser reads it: not-a-number is refused."""

    def refuse(word: str) -> Any:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


def situation(wanted: list[str], **given: Any) -> dict[str, Any]:
    asked = {name: {DAY: None} for name in wanted}
    facts = {name: {DAY: value} for name, value in given.items()}
    members = {"medecin": {"profession": {DAY: "medecin_generaliste"}}}
    return {"professionnels": members, "structures": {"equipe": {"adherents": ["medecin"], **asked, **facts}}}


def conditions() -> list[str]:
    return [name for name, variable in system().variables.items() if isinstance(variable.spec, ConditionSpec)]


def test_every_parameter_is_served(client: FlaskClient) -> None:
    listed = strict(client.get("/parameters").text)
    assert {path.replace("/", ".") for path in listed} == {text.path for text in system().texts()}
    one = strict(client.get("/parameter/msp/composition/medecins_generalistes_minimum").text)
    assert one["values"] == {"2010-07-21": 2}


def test_every_variable_is_served(client: FlaskClient) -> None:
    for name in strict(client.get("/variables").text):
        assert strict(client.get(f"/variable/{name}").text)["id"] == name


def test_a_number_that_is_unknown_by_default_is_served_as_null(client: FlaskClient) -> None:
    assert strict(client.get("/variable/population_du_territoire").text)["defaultValue"] is None


def test_the_description_of_the_service_is_valid_json(client: FlaskClient) -> None:
    assert strict(client.get("/spec").text)["openapi"]


def test_every_condition_is_calculated_from_almost_nothing(client: FlaskClient) -> None:
    answer = client.post("/calculate", json=situation(conditions()))
    assert answer.status_code == 200
    team = strict(answer.text)["structures"]["equipe"]
    assert team["esp_medecin_generaliste"][DAY] == "remplie"
    assert team["ess_adherents"][DAY] == "inconnue"


def test_a_trace_shows_unknown_numbers_as_null(client: FlaskClient) -> None:
    answer = client.post("/trace", json=situation(conditions(), specialistes_adherents=3))
    trace = strict(answer.text)["trace"]
    assert trace[f"specialistes_liberaux<{DAY}>"]["value"] == [None]
    assert trace[f"ess_adherents_minimum<{DAY}>"]["value"] == [None]
    assert trace[f"specialistes_adherents<{DAY}>"]["value"] == [3.0]


def test_a_date_without_text_is_bad_input_that_names_the_known_dates(client: FlaskClient) -> None:
    asked = {
        "professionnels": {"m": {}},
        "structures": {"s": {"adherents": ["m"], "cds_gestionnaire": {"2017-01-01": None}}},
    }
    answer = client.post("/calculate", json=asked)
    assert answer.status_code == 422
    assert "première date connue" in strict(answer.text)["parametres"]["cds.gestionnaire.autorises"]


def test_a_profession_that_does_not_exist_is_bad_input(client: FlaskClient) -> None:
    asked = situation(["esp_medecin_generaliste"])
    asked["professionnels"]["medecin"]["profession"][DAY] = "sorcier"
    assert client.post("/calculate", json=asked).status_code == 400
