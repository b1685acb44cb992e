"""The completeness of a project by the API: for who may see it, never kept by a cache."""

import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests import cast, small_world
from tests.cast import Cast

from maillage.apps.projets.models import Projet
from maillage.apps.projets.sections_of import add_sections

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    small_world.create_territories()
    found = cast.create()
    add_sections(found.projet, day=cast.TODAY)
    return found


def ask(people: Cast, user: object = None, projet: object = None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(f"/api/projets/{projet or people.projet.pk}/completude")


def test_the_team_reads_every_check(people: Cast):
    answer = ask(people, people.membre)
    assert answer.status_code == 200
    told = answer.json()
    assert told["complet"] is False
    headings = [each for each in told["controles"] if each["code"].startswith("rubrique.")]
    assert (told["rubriques_pretes"], told["rubriques"]) == (0, len(headings))
    assert told["attendus"] == sum(each["requis"] for each in told["controles"] if each not in headings)
    heading = next(each for each in told["controles"] if each["code"] == "rubrique.msp.membres")
    assert heading["cible"] == "rubrique:msp.membres"
    assert answer["Cache-Control"] == "no-store"


def test_a_visitor_is_asked_to_sign_in(people: Cast):
    answer = ask(people)
    assert answer.status_code == 401
    assert "connectée" in answer.json()["erreurs"][0]["message"]


def test_a_stranger_finds_nothing_as_if_the_project_did_not_exist(people: Cast):
    hidden, absent = ask(people, people.stranger), ask(people, people.porteuse, uuid.uuid4())
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert set(hidden.json()) == set(absent.json()) == {"erreurs"}


def test_the_ars_reads_it_once_the_project_is_shared(people: Cast):
    Authenticator.objects.create(user=people.instructrice, type="totp", data={})
    assert ask(people, people.instructrice).status_code == 404
    people.projet.state = Projet.State.PARTAGE
    people.projet.save()
    assert ask(people, people.instructrice).status_code == 200


def test_a_parameter_that_nobody_reads_is_refused(people: Cast):
    client = Client()
    client.force_login(people.porteuse)
    assert client.get(f"/api/projets/{people.projet.pk}/completude?voir=manque").status_code == 422
