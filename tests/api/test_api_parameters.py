"""The API tells each figure of the texts: its values by date, its texts, its confidence."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

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

    assert POINT in [parameter["id"] for parameter in listed]
    for parameter in listed:
        told = get(client, f"/api/parametres/{parameter['id']}")
        assert told["derniere_valeur"] == told["valeurs"][-1]


def test_paths_come_in_order(client: Client) -> None:
    paths = [parameter["id"] for parameter in get(client, "/api/parametres")["parametres"]]

    assert paths == sorted(paths)


def test_what_is_not_established_is_null_with_its_reason(client: Client) -> None:
    listed = get(client, "/api/parametres")["parametres"]
    unknown = [it["derniere_valeur"] for it in listed if it["derniere_valeur"]["valeur"] is None]

    assert unknown
    assert all(value["motif"] for value in unknown)


def test_an_unknown_path_is_not_found_and_the_nearest_is_proposed(client: Client) -> None:
    told = get(client, "/api/parametres/aci_msp.valeur_du_pont", 404)

    assert told["erreurs"][0]["champ"] == "id"
    assert told["erreurs"][0]["attendu"] == f"un identifiant de /api/parametres (vouliez-vous dire « {POINT} » ?)"


@pytest.mark.parametrize("name", ["region", "pack"])
@pytest.mark.parametrize("address", ["/api/parametres", f"/api/parametres/{POINT}"])
def test_an_unknown_region_is_refused_with_the_known_ones(client: Client, address: str, name: str) -> None:
    (error,) = get(client, f"{address}?{name}=normandie", 422)["erreurs"]

    assert (error["champ"], error["valeur"]) == (name, "normandie")
    assert "bretagne" in error["attendu"]


def test_a_region_has_its_old_name_too_but_not_two_values(client: Client) -> None:
    said = [get(client, f"/api/parametres?{asked}") for asked in ("region=bretagne", "pack=bretagne")]
    (error,) = get(client, "/api/parametres?region=bretagne&pack=paca", 422)["erreurs"]

    assert said[0] == said[1]
    assert (error["champ"], error["valeur"]) == ("pack", "paca")
    assert get(client, "/api/parametres?region=national") == get(client, "/api/parametres")


def test_a_region_replaces_some_values_and_says_so(client: Client) -> None:
    regional = get(client, "/api/parametres?region=bretagne")["parametres"]
    national = get(client, "/api/parametres")["parametres"]

    assert {it["pack"] for it in national} == {None}
    assert {it["pack"] for it in regional} == {None, "bretagne"}


def test_an_answer_may_be_kept_an_hour(client: Client) -> None:
    assert client.get("/api/parametres")["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("date", "value", "since", "until", "checked"),
    [
        ("2012-01-01", None, None, None, None),
        ("2024-05-01", 7, "2017-01-01", None, "2026-07-07"),
    ],
)
def test_the_value_on_a_day_is_told(
    client: Client, date: str, value: float | None, since: str | None, until: str | None, checked: str | None
) -> None:
    told = get(client, f"/api/parametres/{POINT}?date={date}")["valeur_au"]

    assert told["date"] == date
    assert (told["valeur"], told["depuis"], told["jusqu_a"], told["verifie_jusqu_au"]) == (value, since, until, checked)
    assert told["a_confirmer"] is (value is None)
    assert told["avertissement"] is None
    assert bool(told["motif"]) is told["a_confirmer"]
    assert bool(told["textes"]) is (value is not None)


def test_a_day_after_the_last_check_is_warned_of(client: Client) -> None:
    told = get(client, f"/api/parametres/{POINT}?date=2027-01-01")["valeur_au"]

    assert (told["valeur"], told["a_confirmer"]) == (7, True)
    assert "avenant 2" in told["motif"]
    assert "un texte plus récent a pu changer cette valeur" in told["avertissement"]


def test_without_a_day_it_is_today(client: Client) -> None:
    told = get(client, f"/api/parametres/{POINT}")["valeur_au"]

    assert told["date"] == timezone.localdate().isoformat()


def test_the_list_tells_the_values_of_the_day(client: Client) -> None:
    listed = get(client, "/api/parametres?date=2024-05-01&pack=bretagne")["parametres"]

    assert {parameter["valeur_au"]["date"] for parameter in listed} == {"2024-05-01"}
    assert all(parameter["valeur_au"]["motif"] for parameter in listed if parameter["valeur_au"]["valeur"] is None)


@pytest.mark.parametrize("address", ["/api/parametres", f"/api/parametres/{POINT}"])
@pytest.mark.parametrize(
    ("date", "expected"), [("", "AAAA-MM-JJ"), ("hier", "AAAA-MM-JJ"), ("1990-01-01", "2010"), ("2100-01-01", "2010")]
)
def test_a_day_without_rules_is_refused(client: Client, address: str, date: str, expected: str) -> None:
    (error,) = get(client, f"{address}?date={date}", 422)["erreurs"]

    assert (error["champ"], error["valeur"]) == ("date", date)
    assert expected in error["attendu"]


def test_who_uses_a_parameter_is_told(client: Client) -> None:
    told = get(client, f"/api/parametres/{POINT}")

    assert "aci_msp_avance" in [user["id"] for user in told["utilise_par"]]
    assert any("accord conventionnel" in aid for aid in told["aides"])


@pytest.mark.parametrize(
    ("address", "name", "accepted"),
    [
        ("/api/parametres?dat=2024-01-01", "dat", "region, pack, date (vouliez-vous dire « date » ?)"),
        (f"/api/parametres/{POINT}?regions=bretagne", "regions", "region, pack, date (vouliez-vous dire « region » ?)"),
        ("/api/regles?pack=bretagne", "pack", "structure, q"),
        ("/api/communes?q=redon&limit=3", "limit", "q, limite (vouliez-vous dire « limite » ?)"),
        ("/api/donnees?date=2024-01-01", "date", "aucun paramètre à cette adresse"),
    ],
)
@pytest.mark.django_db
def test_a_parameter_that_the_address_does_not_know_is_refused_with_the_known_ones(
    client: Client, address: str, name: str, accepted: str
) -> None:
    (error,) = get(client, address, 422)["erreurs"]

    assert error["champ"] == name
    assert error["attendu"].endswith(accepted)
