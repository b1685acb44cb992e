"""The API lists who helps at each step, and the calls for projects."""

from typing import Any

import pytest
from django.test import Client

SUPPORTS, CALLS = "/api/accompagnements", "/api/appels"
CEILING = "cpts_projet_elaboration"


def supports(client: Client, query: str = "") -> dict[str, dict[str, Any]]:
    response = client.get(f"{SUPPORTS}{query}")
    assert response.status_code == 200, response.content
    return {each["id"]: each for each in response.json()["accompagnements"]}


def calls(client: Client, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"{CALLS}{query}")
    assert response.status_code == 200, response.content
    listed: list[dict[str, Any]] = response.json()["appels"]
    return listed


def test_a_breton_project_of_cpts_is_helped_up_to_its_ceiling(client: Client) -> None:
    told = supports(client, "?region=bretagne&structure=CPTS&date=2026-11-22")[CEILING]
    assert (told["montant"], told["borne"], told["unite"]) == ("50000.00", "plafond", "euros")
    assert (told["qui"], told["avis"], told["decide"]) == ("ARS Bretagne", "commission régionale", "ARS Bretagne")
    assert told["titre_etape"] == "Écrire le projet de santé"
    assert told["documents"] == ["Dossier de candidature et budget"]
    assert not told["a_confirmer"]
    assert client.get(f"/api/parametres/{told['parametre']}?pack=bretagne").status_code == 200


def test_the_nation_alone_answers_by_default(client: Client) -> None:
    national = supports(client)
    assert CEILING not in national
    assert national == supports(client, "?region=national")
    assert {each["structure"] for each in national.values()} == {"ESP", "MSP", "CDS", "ESS", "CPTS"}


def test_an_amount_that_no_text_gives_is_null_with_its_reason(client: Client) -> None:
    told = supports(client, "?region=bretagne&structure=MSP")["msp_mise_en_oeuvre_ars"]
    assert told["montant"] is None
    assert told["a_confirmer"]
    assert told["motif"]


def test_the_helps_are_those_of_the_day(client: Client) -> None:
    before = supports(client, "?region=bretagne&structure=ESP&date=2018-06-01")
    assert before["esp_federer_ars"]["qui"] == "Votre ARS"
    assert client.get(f"{SUPPORTS}?region=pays_de_la_loire").json()["avertissement"].startswith("Des Pays de la Loire")


def test_calls_without_days_are_to_confirm_and_none_is_open(client: Client) -> None:
    listed = calls(client, "?region=bretagne&date=2026-11-22")
    assert {call["etat"] for call in listed} == {"a_confirmer", "clos"}
    assert all(call["ouvert_le"] is call["ferme_le"] is None for call in listed)
    assert calls(client, "?etat=ouvert&date=2026-11-22") == []


def test_calls_are_listed_by_structure_and_by_state(client: Client) -> None:
    assert {"CDS"} <= {code for call in calls(client, "?structure=CDS") for code in call["structures"]}
    assert all("CDS" in call["structures"] for call in calls(client, "?structure=CDS"))
    closed = calls(client, "?etat=clos&region=national&date=2026-11-22")
    assert {call["derniere_annee"] for call in closed} == {2016, 2025}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{SUPPORTS}?region=bretange", "« bretagne »"),
        (f"{CALLS}?structure=msp", "« MSP »"),
        (f"{CALLS}?etat=ouverts", "« ouvert »"),
        (f"{CALLS}?date=hier", "AAAA-MM-JJ"),
        (f"{CALLS}?region=", "retirez le paramètre"),
        (f"{SUPPORTS}?etat=ouvert", "un paramètre connu"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(client: Client, address: str, expected: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert expected in response.json()["erreurs"][0]["attendu"]
