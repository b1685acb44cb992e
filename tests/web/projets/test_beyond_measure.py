"""Numbers of thousands of digits, JSON that goes down for ever: refused in words, never a failure."""

import pytest
from django.urls import reverse
from tests import cast, text_world

from maillage.apps.projets import sections, versions
from maillage.apps.projets.models import Section
from maillage.apps.structures.models import Member
from maillage.core.text import from_markdown
from maillage.web import typed

pytestmark = pytest.mark.django_db
DIGITS = "9" * 5_000
DEEP = "[" * 200_000


@pytest.fixture
def people():
    return text_world.create()


@pytest.fixture
def address(client, people):
    client.force_login(people.porteuse)
    return lambda name, **parts: reverse(f"web:{name}", kwargs={"projet": people.projet.pk, **parts})


@pytest.mark.parametrize("path", ["enregistrer", "masquer"])
def test_json_that_goes_down_for_ever_is_refused(client, people, address, path):
    where = f"{address('projet_document')}{text_world.CODE}/{path}/"
    response = client.post(where, DEEP, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["etat"] == "refuse"


def test_a_version_beyond_measure_is_not_found(client, people, address):
    versions.name_version(people.projet, name="Relecture", by=people.porteuse, at=cast.NOW)
    assert client.get(address("projet_versions_comparer", numero=1), {"avec": DIGITS}).status_code == 404


def test_a_revision_is_compared_with_the_one_before_when_the_other_is_beyond_measure(client, people, address):
    section = Section.objects.get(code=text_world.CODE)
    sections.save(section, body=from_markdown("Un."), base=0, by=people.porteuse, at=cast.NOW)
    where = f"{address('projet_document')}{text_world.CODE}/historique/1/"
    assert client.get(where, {"depuis": DIGITS}).status_code == 200


def test_a_site_beyond_measure_is_refused_beside_its_field(client, people, address):
    before = Member.objects.count()
    sent = {"nom": "Lebrun", "metier": "infirmier", "site": DIGITS}
    response = client.post(f"/structures/{people.structure.pk}/equipe/ajouter/", sent)
    assert response.status_code == 422
    assert "un site de la structure" in str(response.context["refus"]["site"])
    assert Member.objects.count() == before


def test_thousands_beyond_measure_are_kept_as_typed():
    assert typed.count("6.000") == 6_000
    assert typed.count("1" + ".000" * 2_000) == "1" + ".000" * 2_000
