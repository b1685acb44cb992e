"""What the pages of who files say when something is wrong, or is not there."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from tests import cast, small_world
from tests.apps.dossiers.filing import LATER, begun, fresh, ready
from tests.cast import NOW
from tests.web.reading import read

from maillage.apps.dossiers import depositing
from maillage.apps.dossiers.joining import code_asked
from maillage.apps.dossiers.models import Dossier, PieceRequest

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


def test_what_is_missing_is_confirmed_in_the_page_before_sending(people, client):
    dossier = ready(people)
    address = at("dossier_deposer", dossier)
    page = client.get(address)
    assert "Il manque ceci à votre dossier" in words(page)
    known = [each.code for each in depositing.to_confirm(dossier, "deposer", today=NOW.date())]
    refused = client.post(address, {"verbe": "deposer", "lu": known})
    assert refused.status_code == 422
    assert "Confirmez que vous déposez" in words(refused)
    assert client.post(address, {"verbe": "deposer", "lu": known, "confirme": "oui"}).status_code == 302
    assert "Déposé en sachant que ceci manque" in words(client.get(at("dossier_pieces", dossier)))


def test_a_word_stands_for_a_piece_that_is_not_there_and_the_authority_reads_it(people, client):
    dossier = depositing.deposit(ready(people), by=people.porteuse, at=NOW).dossier
    items = [{"code": "autre", "libelle": name, "precision": ""} for name in ("Lettre de la mairie", "Plan")]
    asked = PieceRequest.objects.create(
        dossier=dossier, at=NOW, by=people.instructrice, items=items, answer_by=LATER.date()
    )
    Dossier.objects.filter(pk=dossier.pk).update(state="incomplet", phase="attente", due_on=None)
    pieces = client.get(at("dossier_pieces", dossier)).content.decode()
    codes = [code_asked(asked, item) for item in items]
    assert all(f'id="piece-{code}"' in pieces for code in codes)
    address = at("dossier_deposer", dossier)
    assert "dites pourquoi en un mot" in words(client.get(address))
    told = {"verbe": "completer", f"absente-{codes[0]}": "Le maire est absent."}
    refused = client.post(address, told)
    assert refused.status_code == 422
    assert 'value="Le maire est absent."' in refused.content.decode()
    assert client.post(address, {**told, f"absente-{codes[1]}": "Pas de plan."}).status_code == 302
    Authenticator.objects.create(user=people.instructrice, type="totp", data={})
    reviewer = Client()
    reviewer.force_login(people.instructrice)
    assert "Le maire est absent." in words(reviewer.get(at("dossier_echanges", dossier)))
    assert "Plan : Pas de plan." in words(reviewer.get(at("dossier_pieces", dossier)))
