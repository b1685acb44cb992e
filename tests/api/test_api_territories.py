"""The API finds communes, tells what is known of them and where the data come from."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("territories")


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.json()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("redon", ["35236"]),
        ("REDON", ["35236"]),
        ("ste marie", ["35294"]),
        ("35238", ["35238"]),
        ("35600", ["35236", "35294"]),
        ("saint hier", ["35236"]),
    ],
)
def test_a_commune_is_found_by_name_by_code_or_by_postal_code(client: Client, text: str, codes: list[str]) -> None:
    found = get(client, f"/api/communes?q={text}")["communes"]

    assert [commune["code"] for commune in found] == codes


def test_a_commune_is_told_with_its_place_and_the_vintage_of_its_population(client: Client) -> None:
    (commune,) = get(client, "/api/communes?q=redon")["communes"]

    assert commune == {
        "code": "35236",
        "nom": "Redon",
        "libelle": "Redon (Ille-et-Vilaine)",
        "type": "commune",
        "departement": {"code": "35", "nom": "Ille-et-Vilaine"},
        "region": {"code": "53", "nom": "Bretagne"},
        "epci": {"code": "243500741", "nom": "Redon Agglomération"},
        "codes_postaux": ["35600"],
        "population": 9000,
        "millesime_population": "petit monde, 2020",
        "trouvee_sous": None,
    }


def test_a_commune_found_under_a_former_name_says_so(client: Client) -> None:
    (commune,) = get(client, "/api/communes?q=saint hier")["communes"]

    assert commune["trouvee_sous"] == "Saint-Hier"


def test_a_search_returns_no_more_than_asked(client: Client) -> None:
    assert len(get(client, "/api/communes?q=35&limite=2")["communes"]) == 2


@pytest.mark.parametrize(
    ("query", "field"), [("", "q"), ("q=", "q"), ("q=redon&limite=0", "limite"), ("q=redon&limite=x", "limite")]
)
def test_a_search_without_text_or_with_an_absurd_limit_is_refused(client: Client, query: str, field: str) -> None:
    (error,) = get(client, f"/api/communes?{query}", 422)["erreurs"]

    assert error["champ"] == field


def test_searching_asks_the_same_number_of_queries_whatever_is_found(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        get(client, "/api/communes?q=35600")


def test_a_commune_is_read_with_its_ages_and_the_communes_of_yesterday(client: Client) -> None:
    told = get(client, "/api/communes/35236")

    assert told["ages"]["plus_de_65"] == 2500
    assert told["anciennes"] == [{"code": "35900", "nom": "Saint-Hier"}]
    assert told["parent"] is None


def test_ages_that_are_not_published_are_null(client: Client) -> None:
    assert get(client, "/api/communes/35238")["ages"] is None


def test_a_merged_commune_is_not_found_and_the_current_one_is_proposed(client: Client) -> None:
    (error,) = get(client, "/api/communes/35900", 404)["erreurs"]

    assert "35236 (Redon), la commune actuelle qui a remplacé Saint-Hier" in error["attendu"]


def test_an_unknown_commune_is_not_found_and_the_nearest_is_proposed(client: Client) -> None:
    (error,) = get(client, "/api/communes/35263", 404)["erreurs"]

    assert "35236 (Redon)" in error["attendu"]


def test_a_code_that_cannot_be_one_is_refused(client: Client) -> None:
    (error,) = get(client, "/api/communes/redon", 422)["erreurs"]

    assert error["attendu"] == "le code INSEE d'une commune (cinq caractères, par exemple 35236)"


def test_each_source_of_data_is_told_with_its_vintage_and_row_counts(client: Client) -> None:
    (source,) = get(client, "/api/donnees")["sources"]

    assert (source["cle"], source["millesime"], source["licence"]) == ("communes", "2020", "libre")
    assert (source["lignes_lues"], source["lignes_retenues"], source["lignes_ecartees"]) == (4, 3, 1)
    assert source["chargee_le"].startswith("2026-11-22T")
