"""The page of an invitation: from the link of the e-mail to the project, and no further for anyone else."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from tests import cast
from tests.cast import PASSWORD
from tests.web.reading import read

from maillage.apps.accounts import invitations
from maillage.apps.accounts.models import Role, User
from maillage.apps.structures.models import Member

pytestmark = pytest.mark.django_db
CLAIRE = "claire@example.org"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def link(people, mailoutbox, django_capture_on_commit_callbacks):
    """The address that Claire received."""
    Member.objects.create(
        structure=people.structure, nom="Morel", email=CLAIRE, metier="infirmier", joined_on=cast.TODAY
    )
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite(
            organisation=people.structure.organisation,
            email=CLAIRE,
            name="membre",
            link="/invitations/{}/".format,
            by=people.porteuse,
            at=timezone.now(),
        )
    return re.search(r"/invitations/[\w-]+/", mailoutbox.pop().body)[0]


def main_of(response, status=200):
    assert response.status_code == status
    return read(response.content.decode()).one("main")


def test_a_visitor_reads_who_invites_to_what_but_not_the_whole_address(client, link):
    page = main_of(client.get(link))
    assert page.one("h1").text == "Rejoindre MSP de Redon"
    assert "Porteuse Exemple vous invite" in page.text
    assert "c…e@example.org" in page.text
    assert CLAIRE not in page.text
    assert page.all("form") == []


def test_claire_signs_up_from_the_link_and_sees_the_project(client, link, people, mailoutbox):
    signup = main_of(client.get(link)).one("a", word="Créer mon compte").attrs["href"]
    form = main_of(client.get(signup)).one("form", method="post")
    given = {field.attrs["name"]: field.attrs.get("value", "") for field in form.all("input", name=True)}
    assert given["email"] == CLAIRE
    answer = client.post(signup, {**given, "nom": "Morel", "prenom": "Claire", "password1": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, link)
    accept = main_of(client.get(link)).one("button", word="Accepter")
    accept_form = next(each for each in accept.above if each.tag == "form")
    page = main_of(client.post(accept_form.attrs["action"], follow=True))
    assert "Projet de santé de la MSP de Redon" in page.text
    claire = User.objects.get(email=CLAIRE)
    assert Member.objects.get(nom="Morel").user == claire
    assert client.get(f"/projets/{people.projet.pk}/").status_code == 200


def test_an_invitation_waits_on_the_dashboard_of_a_verified_address(client, link, people):
    claire = cast.person("claire")
    EmailAddress.objects.create(user=claire, email=CLAIRE, verified=True)
    client.force_login(claire)
    page = main_of(client.get("/tableau-de-bord/"))
    assert "Une invitation vous attend" in page.text
    refuse = next(each for each in page.one("button", word="Refuser").above if each.tag == "form")
    page = main_of(client.post(refuse.attrs["action"], follow=True))
    assert "Une invitation vous attend" not in page.text
    assert not Role.objects.filter(user=claire).exists()
    assert "a été refusée" in main_of(client.get(link), 410).text


def test_another_account_is_told_and_answers_nothing(client, link, people):
    client.force_login(people.stranger)
    page = main_of(client.get(link))
    assert "une autre adresse que celle de votre compte" in page.text
    assert page.all("button", word="Accepter") == []
    made = people.structure.organisation.invitations.get()
    assert client.post(f"/invitations/{made.pk}/accepter/").status_code == 403
    client.logout()
    client.force_login(people.stranger)
    assert client.post(f"/invitations/{made.pk}/accepter/").status_code == 404


@pytest.mark.parametrize("how", ["retirée", "n'est plus valable", "acceptée"])
def test_a_link_that_no_longer_opens_says_why(client, link, people, how):
    made = people.structure.organisation.invitations.get()
    now = timezone.now()
    if how == "retirée":
        invitations.revoke(invitation=made, by=people.porteuse, at=now)
    elif how == "acceptée":
        invitations.accept(invitation=made, by=cast.person("claire"), at=now)
    else:
        made.created_at, made.expires_at = now - datetime.timedelta(days=20), now - datetime.timedelta(days=6)
        made.save()
    page = main_of(client.get(link), 410)
    assert how in page.text
    assert page.all("form") == []


def test_a_link_that_never_was_says_what_to_look_for(client):
    assert "un lien plus récent" in main_of(client.get("/invitations/inconnu/"), 404).text
