"""GET /api/territoires/apl and POST /api/territoires/et-si."""

from typing import Any

import pytest
from django.test import Client
from tests.apps.territories.accessibility.conftest import load_series

from maillage.apps.territories.models import Commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territories")]
APL, WHAT_IF = "/api/territoires/apl", "/api/territoires/et-si"


@pytest.fixture
def published(offer: None) -> None:
    Commune.objects.filter(code="35238").update(latitude=48.1173, longitude=-1.6778)
    load_series("apl.medecin_generaliste", {"35236": 3.2, "35238": 4.5})
    load_series("apl.medecin_generaliste.population_standardisee", {"35236": 9_100.0, "35294": 1_900.0})


def asked(client: Client, body: dict[str, Any]) -> Any:
    return client.post(WHAT_IF, body, content_type="application/json")


@pytest.mark.usefixtures("published")
def test_the_published_value_stands_beside_that_of_the_model(client: Client) -> None:
    told = client.get(APL, {"profession": "medecin_generaliste", "communes": ["35236", "35294"]}).json()
    redon, sainte_marie = told["communes"]

    assert (redon["code"], redon["publiee"], sainte_marie["publiee"]) == ("35236", 3.2, None)
    assert redon["modele"] == sainte_marie["modele"] == pytest.approx(3 * 4146 / 11_000)
    assert told["reference"]["millesime"] == "2025"
    assert "référence" in told["methode"]["erreur"]
    assert {"territoire.apl.medecin_generaliste.bandes"} <= {one["chemin"] for one in told["parametres"]}


@pytest.mark.usefixtures("published")
def test_an_unknown_population_gives_null_never_0(client: Client) -> None:
    told = client.get(APL, {"profession": "medecin_generaliste", "communes": "35238"}).json()

    assert told["communes"] == [{"code": "35238", "publiee": 4.5, "modele": None}]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("asked", "codes"),
    [({"epci": "243500741"}, ["35236", "35294"]), ({"departement": "35"}, ["35236", "35238", "35294"])],
)
def test_a_larger_place_gives_its_communes(client: Client, asked: dict[str, str], codes: list[str]) -> None:
    told = client.get(APL, {"profession": "medecin_generaliste", **asked}).json()

    assert [one["code"] for one in told["communes"]] == codes


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, ""),
        ({"communes": "99999"}, "communes.0"),
        ({"epci": "200000000"}, "epci"),
        ({"departement": "99"}, "departement"),
        ({"epci": "x"}, "epci"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(client: Client, query: dict[str, str], field: str) -> None:
    answer = client.get(APL, {"profession": "medecin_generaliste", **query})

    assert answer.status_code == 422
    assert answer.json()["erreurs"][0]["champ"] == field


def test_what_is_not_loaded_is_not_found_and_what_to_import_is_told(client: Client) -> None:
    answer = client.get(APL, {"profession": "infirmier", "communes": "35236"})

    assert answer.status_code == 404
    assert "importer" in answer.json()["erreurs"][0]["message"]


@pytest.mark.usefixtures("published")
def test_an_arrival_tells_the_communes_that_change(client: Client) -> None:
    body = {"profession": "medecin_generaliste", "ajouts": [{"commune": "35294", "nombre": 1}]}
    told = asked(client, body).json()

    assert [one["code"] for one in told["communes"]] == ["35236", "35294"]
    assert told["communes"][0]["difference"] == pytest.approx(4146 / 11_000)
    assert told["habitants"] == 11_000


@pytest.mark.usefixtures("published")
def test_a_scenario_of_every_kind_is_read(client: Client) -> None:
    body = {
        "profession": "medecin_generaliste",
        "ajouts": [{"commune": "35294", "nombre": 2}],
        "retraits": [{"commune": "35236", "nombre": 1}],
        "deplacements": [{"de": "35236", "vers": "35294", "nombre": 0.5}],
    }

    assert asked(client, body).json()["communes"][0]["difference"] == pytest.approx(4146 / 11_000)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({}, "au moins un professionnel"),
        ({"retraits": [{"commune": "35236", "nombre": 9}]}, "au plus 3"),
        ({"departs": [{"plus_de": 60, "lieu": "243500741"}]}, "âge"),
        ({"ajouts": [{"commune": "35236", "nombre": 0}]}, "supérieur à 0"),
        ({"ajouts": [{"commune": "Redon", "nombre": 1}]}, "code INSEE"),
        ({"autre": []}, "champ connu"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(client: Client, parts: dict[str, Any], told: str) -> None:
    answer = asked(client, {"profession": "medecin_generaliste", **parts})

    assert answer.status_code == 422
    assert told in answer.json()["erreurs"][0]["message"]


def test_an_unknown_profession_is_refused_with_the_nearest(client: Client) -> None:
    answer = asked(client, {"profession": "dentiste", "ajouts": []})

    assert answer.status_code == 422
    assert "chirurgien_dentiste" in answer.json()["erreurs"][0]["attendu"]


def test_an_address_of_too_many_parameters_is_refused_in_words(client: Client) -> None:
    answer = client.get(f"{APL}?profession=infirmier" + "&communes=35236" * 1001)

    assert answer.status_code == 422
    assert "1000 paramètres" in answer.json()["erreurs"][0]["message"]
