"""A structure by the API: who reads its team, what a token writes, once."""

import json

import pytest
from django.test import Client
from tests import cast
from tests.api.callers import Caller, token_for
from tests.api.test_api_openapi import DOCUMENT
from tests.web.signing import sign_in

from maillage.apps.activity.models import Action, Meeting
from maillage.apps.connections.tokens import READ_STRUCTURE, WRITE_STRUCTURE
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import DirectoryChoice

pytestmark = pytest.mark.django_db
MEETING = {"sujet": "Staff", "nature": "staff", "jour": "2026-11-10", "heure": "12:30", "minutes": 60}


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def root(people):
    return f"/api/structures/{people.structure.pk}"


def caller(people, *scopes, person="porteuse"):
    return Caller(token_for(getattr(people, person), people.structure.organisation, *scopes))


def send(software, address, body, **headers):
    """A write of a software."""
    named = software._named(headers)
    return software._told(
        software.client.post(address, json.dumps(body), content_type="application/json", headers=named)
    )


def test_a_token_reads_the_team_with_its_addresses(people, root):
    status, told = caller(people, READ_STRUCTURE).get(f"{root}/membres")
    assert status == 200
    assert {each["nom"] for each in told["membres"]} == {each.nom for each in people.structure.members.all()}
    assert all(each["email"] is not None for each in told["membres"])


def test_a_member_reads_the_addresses_that_each_shows_to_the_team(people, root):
    shy = people.structure.members.order_by("pk").first()
    people.structure.members.update(email="membre@example.org")
    DirectoryChoice.objects.create(member=shy, show_email="personne", said_at=cast.NOW, said_by=people.porteuse)
    client = Client()
    sign_in(client, people.membre)
    told = {each["id"]: each["email"] for each in client.get(f"{root}/membres").json()["membres"]}
    assert told.pop(str(shy.pk)) == ""
    assert set(told.values()) == {"membre@example.org"}


def test_an_authority_reads_no_address(people, root):
    Projet.objects.update(state=Projet.State.PARTAGE)
    client = Client()
    sign_in(client, people.instructrice)
    told = client.get(f"{root}/membres").json()
    assert told["membres"]
    assert {each["email"] for each in told["membres"]} == {None}


def test_a_stranger_finds_no_structure(people, root):
    client = Client()
    client.force_login(people.stranger)
    assert client.get(root).status_code == 404
    assert client.get("/api/structures").json() == {"structures": []}


def test_a_token_of_the_dossiers_does_not_read_the_team(people, root):
    assert caller(people, "dossiers:lire").get(f"{root}/membres")[0] == 403


def test_a_token_that_reads_does_not_write(people, root):
    assert send(caller(people, READ_STRUCTURE), f"{root}/actions", {"intitule": "Chutes"})[0] == 403
    assert not Action.objects.exists()


def test_a_session_does_not_write(people, root):
    client = Client()
    client.force_login(people.porteuse)
    answered = client.post(f"{root}/actions", "{}", content_type="application/json")
    assert answered.status_code == 401


def test_a_meeting_comes_in_with_who_came_and_is_closed(people, root):
    member = people.structure.members.all()[0]
    body = {**MEETING, "presences": [{"membre": str(member.pk), "presence": "present"}], "clore": True}
    status, told = send(caller(people, WRITE_STRUCTURE), f"{root}/reunions", body)
    assert (status, told["etat"], told["presents"]) == (200, "close", 1)
    assert len(told["empreinte"]) == 64


def test_the_same_key_writes_once(people, root):
    software = caller(people, WRITE_STRUCTURE)
    first = send(software, f"{root}/reunions", MEETING, Idempotency_Key="un")
    assert send(software, f"{root}/reunions", MEETING, Idempotency_Key="un") == first
    assert Meeting.objects.filter(title="Staff").count() == 1


def test_nobody_present_is_a_conflict_and_nothing_is_written(people, root):
    before = Meeting.objects.count()
    status, told = send(caller(people, WRITE_STRUCTURE), f"{root}/reunions", {**MEETING, "clore": True})
    assert (status, "présent" in told["erreurs"][0]["message"]) == (409, True)
    assert Meeting.objects.count() == before


@pytest.mark.parametrize(
    ("where", "body", "field"),
    [
        ("reunions", {**MEETING, "jour": "demain"}, "jour"),
        ("reunions", {**MEETING, "nature": "licorne"}, "nature"),
        ("reunions", {"sujet": "Staff"}, "jour"),
        ("actions", {"intitule": ""}, "intitule"),
        ("actions", {"intitule": "Chutes", "budget": "beaucoup"}, "budget"),
        ("membres", {"nom": "Exemple", "metier": "licorne"}, "metier"),
        ("membres", {"nom": "Exemple", "metier": "infirmier", "entree_le": "hier"}, "entree_le"),
    ],
)
def test_bad_input_names_the_field_as_the_api_does(people, root, where, body, field):
    status, told = send(caller(people, WRITE_STRUCTURE), f"{root}/{where}", body)
    assert (status, field in [each["champ"] for each in told["erreurs"]]) == (422, True)


def test_a_member_comes_in_once(people, root):
    software, body = caller(people, WRITE_STRUCTURE), {"nom": "Nouvelle", "prenom": "Jeanne", "metier": "infirmier"}
    status, told = send(software, f"{root}/membres", body)
    assert (status, told["nom"]) == (200, "Nouvelle")
    assert send(software, f"{root}/membres", body)[0] == 422


def test_the_pages_of_the_meetings_are_told(people, root):
    software = caller(people)
    for rank in range(3):
        send(software, f"{root}/reunions", {**MEETING, "sujet": f"Réunion {rank}"})
    status, told = software.get(f"{root}/reunions?limite=2")
    assert (status, len(told["reunions"]), told["total"] >= 3) == (200, 2, True)


@pytest.mark.parametrize("where", ["membres", "reunions", "actions"])
def test_the_example_of_the_document_is_accepted(people, root, where):
    operation = DOCUMENT["paths"][f"/api/structures/{{structure}}/{where}"]["post"]
    example = operation["requestBody"]["content"]["application/json"]["schema"]["example"]
    assert send(caller(people, WRITE_STRUCTURE), f"{root}/{where}", example)[0] == 200
