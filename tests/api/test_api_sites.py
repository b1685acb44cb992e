"""GET /api/territoires/optimiser, agreger and zonage."""

from typing import Any

import pytest
from django.test import Client
from tests.apps.territories.accessibility.conftest import load_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territories")]
SITES, SUMS, CLASSES = "/api/territoires/optimiser", "/api/territoires/agreger", "/api/territoires/zonage"
GP = {"profession": "medecin_generaliste"}


@pytest.fixture
def apl(territories: None) -> None:
    load_series("apl.medecin_generaliste.65_ans", {"35236": 2.0, "35294": 4.0})


def told(client: Client, address: str, query: dict[str, Any]) -> Any:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.usefixtures("offer")
def test_the_best_site_is_told_with_what_it_brings(client: Client) -> None:
    found = told(client, SITES, {**GP, "seuil": 1.5, "epci": "243500741"})

    assert (found["choix"], found["prouve"], found["habitants_sous_le_seuil"]) == ("exact", True, 9_000)
    assert found["habitants_gagnes"] == found["lieux"][0]["habitants_gagnes_cumules"] == 9_000
    assert found["communes_gagnees"] == ["35236"]
    assert "référence" in found["methode"]["erreur"]


@pytest.mark.usefixtures("offer")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"seuil": 0}, "seuil"),
        ({"seuil": "nan"}, "seuil"),
        ({"seuil": 2.5, "nombre": 11}, "nombre"),
        ({"seuil": 2.5, "minutes_max": 21}, "minutes_max"),
        ({"seuil": 2.5, "departement": "99"}, "departement"),
        ({"seuil": 2.5, "departement": "35", "region": "53"}, "region"),
    ],
)
def test_a_question_that_cannot_be_is_refused(client: Client, query: dict[str, Any], field: str) -> None:
    answer = client.get(SITES, {**GP, **query})
    assert answer.status_code == 422
    assert [error["champ"] for error in answer.json()["erreurs"]] == [field]


def test_data_that_are_not_loaded_are_not_found(client: Client) -> None:
    for address, query in ((SITES, {"seuil": 2.5}), (SUMS, {"maille": "epci"}), (CLASSES, {})):
        answer = client.get(address, {**GP, **query})
        assert answer.status_code == 404
        assert "importer" in answer.json()["erreurs"][0]["message"]


@pytest.mark.usefixtures("apl")
def test_larger_places_are_told_with_their_coverage(client: Client) -> None:
    found = told(client, SUMS, {**GP, "maille": "departement"})
    (place,) = found["territoires"]
    assert place["apl"] == pytest.approx((9_000 * 2 + 2_000 * 4) / 11_000)
    assert place["couverture"] == pytest.approx(11_000 / 231_000)
    assert (place["communes"], place["communes_connues"]) == (3, 2)


@pytest.mark.usefixtures("apl")
def test_a_place_without_a_value_is_null(client: Client) -> None:
    load_series("apl.infirmier.65_ans", {"35236": None})
    load_series("apl.infirmier.population_standardisee", {"35236": 5.0})
    (place,) = told(client, SUMS, {"profession": "infirmier", "maille": "france"})["territoires"]
    assert (place["apl"], place["couverture"]) == (None, 0)


@pytest.mark.usefixtures("apl")
def test_the_classes_of_a_day_are_told_with_their_rule(client: Client) -> None:
    found = told(client, CLASSES, {**GP, "date": "2019-06-01", "maille": "epci"})
    (place,) = found["territoires"]
    assert (place["classe"], place["selection_nationale"], place["regle"]) == ("zip", True, "ZON-17-04")
    assert {gauge["nom"] for gauge in found["jauges"]} >= {"marge_d_adaptation", "part_zip"}


@pytest.mark.usefixtures("apl")
def test_what_is_not_established_is_to_confirm(client: Client) -> None:
    (place,) = told(client, CLASSES, {**GP, "date": "2026-06-01", "maille": "epci"})["territoires"]
    assert (place["classe"], place["classes_possibles"]) == ("a_confirmer", ["zip", "zac", "hors_zone"])


@pytest.mark.usefixtures("apl")
def test_a_day_before_any_zonage_is_refused(client: Client) -> None:
    answer = client.get(CLASSES, {**GP, "date": "2010-01-01", "maille": "epci"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"epci": "xxx"}, "le SIREN d'un EPCI (neuf chiffres, par exemple 243500741)"),
        ({"departement": "xxx"}, "le code d'un département (par exemple 35, 2A ou 974)"),
        ({"region": "xxx"}, "le code INSEE d'une région (deux chiffres, par exemple 53)"),
    ],
)
def test_a_code_of_a_wrong_form_is_told_in_words(client: Client, asked, said) -> None:
    (fault,) = client.get("/api/territoires/optimiser", {**GP, "seuil": "2.5", **asked}).json()["erreurs"]
    assert fault["attendu"] == said


def test_a_diagnosis_of_nothing_asks_for_a_territory(client: Client) -> None:
    (fault,) = client.get("/api/territoires/diagnostic").json()["erreurs"]
    assert "un territoire à choisir" in fault["message"]
    assert "« rien »" not in fault["message"]
