"""What the pages of who files say when something is wrong, or is not there."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast, small_world
from tests.apps.dossiers.filing import begun, fresh
from tests.web.reading import read

from maillage.apps.dossiers.models import Dossier

pytestmark = pytest.mark.django_db
TEXT = "entite_porteuse"


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def client(people):
    """The porteuse, signed in."""
    client = Client()
    client.force_login(people.porteuse)
    return client


def at(name: str, dossier: Dossier, *rest) -> str:
    return reverse(f"web:{name}", args=[dossier.pk, *rest])


def words(response) -> str:
    return " ".join(read(response.content.decode()).text.split())


def test_every_wrong_field_is_told_in_one_sending(people, client):
    dossier = begun(people)
    typed = {TEXT: "Mme Durand, née le 12/03/1951, est venue", "effectif": "beaucoup", "entite_siren": "123456789"}
    seen = {code: ["", dossier.revision] for code in (*typed, "communes")}
    data = {"vu": json.dumps(seen), "ajouter-communes": "Nulle-Part-sur-Mer"}
    data |= {f"r-{code}": value for code, value in typed.items()}
    response = client.post(at("dossier_formulaire", dossier), data)
    assert response.status_code == 422
    page = response.content.decode()
    told = {code: page.partition(f'id="champ-{code}-erreur"')[2].partition("</p>")[0] for code in seen}
    assert "désigner un patient" in told[TEXT]
    assert "un nombre entier" in told["effectif"]
    assert "sa clé est fausse" in told["entite_siren"]
    assert told["communes"].partition(">")[2].strip()
    assert "Nulle-Part-sur-Mer" in page
    assert fresh(dossier).answers == dossier.answers
