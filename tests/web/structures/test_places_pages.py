"""The places of a structure, their hours, when they close, and what the agreement counts of it."""

import pytest
from tests import cast, small_world
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.structures.hours import write_day
from maillage.apps.structures.models import Site
from maillage.apps.structures.sites import week_of

pytestmark = pytest.mark.django_db
SITE = {"nom": "Cabinet de la gare", "commune": "Redon", "jour-0": "8h30-12h30, 14h-19h"}


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def ask(client, people):
    """Asks a page of the structure as one of the cast; gives the answer and its tree."""

    def opened(who, address, sent=None):
        sign_in(client, getattr(people, who))
        where = f"/structures/{people.structure.pk}/{address}"
        response = client.get(where) if sent is None else client.post(where, sent)
        return response, read(response.content.decode())

    return opened


def test_the_old_address_of_the_places_leads_to_the_new_one(client, people):
    sign_in(client, people.membre)
    answer = client.get(f"/projets/{people.projet.pk}/sites/ajouter/")
    assert answer["Location"] == f"/structures/{people.structure.pk}/lieux/ajouter/"


def test_a_site_is_added_changed_and_removed(ask):
    assert ask("redactrice", "lieux/ajouter/", SITE)[0].status_code == 302
    site = Site.objects.get()
    assert (site.commune, write_day(week_of(site)[0])) == ("35236", "8h30-12h30, 14h-19h")
    shown = ask("membre", "lieux/")[1].one("main").text
    assert "Ouvert par semaine 8 h 30" not in shown
    assert "9 h" in shown
    ask("redactrice", f"lieux/{site.pk}/", {**SITE, "jour-0": "", "jour-5": "9h-12h"})
    assert list(week_of(site)) == [5]
    ask("redactrice", f"lieux/{site.pk}/retirer/", {})
    assert not Site.objects.exists()


def test_the_hours_of_a_day_are_copied_without_saving(ask):
    _response, page = ask("porteuse", "lieux/ajouter/", {**SITE, "copier": "0"})
    assert [page.one(id=f"jour-{day}").attrs["value"] for day in (0, 4, 5)] == [SITE["jour-0"], SITE["jour-0"], ""]
    assert not Site.objects.exists()


def test_a_site_that_makes_no_sense_keeps_what_was_typed(ask):
    response, page = ask("porteuse", "lieux/ajouter/", {"nom": "", "commune": "", "jour-0": "8h-12h, 11h-14h"})
    assert response.status_code == 422
    for name in ("nom", "commune", "jour-0"):
        assert page.one(id=f"{name}-erreur").text
    assert "ne se recouvrent pas" in page.one(id="jour-0-erreur").text
    assert page.one(id="jour-0").attrs["value"] == "8h-12h, 11h-14h"
