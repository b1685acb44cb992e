"""The public page of a structure: written, looked at, shown to everyone, taken away."""

import datetime

import pytest
from tests import cast, small_world
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.opening.models import Closure, Continuity, PublicPage
from maillage.apps.structures.models import DirectoryChoice, Member, OpeningHours, Site

pytestmark = pytest.mark.django_db
PAGE = {"slug": "msp-de-redon", "intro": "Une équipe de soins.", "when_closed": "Appelez le médecin de garde."}
ADDRESS = "/s/msp-de-redon/"
MONDAY = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """A Monday, half past ten in Redon."""
    monkeypatch.setattr("maillage.web.structures.public_page.reading.timezone.now", lambda: MONDAY)


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def site(people):
    found = Site.objects.create(structure=people.structure, nom="Cabinet", adresse="1 quai Duguay", commune="35236")
    for day in range(5):
        OpeningHours.objects.create(site=found, weekday=day, opens=datetime.time(9), closes=datetime.time(19))
    return found


@pytest.fixture
def ask(client, people):
    def opened(who, address="", sent=None):
        sign_in(client, getattr(people, who))
        where = f"/structures/{people.structure.pk}/page-publique/{address}"
        response = client.get(where) if sent is None else client.post(where, sent)
        return response, read(response.content.decode())

    return opened


@pytest.fixture
def everyone(client):
    """What anybody reads, without an account."""

    def opened(address=ADDRESS):
        client.logout()
        return client.get(address)

    return opened


def test_nobody_outside_reads_a_page_before_it_is_published(ask, everyone, site):
    assert ask("redactrice", sent=PAGE)[0].status_code == 302
    assert everyone().status_code == 404
    preview = ask("membre", "apercu/")[1]
    assert "Aperçu" in preview.one("main").text
    assert preview.one("meta", name="robots").attrs["content"] == "noindex"
    ask("coordinatrice", "publier/", {})
    assert everyone().status_code == 200
    ask("coordinatrice", "retirer/", {})
    assert everyone().status_code == 404
    assert PublicPage.objects.get().intro == PAGE["intro"]


def test_everyone_reads_whether_a_place_is_open_and_what_to_do_when_it_is_not(ask, everyone, site):
    Continuity.objects.create(site=site, phone="02 99 00 00 00", accessibility="De plain-pied.")
    noted = {"since": datetime.date(2026, 12, 24), "until": datetime.date(2026, 12, 31), "note": "Voir l’antenne."}
    Closure.objects.create(site=site, **noted)
    ask("redactrice", sent=PAGE)
    ask("coordinatrice", "publier/", {})
    answer = everyone()
    page = read(answer.content.decode())
    words = page.one("main").text
    assert "Ouvert, ferme à 19 h" in words
    assert "1 quai Duguay, Redon" in words
    assert "Fermé du 24 décembre 2026 au 31 décembre 2026" in words
    assert "Voir l’antenne." in words
    assert "Appelez le médecin de garde." in words
    assert page.one("a", href="tel:0299000000")
    assert page.one("h1").text == "MSP de Redon"
    assert len(answer.content) < 20_000


def test_only_who_agreed_is_named(ask, everyone, people, site):
    ask("redactrice", sent=PAGE)
    ask("coordinatrice", "publier/", {})
    assert "Membre Exemple" not in everyone().content.decode()
    member = Member.objects.get(user=people.membre)
    DirectoryChoice.objects.create(member=member, show_name="public", said_at=cast.NOW, said_by=people.membre)
    assert "Membre Exemple" in everyone().content.decode()


def test_who_does_not_run_the_structure_does_not_publish(ask, site):
    ask("redactrice", sent=PAGE)
    assert ask("redactrice", "publier/", {})[0].status_code == 403
    assert ask("membre", sent=PAGE)[0].status_code == 403
    assert ask("instructrice")[0].status_code == 404


def test_a_page_without_a_place_is_not_published(ask, everyone):
    ask("redactrice", sent=PAGE)
    ask("coordinatrice", "publier/", {})
    assert "Ajoutez d’abord un lieu" in ask("coordinatrice")[1].one("main").text
    assert everyone().status_code == 404


@pytest.mark.parametrize("slug", ["", "MSP de Redon !", "-redon", "é"])
def test_an_address_that_makes_no_sense_keeps_what_was_typed(ask, slug):
    response, page = ask("redactrice", sent={**PAGE, "slug": slug})
    assert response.status_code == 422
    assert page.one(id="champ-slug-erreur").text
    assert page.one(id="champ-intro").text == PAGE["intro"]


def test_two_structures_have_two_addresses(ask, people):
    other = type(people.structure).objects.exclude(pk=people.structure.pk).first()
    if other is None:
        organisation = people.structure.organisation
        organisation.pk = None
        organisation.save()
        other = type(people.structure).objects.create(
            organisation=organisation, kind="msp", nom="Autre", region="53", created_at=cast.NOW
        )
    PublicPage.objects.create(structure=other, slug="msp-de-redon")
    assert ask("redactrice")[1].one(id="champ-slug").attrs["value"] == "msp-de-redon-2"
    response, page = ask("redactrice", sent=PAGE)
    assert response.status_code == 422
    assert "une structure a déjà celle-ci" in page.one(id="champ-slug-erreur").text


def test_the_page_of_a_closed_structure_does_not_exist(ask, everyone, people, site):
    ask("redactrice", sent=PAGE)
    ask("coordinatrice", "publier/", {})
    organisation = people.structure.organisation
    organisation.closed_at = cast.NOW
    organisation.save()
    assert everyone().status_code == 404


def test_search_engines_find_the_published_pages_alone_and_read_their_hours(ask, everyone, site):
    OpeningHours.objects.create(site=site, weekday=5, opens=datetime.time(9), closes=datetime.time(12))
    OpeningHours.objects.create(site=site, weekday=5, opens=datetime.time(14), closes=datetime.time(17, 30))
    Continuity.objects.create(site=site, phone="02 99 00 00 00")
    ask("redactrice", sent=PAGE)
    assert ADDRESS not in everyone("/sitemap.xml").content.decode()
    ask("coordinatrice", "publier/", {})
    assert everyone("/sitemap.xml").content.decode().count(ADDRESS) == 1
    page = read(everyone().content.decode())
    place = page.one(itemtype="https://schema.org/MedicalClinic")
    hours = [each.attrs["content"] for each in place.all("meta", itemprop="openingHours")]
    assert hours[:5] == [f"{day} 09:00-19:00" for day in ("Mo", "Tu", "We", "Th", "Fr")]
    assert hours[5:] == ["Sa 09:00-12:00", "Sa 14:00-17:30"]
    assert place.one("a", href="tel:0299000000").text == "Appeler le 02 99 00 00 00"
    names = ("telephone", "streetAddress", "addressLocality")
    told = [place.one(itemprop=name).attrs["content"] for name in names]
    assert told == ["02 99 00 00 00", "1 quai Duguay", "Redon"]
    ask("coordinatrice", "retirer/", {})
    assert ADDRESS not in everyone("/sitemap.xml").content.decode()
