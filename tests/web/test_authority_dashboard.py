"""The first page of an ARS: who cannot read the shared projects yet is told why, and what to do."""

import pytest
from tests import cast
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.accounts.models import Organisation, Role

pytestmark = pytest.mark.django_db
NOT_YET = "Votre rôle ne permet pas encore de lire les projets"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def dashboard(client, people):
    """The dashboard of the stranger, given these roles in the ARS."""

    def seen(*names, kind="ars"):
        organisation = Organisation.objects.get(kind=kind)
        for name in names:
            cast.give(people.stranger, organisation, name)
        return read(sign_in(client, people.stranger).get("/tableau-de-bord/").content.decode())

    return seen


@pytest.mark.parametrize("kind", ["ars", "cpam"])
def test_who_only_administers_is_led_to_the_role_that_reads(dashboard, people, kind):
    page = dashboard(Role.Name.ADMINISTRATEUR, kind=kind)
    assert NOT_YET in page.one("main").text
    assert "Aucun projet ne vous est partagé" not in page.one("main").text
    held = Role.objects.get(user=people.stranger)
    address = f"/organisations/{held.organisation_id}/roles/{held.pk}/#ajouter"
    (link,) = [each for each in page.all("a") if each.text == "Me donner le rôle d’instructeur"]
    assert link.attrs["href"] == address


def test_who_administers_nothing_is_told_whom_to_ask(dashboard):
    page = dashboard(Role.Name.DECIDEUR)
    assert "Demandez ce rôle à qui administre" in page.one("main").text
    assert not [each for each in page.all("a") if each.text.startswith("Me donner")]


def test_who_reads_the_projects_is_not_told_so(dashboard):
    page = dashboard(Role.Name.ADMINISTRATEUR, Role.Name.INSTRUCTEUR)
    assert NOT_YET not in page.one("main").text
