"""The API lists the rules: what each one asks, with which figures, of which texts."""

from typing import Any

import pytest
from django.test import Client

from maillage.core.rules.catalogue import rules

DOCTORS = "msp_medecins_generalistes"


def listed(client: Client, query: str = "") -> dict[str, dict[str, Any]]:
    response = client.get(f"/api/regles{query}")
    assert response.status_code == 200
    return {rule["id"]: rule for rule in response.json()["regles"]}


def test_every_rule_is_listed_and_no_fact(client: Client) -> None:
    assert set(listed(client)) == {rule.name for rule in rules().values() if not rule.is_given}


def test_a_rule_is_told_with_its_text_its_figures_and_its_links(client: Client) -> None:
    told = listed(client)[DOCTORS]

    assert (told["structure"], told["domaine"]) == ("MSP", "Maison de santé (MSP)")
    assert told["libelle"] == rules()[DOCTORS].label
    assert told["texte"] == rules()[DOCTORS].spec.todo
    assert told["parametres"] == list(rules()[DOCTORS].parameters)
    assert all(text["titre"] for text in told["textes"])
    assert told["cas"] > 0
    assert client.get(told["page"]).status_code == 200


def test_the_figures_and_the_links_of_a_rule_can_be_read(client: Client) -> None:
    known = {parameter["id"] for parameter in client.get("/api/parametres").json()["parametres"]}

    for told in listed(client).values():
        assert set(told["parametres"]) <= known
        assert {*told["lit"], *told["utilisee_par"]} <= set(rules())


@pytest.mark.parametrize("structure", ["ESP", "MSP", "CDS", "ESS", "CPTS"])
def test_rules_are_listed_by_structure(client: Client, structure: str) -> None:
    assert {rule["structure"] for rule in listed(client, f"?structure={structure}").values()} == {structure}


def test_rules_are_found_by_words_whatever_the_accents(client: Client) -> None:
    assert DOCTORS in listed(client, "?q=MEDECINS%20generalistes")
    assert DOCTORS not in listed(client, "?q=medecins&structure=ESP")
    assert listed(client, "?q=zzzz") == {}


@pytest.mark.parametrize(("structure", "expected"), [("msp", "« MSP »"), ("hopital", "ESP, MSP, CDS, ESS, CPTS")])
def test_an_unknown_structure_is_refused_with_the_known_ones(client: Client, structure: str, expected: str) -> None:
    response = client.get(f"/api/regles?structure={structure}")

    assert response.status_code == 422
    assert expected in response.json()["erreurs"][0]["attendu"]
