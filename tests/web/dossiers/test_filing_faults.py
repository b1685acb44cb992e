"""What the pages of who files say when something is wrong, or is not there."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast, small_world
from tests.apps.dossiers.filing import LATER, begun, fresh, ready
from tests.cast import NOW
from tests.web.reading import read

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers import depositing, drafting
from maillage.apps.dossiers.joining import code_asked
from maillage.apps.dossiers.models import Dossier, PieceRequest
from maillage.apps.projets import versions
from maillage.web.templatetags.dossiers import phrase

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


def test_who_is_entrusted_finds_the_draft_and_opens_its_version(people, client):
    dossier = begun(people, people.projet, "financement_immobilier_msp")
    version = versions.name_version(dossier.projet, name="Pour la Région", by=people.porteuse, at=NOW)
    drafting.choose_version(dossier, version, by=people.porteuse, at=NOW)
    town = Organisation.objects.create(
        kind="collectivite", nom="Redon Agglomération", region="53", departement="35", created_at=NOW
    )
    mayor = cast.person("mayor")
    cast.give(mayor, town, "porteur")
    drafting.entrust(dossier, town, by=people.porteuse, at=NOW)
    theirs = Client()
    theirs.force_login(mayor)
    listed = theirs.get(reverse("web:dossiers")).content.decode()
    assert at("dossier", dossier) in listed
    page = theirs.get(at("dossier_pieces", dossier)).content.decode()
    address = at("dossier_pieces_version_pdf", dossier)
    assert address in page
    assert theirs.get(address).content.startswith(b"%PDF-")
    assert f'<a href="{reverse("web:dossiers")}">Dossiers</a>' in page
    mine = client.get(at("dossier_pieces", dossier)).content.decode()
    assert f'<a href="{reverse("web:projet_dossiers", args=[dossier.projet_id])}">Dossiers</a>' in mine


def test_words_end_with_one_full_stop_and_titles_have_curved_apostrophes(people, client):
    assert (phrase("C'est vrai."), phrase("C'est vrai")) == ("C'est vrai.", "C'est vrai.")
    dossier = begun(people)
    page = client.get(at("dossier_formulaire", dossier)).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert "d’une CPTS" in title
    assert "&#x27;" not in title


def test_a_refused_file_names_the_formats_of_its_piece(people, client):
    dossier = begun(people)
    file = SimpleUploadedFile("statuts.exe", b"MZ\x90\x00\x03\x00" + bytes(300))
    refused = words(client.post(at("dossier_pieces_joindre", dossier, "statuts"), {"fichier": file}))
    assert "sorte acceptée, quel que soit son nom ; ici, déposez : PDF, DOCX, ODT." in refused
