"""« Reprendre des dossiers »: checked first, each line told, decided ones for who decides."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast, small_world
from tests.core.dossiers.procedure_sample import answer, dossier

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers.models import Dossier

pytestmark = pytest.mark.django_db
PAGE = "/dossiers/reprendre/"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def browser(people):
    """A browser of the instructrice."""
    Authenticator.objects.create(user=people.instructrice, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
    client = Client()
    client.force_login(people.instructrice)
    return client


def sent(browser, gesture, content, **fields):
    """The page after the form was sent."""
    ars = Organisation.objects.get(kind="ars", region="53")
    file = SimpleUploadedFile("demarche.json", content, content_type="application/json")
    given = {"autorite": str(ars.pk), "nature": "projet_sante_cpts", "geste": gesture, "fichier": file, **fields}
    return browser.post(PAGE, given)


def test_checked_then_taken_over_with_each_line_told(browser):
    content = answer(dossier(1), dossier(2, "accepte"))
    checked = sent(browser, "verifier", content).content.decode()
    assert "Vérification, rien n’est écrit" in checked
    assert "seul un décideur" in checked
    assert "Commune principale" in checked
    assert not Dossier.objects.exists()
    taken = sent(browser, "reprendre", content)
    assert taken.status_code == 200
    assert Dossier.objects.get().number in taken.content.decode()


def test_a_question_told_to_be_a_field_fills_it(browser):
    named = {"libelle-1": "Commune principale", "champ-1": "communes"}
    sent(browser, "reprendre", answer(dossier(1)), **named)
    assert Dossier.objects.get().answers["communes"] == ["35236"]


def test_the_report_goes_out_as_csv_and_writes_nothing(browser):
    report = sent(browser, "rapport", answer(dossier(1)))
    assert report["Content-Type"].startswith("text/csv")
    assert "Repérer la fragilité" in report.content.decode("utf-8-sig")
    assert not Dossier.objects.exists()


def test_what_is_missing_or_wrong_is_told_beside_its_field(browser):
    assert "Choisissez la démarche" in browser.post(PAGE, {"geste": "verifier"}).content.decode()
    assert "Choisissez le fichier" in browser.post(PAGE, {"nature": "projet_sante_cpts"}).content.decode()
    assert "Démarche numérique" in sent(browser, "verifier", b"[]").content.decode()


def test_a_delay_that_is_past_on_arrival_is_told_before_taking_over(browser):
    checked = sent(browser, "verifier", answer(dossier(1))).content.decode()
    assert "Délai légal passé depuis le 1er mai 2026" in checked
    assert "aucun silence n’y est constaté" in checked
