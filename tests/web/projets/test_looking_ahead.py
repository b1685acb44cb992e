"""A browser that looks ahead (HEAD, a page fetched in advance) does not take a section in the name of its person."""

import pytest
from tests import text_world
from tests.web.reading import read as page_of

from maillage.apps.common.models import Event
from maillage.apps.projets.models import Section

pytestmark = pytest.mark.django_db
AHEAD = [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]


@pytest.fixture
def people():
    return text_world.create()


@pytest.fixture
def address(client, people):
    client.force_login(people.porteuse)
    return f"/projets/{people.projet.pk}/document/{text_world.CODE}/"


def holder():
    return Section.objects.get(code=text_world.CODE).locked_by


def told():
    return Event.objects.filter(verb="prendre").count()


def test_the_headers_alone_take_nothing(client, address):
    assert client.head(address).status_code == 200
    assert (holder(), told()) == (None, 0)


@pytest.mark.parametrize("headers", AHEAD)
def test_a_page_fetched_in_advance_takes_nothing_and_offers_to_write(client, people, address, headers):
    page = page_of(client.get(address, headers=headers).content.decode())
    assert (holder(), told()) == (None, 0)
    assert page.all("textarea", id="texte") == []
    form = next(form for form in page.all("form") if form.attrs.get("action") == f"{address}prendre/")
    assert "Écrire dans cette rubrique" in form.text
    written = client.post(form.attrs["action"], follow=True)
    assert page_of(written.content.decode()).all("textarea", id="texte")
    assert (holder(), told()) == (people.porteuse, 1)


def test_a_person_who_opens_the_section_takes_it(client, people, address):
    assert page_of(client.get(address).content.decode()).all("textarea", id="texte")
    assert (holder(), told()) == (people.porteuse, 1)


def test_who_may_only_read_is_offered_no_button(client, people, address):
    client.force_login(people.membre)
    assert "Écrire dans cette rubrique" not in client.get(address, headers=AHEAD[0]).content.decode()
