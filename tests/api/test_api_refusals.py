"""What the API refuses, it refuses in French, in one form, without a traceback."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from maillage.api.errors import BODY_LIMIT

SIMULATION = "/api/simulations/aci-msp"


def errors_of(response: Any) -> list[dict[str, Any]]:
    body = json.loads(response.content)
    assert set(body) == {"erreurs"}
    for error in body["erreurs"]:
        assert set(error) == {"champ", "valeur", "attendu", "message"}
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    errors: list[dict[str, Any]] = body["erreurs"]
    return errors


def post(client: Client, body: bytes, content_type: str = "application/json") -> Any:
    return client.generic("POST", SIMULATION, body, CONTENT_TYPE=content_type)


@pytest.mark.parametrize("address", ["/api/", "/api/inconnue", "/api/simulations", "/api/orientation/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address_is_not_found(client: Client, address: str, method: str) -> None:
    response = client.generic(method, address)

    assert response.status_code == 404
    assert errors_of(response)[0]["attendu"] == "une adresse décrite par /api/openapi.json"


@pytest.mark.parametrize(
    ("method", "address", "allowed"), [("GET", SIMULATION, "POST"), ("PUT", "/api/parametres", "GET")]
)
def test_a_wrong_method_is_told_the_right_one(client: Client, method: str, address: str, allowed: str) -> None:
    response = client.generic(method, address)

    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert errors_of(response) == [
        {
            "champ": "méthode",
            "valeur": method,
            "attendu": allowed,
            "message": f"méthode : « {method} » n'est pas accepté. Attendu : {allowed}.",
        }
    ]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_that_is_not_announced_as_json_is_refused(client: Client, content_type: str) -> None:
    response = post(client, b"{}", content_type)

    assert response.status_code == 415
    assert errors_of(response)[0]["attendu"] == "application/json"


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 3_000_000])
def test_a_body_that_is_too_large_is_refused(client: Client, size: int) -> None:
    response = post(client, b" " * size)

    assert response.status_code == 413
    assert errors_of(response)[0]["attendu"] == f"un corps d'au plus {BODY_LIMIT} octets"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "une situation en JSON"),
        (b"[]", "un objet JSON"),
        (b'{"annee": NaN}', "du JSON valide, à la ligne 1, colonne 11 (NaN et Infinity ne sont pas des nombres JSON)"),
        (b'{"annee": 2024', "du JSON valide, à la ligne 1, colonne 15"),
        (b'{"annee": "\xff"}', "du texte en UTF-8, à la ligne 1"),
    ],
)
def test_a_body_that_is_not_a_json_object_is_refused(client: Client, body: bytes, expected: str) -> None:
    response = post(client, body)

    assert response.status_code == 422
    assert [error["attendu"] for error in errors_of(response)] == [expected]


def test_every_wrong_field_is_told_at_once(client: Client) -> None:
    response = post(client, json.dumps({"annee": 1999, "patientele": -5, "couleur": "bleu"}).encode())

    assert response.status_code == 422
    assert {error["champ"]: error["valeur"] for error in errors_of(response)} == {
        "annee": 1999,
        "patientele": -5,
        "associes": None,
        "couleur": "bleu",
    }


def test_a_long_value_is_cut_in_the_answer(client: Client) -> None:
    response = post(client, json.dumps({"annee": 2024, "patientele": "9" * 10_000, "associes": 1}).encode())

    (error,) = errors_of(response)
    assert error["valeur"] == "9" * 59 + "…"
    assert len(response.content) < 400


def test_a_failure_of_ours_is_said_without_a_traceback_and_logged_without_the_body(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("engine stopped")

    monkeypatch.setattr("maillage.api.parameters.routes.texts", broken)
    client.raise_request_exception = False

    with caplog.at_level(logging.ERROR):
        response = client.get("/api/parametres/secret-de-la-demande")

    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()
    assert "engine stopped" not in response.content.decode()
    assert errors_of(response)[0]["attendu"].endswith("réessayez plus tard")
    assert "engine stopped" in caplog.text


def test_the_log_of_a_refusal_holds_no_value_of_the_body(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, b'{"annee": "Mme Dupont, nee le 12 mars"}')

    assert "Dupont" not in caplog.text


def test_head_answers_as_get(client: Client) -> None:
    assert client.head("/api/parametres").status_code == 200
