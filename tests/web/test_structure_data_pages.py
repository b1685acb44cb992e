"""« Importer, exporter »: the lists that come in, the structure that leaves."""

import io
import zipfile

import pytest
from tests import cast
from tests.answers import read_to_the_end

from maillage.apps.activity.models import Action, Meeting
from maillage.apps.common.models import Event

pytestmark = pytest.mark.django_db
LIST = "Sujet;Date;Heure;Durée;Présents\nStaff;10/11/2026;12:30;60;Membre Exemple"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def root(client, people):
    client.force_login(people.porteuse)
    return f"/structures/{people.structure.pk}/donnees/"


def test_a_list_is_checked_first_then_written(client, root):
    checked = client.post(f"{root}reunions/", {"texte": LIST, "geste": "verifier"})
    assert "Écrire 1 réunion<" in checked.content.decode().replace("\xa0", " ")
    assert not Meeting.objects.filter(title="Staff").exists()
    written = client.post(f"{root}reunions/", {"texte": LIST, "geste": "ecrire", "clore": "on"})
    assert written.status_code == 302
    assert Meeting.objects.get(title="Staff").state == "close"


def test_a_list_sent_again_says_that_it_is_there(client, root):
    for _time in range(2):
        answered = client.post(f"{root}reunions/", {"texte": LIST, "geste": "ecrire"})
    assert "déjà là" in answered.content.decode()
    assert Meeting.objects.filter(title="Staff").count() == 1


def test_a_wrong_line_keeps_what_was_pasted(client, root):
    answered = client.post(f"{root}reunions/", {"texte": LIST.replace("12:30", "midi"), "geste": "ecrire"})
    assert answered.status_code == 422
    assert "midi" in answered.content.decode()
    assert not Meeting.objects.filter(title="Staff").exists()


def test_the_model_of_a_list_is_read_back(client, root):
    model = client.get(f"{root}actions/modele.csv")
    lines = model.content.decode("utf-8-sig").splitlines()
    answered = client.post(f"{root}actions/", {"texte": "\n".join(lines), "geste": "verifier"})
    assert "un membre de l’équipe" in answered.content.decode()
    assert not Action.objects.exists()


@pytest.mark.parametrize("name", ["reunions/modele.csv", "reunions/modele.xlsx", "actions/"])
def test_each_page_of_a_list_opens(client, root, name):
    assert client.get(root + name).status_code == 200


def test_an_unknown_list_is_not_found(client, root):
    assert client.get(f"{root}licornes/").status_code == 404
    assert client.get(f"{root}actions/modele.exe").status_code == 404


def test_the_structure_leaves_in_a_zip_and_the_log_says_it(client, root, people):
    answered = client.get(f"{root}structure.zip")
    with zipfile.ZipFile(io.BytesIO(read_to_the_end(answered))) as archive:
        assert "a-lire/structures.member.csv" in archive.namelist()
    assert Event.objects.filter(verb="exporter", subject_id=str(people.structure.pk)).count() == 1


def test_who_only_reads_is_told_what_they_may_not_do(client, people):
    client.force_login(people.membre)
    page = client.get(f"/structures/{people.structure.pk}/donnees/").content.decode()
    assert "structure.zip" not in page
    assert "Il faut pouvoir écrire" in page.replace("\xa0", " ")


def test_the_context_follows_the_structure_that_is_open(client, people):
    other = cast.Organisation.objects.create(kind="structure", nom="Autre CPTS", region="53", created_at=cast.NOW)
    cast.give(people.porteuse, other, cast.Role.Name.COORDINATEUR)
    there = cast.Structure.objects.create(organisation=other, kind="cpts", nom="A", region="53", created_at=cast.NOW)
    client.force_login(people.porteuse)
    for structure, name in (
        (people.structure, "MSP de Redon"),
        (there, "Autre CPTS"),
        (people.structure, "MSP de Redon"),
    ):
        page = client.get(f"/structures/{structure.pk}/donnees/").content.decode()
        assert f"Vous agissez pour : <strong>{name}</strong>" in page.replace("\xa0", " ")
    client.get(f"/structures/{there.pk}/donnees/")
    page = client.get(f"/projets/{people.projet.pk}/").content.decode()
    assert "<strong>MSP de Redon</strong>" in page
