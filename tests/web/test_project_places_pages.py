"""The territory of a project, and how the project is set."""

import pytest
from tests import cast, small_world
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.projets.models import Projet
from maillage.apps.structures.services import codes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def ask(client, people):
    """Asks a page of the project as one of the cast; gives the answer and its tree."""

    def opened(who, address, sent=None):
        sign_in(client, getattr(people, who))
        where = f"/projets/{people.projet.pk}/{address}"
        response = client.get(where) if sent is None else client.post(where, sent)
        return response, read(response.content.decode())

    return opened


def state():
    return Projet.objects.get().state


def test_the_territory_changes_commune_by_commune(ask, people):
    address = "territoire/communes/"
    _response, page = ask("porteuse", address, {"communes": ["35236"], "ajouter": "Sainte-Marie", "geste": "ajouter"})
    assert [each.attrs["value"] for each in page.all("input", name="communes")] == ["35236", "35294"]
    assert codes_of(people.structure) == ["35236"]
    sent = {"communes": ["35236", "35294"], "geste": "enregistrer"}
    assert ask("porteuse", address, sent)[0].status_code == 302
    assert codes_of(people.structure) == ["35236", "35294"]
    assert ask("porteuse", address, {"geste": "enregistrer"})[0].status_code == 422


def test_the_diagnosis_is_made_kept_and_read(ask, people):
    assert ask("porteuse", "territoire/diagnostic/")[0].status_code == 200
    assert ask("porteuse", "territoire/diagnostic/", {})[0].status_code == 302
    kept = KeptDiagnosis.objects.get()
    assert f"/territoires/diagnostic/{kept.pk}/" in {
        link.attrs["href"] for link in ask("membre", "territoire/")[1].one("main").all("a")
    }
    assert "rien ne changerait" in ask("porteuse", "territoire/diagnostic/")[1].one("main").text
    ask("porteuse", "territoire/communes/", {"communes": ["35294"], "geste": "enregistrer"})
    assert "autres communes" in ask("porteuse", "territoire/")[1].one("main").text


def test_a_diagnosis_that_a_project_stands_on_is_not_forgotten(ask, client):
    ask("porteuse", "territoire/diagnostic/", {})
    kept = KeptDiagnosis.objects.get()
    response = client.post(f"/territoires/diagnostic/{kept.pk}/oublier/")
    assert response.url == f"/territoires/diagnostic/{kept.pk}/"
    assert "appartient à un projet" in client.get(response.url).content.decode()
    assert KeptDiagnosis.objects.filter(pk=kept.pk).exists()


def test_a_project_is_shared_after_a_confirmation_and_no_longer(ask):
    asked = ask("coordinatrice", "parametres/partager/")[1].one("main").text
    assert "Bretagne" in asked
    assert state() == "preparation"
    ask("coordinatrice", "parametres/partager/", {})
    assert state() == "partage"
    assert ask("instructrice", "territoire/")[0].status_code == 200
    ask("coordinatrice", "parametres/cesser/", {})
    assert state() == "preparation"
    assert ask("instructrice", "territoire/")[0].status_code == 404


def test_a_project_is_archived_and_restored(ask):
    ask("porteuse", "parametres/archiver/", {})
    assert state() == "archive"
    assert ask("porteuse", "territoire/communes/")[0].status_code == 403
    assert "Lecture seule" in ask("porteuse", "territoire/")[1].one("main").text
    ask("porteuse", "parametres/partager/", {})
    assert state() == "archive"
    ask("porteuse", "parametres/restaurer/", {})
    assert state() == "preparation"


@pytest.mark.parametrize("who", ["membre", "redactrice", "accompagnatrice"])
def test_who_does_not_run_the_structure_neither_shares_nor_archives(ask, who):
    for verb in ("partager", "archiver", "reprendre"):
        assert ask(who, f"parametres/{verb}/")[0].status_code == 403
        assert ask(who, f"parametres/{verb}/", {})[0].status_code == 403
    assert state() == "preparation"


def test_both_names_change_or_neither(ask, people):
    response, page = ask("redactrice", "parametres/noms/", {"title": "Notre projet", "nom": ""})
    assert response.status_code == 422
    assert page.one(id="title").attrs["value"] == "Notre projet"
    people.projet.refresh_from_db()
    assert people.projet.title == "Projet de santé de la MSP de Redon"
    ask("redactrice", "parametres/noms/", {"title": "Notre projet", "nom": "MSP du Lac"})
    people.projet.refresh_from_db()
    assert people.projet.title == "Notre projet"


def test_a_title_that_tells_who_a_patient_is_is_explained_and_kept(ask):
    told = {"title": "Suivi du 1 85 05 78 006 084 91", "nom": "MSP de Redon"}
    response, page = ask("porteuse", "parametres/noms/", told)
    assert response.status_code == 422
    assert "aucune donnée de patient" in page.one(id="title-erreur").text
    assert page.one(id="title").attrs["value"] == told["title"]


def test_a_project_is_taken_over_for_another_structure(ask, people):
    assert ask("porteuse", "parametres/reprendre/", {"kind": "", "nom": ""})[0].status_code == 422
    response, _page = ask("porteuse", "parametres/reprendre/", {"kind": "esp", "nom": "ESP de Redon"})
    new = Projet.objects.exclude(pk=people.projet.pk).get()
    assert response.url == f"/projets/{new.pk}/"
    assert new.structure.members.count() == 2
