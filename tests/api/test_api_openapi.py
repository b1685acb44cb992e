"""The OpenAPI document is committed, and says all that a caller needs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.api.answers import Answer
from maillage.api.dossiers.gestes import GESTES
from maillage.core.kernel.json_input import read_json
from maillage.core.rules.simulators import SIMULATORS

COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
TOLD = COMMITTED.with_name("api.md")
DOCUMENT: dict[str, Any] = json.loads(COMMITTED.read_text("utf-8"))
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


ACTS = "/api/dossiers/{dossier}/gestes/"
OF_A_STRUCTURE, LISTS = "/api/structures/{structure}/", ("membres", "reunions", "actions")


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        yield name, schema
        for field, told in schema.get("properties", {}).items():
            yield f"{name}.{field}", told


def test_the_committed_document_is_the_one_that_is_served(client: Client) -> None:
    served = client.get("/api/openapi.json").json()

    assert served == DOCUMENT, "run: maillage openapi > docs/reference/openapi.json"


def test_the_addresses_are_those_of_the_contract() -> None:
    simulators = {f"POST /api/simulations/{code}" for code in SIMULATORS}
    acts = {f"POST {ACTS}{code}" for code in GESTES}
    assert set(OPERATIONS) == simulators | acts | {
        "POST /api/orientation",
        "POST /api/simulations/aci-msp",
        "GET /api/communes",
        "GET /api/communes/{code}",
        "GET /api/parametres",
        "GET /api/parametres/{id}",
        "GET /api/regles",
        "GET /api/donnees",
        "GET /api/territoires/apl",
        "POST /api/territoires/et-si",
        "GET /api/territoires/optimiser",
        "GET /api/territoires/agreger",
        "GET /api/territoires/zonage",
        "GET /api/territoires/diagnostic",
        "GET /api/territoires/diagnostics/{identifiant}",
        "GET /api/accompagnements",
        "GET /api/aides",
        "GET /api/appels",
        "GET /api/demarches",
        "GET /api/demarches/{code}",
        "GET /api/registre",
        "GET /api/dossiers",
        "GET /api/dossiers/{dossier}",
        "GET /api/dossiers/{dossier}/pieces/{piece}",
        "GET /api/projets",
        "GET /api/projets/{projet}",
        "GET /api/projets/{projet}/actions",
        "GET /api/projets/{projet}/completude",
        "GET /api/projets/{projet}/reunions",
        "GET /api/structures",
        "GET /api/structures/{structure}",
        *(f"{method} {OF_A_STRUCTURE}{name}" for method in ("GET", "POST") for name in LISTS),
    }


def test_the_reference_page_tells_every_address_and_no_other() -> None:
    assert sorted(rows_of_the_reference_page()) == sorted(OPERATIONS)


def test_the_reference_page_names_every_word_of_a_query_and_no_other() -> None:
    for address, row in rows_of_the_reference_page().items():
        asked = {given["name"] for given in OPERATIONS[address].get("parameters", ()) if given["in"] == "query"}
        named = set(re.findall(r"[?&](\w+)=", row))

        assert named <= asked, address
        assert all(f"{name}=" in row or f"`{name}`" in row for name in asked), address


def rows_of_the_reference_page() -> dict[str, str]:
    """The rows of the table of addresses of the reference page, each by its method and its path."""
    lines = [line for line in TOLD.read_text("utf-8").splitlines() if line.startswith(("| `GET ", "| `POST "))]
    return {re.split("[`?]", line)[1]: line for line in lines}


def test_the_reference_page_says_the_scope_of_each_act() -> None:
    told = TOLD.read_text("utf-8")
    assert [geste.code for geste in GESTES.values() if not all(scope in told for scope in geste.scopes)] == []


NEED_DATA = {"POST /api/territoires/et-si"} | {
    f"GET /api/territoires/{name}" for name in ("apl", "optimiser", "agreger", "zonage")
}
"""They rest on files that an installation may not have loaded."""


@pytest.mark.parametrize("address", OPERATIONS)
def test_a_route_declares_what_it_can_refuse(address: str) -> None:
    expected = {"200", "405", "422"}
    expected |= {"413", "415"} if address.startswith("POST") else set()
    by_token = "/dossiers" in address or "/structures" in address
    expected |= {"401"} if "/projets" in address or by_token else set()
    expected |= {"403", "429"} if by_token else set()
    expected |= {"409"} if ACTS in address or address.startswith(f"POST {OF_A_STRUCTURE}") else set()
    expected |= {"404"} if "{" in address or address in NEED_DATA else set()

    assert set(OPERATIONS[address]["responses"]) == expected


@pytest.mark.parametrize("address", OPERATIONS)
def test_a_route_has_a_french_name_and_a_description(address: str) -> None:
    operation = OPERATIONS[address]

    assert operation["description"]
    assert operation["operationId"].startswith(
        ("orienter", "simuler", "lister", "lire", "chercher", "faire", "ajouter")
    )


def test_two_answers_never_bear_the_same_name() -> None:
    names = [model.__name__ for model in every_answer(Answer)]

    assert [name for name in names if names.count(name) > 1] == [], "the document would describe one by the other"


def every_answer(model: type[Answer]) -> Iterator[type[Answer]]:
    """The answers that the application knows, once it is loaded."""
    for child in model.__subclasses__():
        yield child
        yield from every_answer(child)


@pytest.mark.parametrize("code", GESTES)
def test_the_example_of_an_act_has_the_form_of_its_body(code: str) -> None:
    schema = OPERATIONS[f"POST {ACTS}{code}"]["requestBody"]["content"]["application/json"]["schema"]
    assert read_json(GESTES[code].body, json.dumps(schema.get("example", {})).encode())


def test_every_schema_and_every_field_is_described() -> None:
    assert [name for name, told in fields() if "description" not in told and "$ref" not in told] == []


@pytest.mark.parametrize(
    "address",
    [each for each in OPERATIONS if each.startswith("POST") and ACTS not in each and OF_A_STRUCTURE not in each],
)
@pytest.mark.usefixtures("offer")
def test_the_example_of_a_route_is_accepted(client: Client, address: str) -> None:
    example = OPERATIONS[address]["requestBody"]["content"]["application/json"]["schema"]["example"]
    response = client.post(address.removeprefix("POST "), example, content_type="application/json")

    assert response.status_code == 200, response.content.decode()
