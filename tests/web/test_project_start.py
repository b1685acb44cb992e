"""Starting a project: what the orientation knows is never typed again, and a visitor who signs in loses nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest
from tests import cast, small_world
from tests.web.reading import read

from maillage.apps.projets.models import Projet

pytestmark = pytest.mark.django_db
SITUATION = "commune=35236&communes=Sainte-Marie&p-medecin_generaliste=2&p-infirmier=1&exercice=liberal"
START = f"/projets/nouveau/?structure=msp&{SITUATION}"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def porter(client, people):
    client.force_login(people.stranger)
    return client


def fields(page):
    """What the form of a page sends, the button « Créer le projet » pressed."""
    found = {}
    for field in page.one("main").all("input"):
        kind, name = field.attrs.get("type"), field.attrs.get("name")
        if name and name != "csrfmiddlewaretoken" and (kind != "radio" or "checked" in field.attrs):
            found.setdefault(name, []).append(field.attrs.get("value", ""))
    return {**found, "geste": "creer"}


def opened(client, address=START):
    return read(client.get(address).content.decode())


def test_a_project_is_made_from_an_orientation_with_nothing_typed_again(porter, people):
    response = porter.post("/projets/nouveau/", fields(opened(porter)))
    projet = Projet.objects.get(created_by=people.stranger)
    assert response.url == f"/projets/{projet.pk}/"
    assert (projet.structure.kind, projet.structure.nom) == ("msp", "MSP de Redon")
    assert [each.code for each in projet.structure.communes.all()] == ["35236", "35294"]
    assert [(group["profession"], group["nombre"]) for group in projet.situation["professionnels"]] == [
        ("medecin_generaliste", 2), ("infirmier", 1),
    ]  # fmt: skip
    assert projet.situation["communes"] == ["35236", "35294"]


def test_who_is_of_the_team_is_its_first_member(porter, people):
    porter.post("/projets/nouveau/", {**fields(opened(porter)), "metier": "infirmier", "mode": "liberal"})
    member = Projet.objects.get(created_by=people.stranger).structure.members.get()
    assert (member.user, member.nom, member.metier, member.mode) == (
        people.stranger, "Exemple", "infirmier", "liberal",
    )  # fmt: skip


def test_a_visitor_signs_in_and_finds_the_same_form(client, people):
    response = client.get(START)
    assert parse_qs(urlsplit(response.url).query)["next"] == [START]
    client.force_login(people.stranger)
    assert fields(opened(client))["p-medecin_generaliste"] == ["2"]


def test_a_visitor_who_signs_in_another_way_is_offered_to_resume(client, people):
    client.get(START)
    client.force_login(people.stranger)
    page = opened(client, "/projets/")
    resume = next(link for link in page.all("a") if link.text == "Reprendre où j’en étais")
    assert fields(opened(client, resume.attrs["href"]))["p-medecin_generaliste"] == ["2"]
    assert "Reprendre" not in opened(client, "/projets/").one("main").text


def test_a_blank_project_asks_for_its_structure_its_name_and_its_communes(porter):
    response = porter.post("/projets/nouveau/", {"geste": "creer"})
    page = read(response.content.decode())
    assert response.status_code == 422
    assert len([each for each in page.all("p") if "field-error" in each.attrs.get("class", "")]) == 3
    assert not Projet.objects.filter(title__contains="Lac").exists()


def test_what_was_typed_is_kept_when_a_commune_is_added_or_refused(porter):
    typed = {"structure": "esp", "nom": "ESP du Lac", "communes": ["35236"]}
    added = porter.post("/projets/nouveau/", {**typed, "ajouter": "Sainte-Marie", "geste": "ajouter"})
    page = read(added.content.decode())
    assert (added.status_code, fields(page)["communes"], fields(page)["nom"]) == (
        200, ["35236", "35294"], ["ESP du Lac"],
    )  # fmt: skip
    wrong = porter.post("/projets/nouveau/", {**typed, "ajouter": "Nulle-Part", "geste": "creer"})
    assert wrong.status_code == 422
    assert fields(read(wrong.content.decode()))["ajouter"] == ["Nulle-Part"]
    out = porter.post("/projets/nouveau/", {**typed, "retirer": "35236"})
    assert "communes" not in fields(read(out.content.decode()))
    assert Projet.objects.count() == 1


def test_a_commune_typed_and_not_yet_added_is_not_lost(porter, people):
    typed = {"structure": "esp", "nom": "ESP du Lac", "ajouter": "Redon", "geste": "creer"}
    assert porter.post("/projets/nouveau/", typed).status_code == 302
    projet = Projet.objects.get(created_by=people.stranger)
    assert [each.code for each in projet.structure.communes.all()] == ["35236"]


def test_a_situation_that_is_not_right_starts_a_blank_project(porter):
    page = opened(porter, "/projets/nouveau/?structure=msp&commune=35236&p-infirmier=beaucoup")
    assert "Votre orientation est reprise" not in page.one("main").text


def test_a_name_that_tells_a_patient_is_stopped_beside_its_field(porter, people):
    told = {"nom": "MSP de Mme Lefèvre, 84 ans", "structure": "ess", "specialite": "Suivi de Mme Lefèvre, 84 ans"}
    response = porter.post("/projets/nouveau/", {**fields(opened(porter)), **told})
    assert response.status_code == 422
    page = read(response.content.decode())
    for name in ("nom", "specialite"):
        field = page.one("input", name=name)
        assert (field.attrs["value"], field.attrs["aria-invalid"]) == (told[name], "true")
    assert page.text.count("Maillage ne recueille aucune donnée de patient") == 2
    assert not Projet.objects.filter(created_by=people.stranger).exists()
