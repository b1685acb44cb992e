"""Bad input gives 422 and the words of the table, for each simulator."""

from typing import Any

import pytest
from django.test import Client
from tests.bad_inputs import BAD_ORIENTATIONS, BAD_SIMULATIONS, BadCase


def named(case: BadCase) -> str:
    return case.name


def refused(client: Client, address: str, case: BadCase) -> dict[str, Any]:
    response = client.generic("POST", address, case.raw, CONTENT_TYPE="application/json")
    assert response.status_code == 422, response.content.decode()
    errors: list[dict[str, Any]] = response.json()["erreurs"]
    return next(error for error in errors if error["champ"] == case.field)


@pytest.mark.usefixtures("territories")
@pytest.mark.parametrize("case", BAD_ORIENTATIONS, ids=named)
def test_a_bad_orientation_is_refused_with_what_is_expected(client: Client, case: BadCase) -> None:
    assert case.expected in refused(client, "/api/orientation", case)["attendu"]


@pytest.mark.parametrize("case", BAD_SIMULATIONS, ids=named)
def test_a_bad_simulation_is_refused_with_what_is_expected(client: Client, case: BadCase) -> None:
    assert case.expected in refused(client, "/api/simulations/aci-msp", case)["attendu"]
