"""The simulators of the shared kit by the API: the example of each, and what is refused."""

from typing import Any

import pytest
from django.test import Client

from maillage.core.rules.simulators import SIMULATORS


def post(client: Client, code: str, data: dict[str, Any]) -> Any:
    return client.post(f"/api/simulations/{code}", data, content_type="application/json")


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_example_of_a_simulator_is_answered_line_by_line(client: Client, code: str) -> None:
    answered = post(client, code, SIMULATORS[code].example)

    assert answered.status_code == 200, answered.content.decode()
    told = answered.json()
    assert told["simulateur"] == code
    assert all(line["explication"] and line["libelle"] for line in told["lignes"])


@pytest.mark.parametrize("code", SIMULATORS)
def test_an_unknown_field_is_refused_by_its_name(client: Client, code: str) -> None:
    refused = post(client, code, SIMULATORS[code].example | {"nimporte": 1})

    assert refused.status_code == 422
    assert refused.json()["erreurs"][0]["champ"] == "nimporte"
