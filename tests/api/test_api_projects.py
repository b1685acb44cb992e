"""The API of the projects: the session of the site is the way in, a stranger finds nothing, nobody is named."""

import json

import pytest
from tests import cast
from tests.web.signing import sign_in

from maillage.apps.projets.models import Projet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def ask(client, people):
    """Asks an address as one of the cast; gives the status and the answer."""

    def asked(who, address="/api/projets"):
        if who:
            sign_in(client, getattr(people, who))
        response = client.get(address)
        return response.status_code, json.loads(response.content)

    return asked


def test_who_is_not_signed_in_is_told_to(ask, people):
    for address in ("/api/projets", f"/api/projets/{people.projet.pk}"):
        status, told = ask("", address)
        assert status == 401
        assert told["erreurs"][0]["champ"] == "session"


def test_each_person_lists_the_projects_that_they_may_see(ask, people):
    assert [each["id"] for each in ask("membre")[1]["projets"]] == [str(people.projet.pk)]
    assert ask("stranger")[1]["projets"] == []
    assert ask("instructrice")[1]["projets"] == []
    Projet.objects.update(state="partage")
    assert [each["etat"] for each in ask("instructrice")[1]["projets"]] == ["partage"]


def test_a_project_is_told_without_naming_anybody(ask, people):
    status, told = ask("membre", f"/api/projets/{people.projet.pk}")
    assert status == 200
    assert told["structure"] == {"nature": "msp", "nom": "MSP de Redon", "region": "53", "communes": ["35236"]}
    assert told["equipe"] == {"infirmier": 1, "medecin_generaliste": 1}
    assert (told["signataires"], told["diagnostic"], told["peut_ecrire"]) == (2, None, False)
    assert "Exemple" not in json.dumps(told)


def test_a_stranger_finds_no_project(ask, people):
    for who in ("stranger", "instructrice"):
        assert ask(who, f"/api/projets/{people.projet.pk}")[0] == 404


def test_who_may_write_is_told_so(ask, people):
    assert ask("redactrice", f"/api/projets/{people.projet.pk}")[1]["peut_ecrire"] is True
