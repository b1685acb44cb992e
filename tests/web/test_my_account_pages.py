"""« Mon compte »: the name, the roles, everything that is kept, the end of the account."""

import io
import json
import zipfile

import pytest
from tests import cast
from tests.cast import NOW, PASSWORD
from tests.web.reading import read

from maillage.apps.accounts.models import Role, User

pytestmark = pytest.mark.django_db
HOME = "/mon-compte/"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def membre(client, people):
    client.force_login(people.membre)
    return people.membre


def main_of(response, status=200):
    assert response.status_code == status
    return read(response.content.decode()).one("main")


def test_the_account_shows_the_name_and_the_roles_with_their_days(client, membre):
    page = main_of(client.get(HOME))
    assert page.one("input", name="nom").attrs["value"] == "Exemple"
    assert "Membre, depuis le 22 novembre 2026" in " ".join(page.text.split())
    assert page.one("a", href=f"/organisations/{membre.roles.get().organisation_id}/quitter/")


def test_the_name_is_changed_and_an_empty_one_is_refused(client, membre):
    client.post(HOME, {"prenom": "Zoé", "nom": "Le Goff"})
    membre.refresh_from_db()
    assert membre.full_name == "Zoé Le Goff"
    assert "Écrivez votre nom" in main_of(client.post(HOME, {"prenom": "Zoé", "nom": ""}), 422).text


def test_a_day_of_birth_is_not_a_name(client, membre):
    told = "Lefèvre, née le 12/03/1948"
    page = main_of(client.post(HOME, {"prenom": "Anne", "nom": told}), 422)
    assert page.one("input", name="nom").attrs["value"] == told
    assert "Une date de naissance est donnée" in page.text
    assert "Il faut" not in page.text


def test_all_that_is_kept_is_shown_and_taken_away(client, membre):
    assert "membre@example.org" in main_of(client.get(f"{HOME}mes-donnees/")).text
    told = json.loads(client.get(f"{HOME}mes-donnees.json").content)
    assert told["compte"]["adresse électronique"] == "membre@example.org"
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{HOME}mes-donnees.zip").content))
    assert {"LISEZMOI.txt", "mes-donnees.json", "compte.csv"} <= set(archive.namelist())
    assert "MSP de Redon" in archive.read("roles-user.csv").decode("utf-8-sig")
    assert client.get(f"{HOME}mes-donnees.pdf").status_code == 404


def test_closing_says_what_goes_and_what_stays_and_asks_for_the_password_again(client, membre):
    page = main_of(client.get(f"{HOME}fermer/"))
    assert "Ce qui reste, et pourquoi" in page.text
    answer = client.post(f"{HOME}fermer/", {"compris": "oui"})
    assert answer["Location"].startswith("/comptes/reauthenticate/")
    membre.refresh_from_db()
    assert membre.is_active


def test_the_account_is_closed_once_it_is_understood(client, membre, people, mailoutbox):
    again = client.post(f"{HOME}fermer/")["Location"]
    assert "Cochez la case" in main_of(client.post(again, {"password": PASSWORD}), 422).text
    page = main_of(client.post(f"{HOME}fermer/", {"compris": "oui"}, follow=True))
    assert "Votre compte est fermé" in page.text
    assert User.objects.get(pk=membre.pk).forgotten_at is not None
    assert client.get(HOME).status_code == 302
    assert mailoutbox[-1].to == ["membre@example.org"]


def test_who_is_needed_is_told_what_to_do_first(client, people):
    Role.objects.filter(user=people.coordinatrice).update(until=NOW)
    client.force_login(people.porteuse)
    page = main_of(client.get(f"{HOME}fermer/"))
    assert "une autre personne pour gérer « MSP de Redon »" in page.one(role="alert").text
    assert page.all("form") == []
    assert "nommez quelqu’un avant de partir" in main_of(client.get(HOME)).text


def test_roles_that_ended_are_still_told(client, membre):
    Role.objects.filter(user=membre).update(until=NOW)
    page = main_of(client.get(HOME))
    assert "Vous n’avez aucun rôle en ce moment" in page.text
    assert "Mes rôles passés" in page.text
