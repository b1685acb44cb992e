"""« Mes projets »: each person finds their own, filtered and sorted by the address; who has none is told what to do."""

import pytest
from tests import cast
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def listed(client, people):
    """The titles listed for one of the cast."""

    def titles(name, query=""):
        sign_in(client, getattr(people, name))
        page = read(client.get(f"/projets/{query}").content.decode())
        return [cell.text for cell in page.all("th", scope="row")]

    return titles


@pytest.fixture
def second(people):
    """A second project of the same team: an ESP, archived."""
    structure = Structure.objects.create(
        organisation=cast.Organisation.objects.create(kind="structure", nom="ESP", region="53", created_at=cast.NOW),
        kind="esp", nom="ESP d'Allaire", region="53", created_at=cast.NOW,
    )  # fmt: skip
    cast.give(people.porteuse, structure.organisation, cast.Role.Name.PORTEUR)
    return Projet.objects.create(
        structure=structure, title="Autre projet", starts_on=cast.TODAY, created_at=cast.NOW,
        created_by=people.porteuse, state="archive",
    )  # fmt: skip


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/projets/").url.endswith("?next=/projets/")


def test_each_person_finds_their_projects(listed):
    for name in ("porteuse", "membre", "accompagnatrice"):
        assert listed(name) == ["Projet de santé de la MSP de Redon"]
    for name in ("instructrice", "agent_cpam", "stranger"):
        assert listed(name) == []


def test_a_shared_project_is_listed_for_the_authorities(listed):
    Projet.objects.update(state="partage")
    assert listed("instructrice") == listed("agent_cpam") == ["Projet de santé de la MSP de Redon"]
    assert listed("stranger") == []


@pytest.mark.usefixtures("second")
def test_the_address_filters_and_sorts(listed):
    assert listed("porteuse") == ["Projet de santé de la MSP de Redon"]
    assert listed("porteuse", "?etat=archive") == ["Autre projet"]
    assert listed("porteuse", "?etat=tous&tri=titre") == ["Autre projet", "Projet de santé de la MSP de Redon"]
    assert listed("porteuse", "?etat=tous&tri=titre&sens=desc")[1] == "Autre projet"
    assert listed("porteuse", "?etat=tous&structure=esp") == ["Autre projet"]
    assert listed("porteuse", "?etat=tous&q=allaire") == ["Autre projet"]
    assert listed("porteuse", "?etat=tous&region=11") == []


@pytest.mark.usefixtures("second")
def test_what_is_shown_is_exported(client, people):
    client.force_login(people.porteuse)
    rows = client.get("/projets/?etat=archive&export=csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("Autre projet;ESP d'Allaire;équipe de soins primaires (ESP);")
    assert rows[1].endswith(";archivé;2026-11-22")
    assert len(rows) == 2
    assert client.get("/projets/?export=xlsx").content.startswith(b"PK")


def test_who_has_no_project_is_told_what_to_do_first(client, people):
    client.force_login(people.stranger)
    page = read(client.get("/projets/").content.decode())
    assert "Par où commencer ?" in page.one("main").text
    assert {"/orientation/", "/projets/nouveau/"} <= {link.attrs["href"] for link in page.one("main").all("a")}
