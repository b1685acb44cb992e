"""The diagnosis of a territory, by the API: the same as the page's, and a kept one as it was."""

import datetime
import uuid

import pytest
from django.test import Client

from maillage.apps.diagnostics import services
from maillage.apps.diagnostics.queries import diagnose
from maillage.apps.diagnostics.selection import Selection
from maillage.apps.territories.models import Commune

pytestmark = pytest.mark.usefixtures("territories")

ADDRESS = "/api/territoires/diagnostic"
REDON, SAINTE_MARIE = "35236", "35294"
NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


def test_the_answer_is_the_diagnosis_of_the_territory_asked(client: Client) -> None:
    told = client.get(ADDRESS, {"communes": [REDON, SAINTE_MARIE], "nom": "Pays", "structure": "cpts"}).json()

    assert told["titre"] == "Pays"
    assert told["territoire"]["communes"] == 2
    assert [commune["code"] for commune in told["communes"]] == [REDON, SAINTE_MARIE]
    assert told["recette"]["selection"] == {"communes": [REDON, SAINTE_MARIE], "nom": "Pays", "structure": "cpts"}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"epci": "243500741"}, 2),
        ({"centre": REDON, "rayon_km": "5"}, 3),
        ({"communes": REDON, "epci": "243500741"}, 2),
    ],
)
def test_what_each_way_of_choosing_brings_is_added_up(client: Client, asked: dict[str, str], count: int) -> None:
    assert client.get(ADDRESS, asked).json()["territoire"]["communes"] == count


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "communes"),
        ({"communes": "99999"}, "communes.0"),
        ({"centre": REDON}, "rayon_km"),
        ({"rayon_km": "5"}, "centre"),
        ({"contour": "1,2;3"}, "contour"),
        ({"communes": REDON, "structure": "zzz"}, "structure"),
        ({"commune": REDON}, "commune"),
    ],
)
def test_what_makes_no_territory_is_refused_with_its_field(client: Client, asked: dict[str, str], field: str) -> None:
    response = client.get(ADDRESS, asked)

    assert response.status_code == 422
    assert [error["champ"] for error in response.json()["erreurs"]] == [field]


def test_a_kept_diagnosis_is_answered_as_it_was(client: Client) -> None:
    made = diagnose(Selection(communes=(REDON,)), today=NOW.date())
    first = services.keep(made, by="tests", at=NOW)
    Commune.objects.filter(code=REDON).update(population=1)
    second = services.redo(first, by="tests", at=NOW, today=NOW.date())

    told = client.get(f"/api/territoires/diagnostics/{first.pk}").json()
    again = client.get(f"/api/territoires/diagnostics/{second.pk}").json()

    assert (told["id"], told["precedent"]) == (str(first.pk), None)
    assert told["diagnostic"] == made.as_dict()
    assert again["precedent"] == str(first.pk)
    assert again["diagnostic"] != told["diagnostic"]


def test_an_identifier_never_given_is_not_found(client: Client) -> None:
    response = client.get(f"/api/territoires/diagnostics/{uuid.uuid4()}")

    assert response.status_code == 404
    assert response.json()["erreurs"][0]["champ"] == "identifiant"
