"""The API tells each figure of the texts: its values by date, its texts, its confidence."""

from typing import Any

import pytest
from django.test import Client

POINT = "aci_msp.valeur_du_point"


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status
    return response.json()


def test_the_point_value_is_told_with_its_text_and_confidence(client: Client) -> None:
    told = get(client, f"/api/parametres/{POINT}")

    assert told["unite"] == "euros par point"
    assert told["a_verifier_depuis"] == "2026-07-08"
    (value,) = told["valeurs"]
    assert (value["valeur"], value["depuis"], value["jusqu_a"], value["confiance"]) == (7, "2017-01-01", None, "A")
    assert all(text["titre"] for text in value["textes"])
    assert told["derniere_valeur"] == value


def test_every_parameter_of_the_list_can_be_read(client: Client) -> None:
    listed = get(client, "/api/parametres")["parametres"]

    assert POINT in [parameter["chemin"] for parameter in listed]
    for parameter in listed:
        told = get(client, f"/api/parametres/{parameter['chemin']}")
        assert told["derniere_valeur"] == told["valeurs"][-1]


def test_paths_come_in_order(client: Client) -> None:
    paths = [parameter["chemin"] for parameter in get(client, "/api/parametres")["parametres"]]

    assert paths == sorted(paths)


def test_what_is_not_established_is_null_with_its_reason(client: Client) -> None:
    listed = get(client, "/api/parametres")["parametres"]
    unknown = [it["derniere_valeur"] for it in listed if it["derniere_valeur"]["valeur"] is None]

    assert unknown
    assert all(value["motif"] for value in unknown)


def test_an_unknown_path_is_not_found_and_the_nearest_is_proposed(client: Client) -> None:
    told = get(client, "/api/parametres/aci_msp.valeur_du_pont", 404)

    assert told["erreurs"][0]["attendu"] == f"un chemin de /api/parametres (vouliez-vous dire « {POINT} » ?)"


@pytest.mark.parametrize("address", ["/api/parametres", f"/api/parametres/{POINT}"])
def test_an_unknown_region_is_refused_with_the_known_ones(client: Client, address: str) -> None:
    (error,) = get(client, f"{address}?pack=normandie", 422)["erreurs"]

    assert (error["champ"], error["valeur"]) == ("pack", "normandie")
    assert "bretagne" in error["attendu"]


def test_a_region_replaces_some_values_and_says_so(client: Client) -> None:
    regional = get(client, "/api/parametres?pack=bretagne")["parametres"]
    national = get(client, "/api/parametres")["parametres"]

    assert {it["pack"] for it in national} == {None}
    assert {it["pack"] for it in regional} == {None, "bretagne"}


def test_an_answer_may_be_kept_an_hour(client: Client) -> None:
    assert client.get("/api/parametres")["Cache-Control"] == "public, max-age=3600"
