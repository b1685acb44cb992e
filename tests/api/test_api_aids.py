"""The API lists the aids, narrowed as the page narrows them."""

from typing import Any

import pytest
from django.test import Client

from maillage.core.rules.aids.catalogue import aids


def listed(client: Client, query: str = "") -> dict[str, dict[str, Any]]:
    response = client.get(f"/api/aides{query}")
    assert response.status_code == 200, response.content
    return {aid["id"]: aid for aid in response.json()["aides"]}


def test_the_aids_that_can_be_asked_are_listed_with_their_page(client: Client) -> None:
    found = listed(client, "?date=2026-11-22")
    assert set(found) <= {aid.id for aid in aids()}
    assert found["aides_capii_montant"]["page"] == "/aides/aides_capii_montant/"
    assert found["aides_capii_montant"]["montant_max"] == "14250.00"
    assert found["esp_fir"]["montant_min"] is None
    assert found["msp_aci"]["exclut"] == ["cds_accord_national"]


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("?qui=infirmier", "aides_capii_montant", "msp_aci"),
        ("?qui=MSP", "msp_aci", "aides_capii_montant"),
        ("?region=bretagne", "bretagne-esp_fir", "esp_fir"),
        ("?region=national", "esp_fir", "bretagne-esp_fir"),
        ("?etape=investissement", "msp_immobilier", "msp_aci"),
        ("?payeur=impots", "aides_exoneration_montant", "msp_aci"),
        ("?type=bourse", "aides_cesp_montant", "msp_aci"),
        ("?q=EXONERATION", "aides_exoneration_montant", "msp_aci"),
        ("?date=2025-06-01", "aides_caim_montant", "msp_france_sante"),
    ],
)
def test_each_filter_narrows_the_list(client: Client, query: str, present: str, absent: str) -> None:
    found = listed(client, query)
    assert present in found
    assert absent not in found


@pytest.mark.parametrize(
    ("query", "field"), [("?qui=MSPP", "qui"), ("?region=atlantide", "region"), ("?type=pret", "type")]
)
def test_a_value_that_does_not_exist_is_refused(client: Client, query: str, field: str) -> None:
    response = client.get(f"/api/aides{query}")
    assert response.status_code == 422
    assert [error["champ"] for error in response.json()["erreurs"]] == [field]
