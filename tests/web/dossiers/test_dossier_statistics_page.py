"""« Statistiques » of who reviews: what was filed, small groups kept silent, bad dates told."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests import cast, small_world
from tests.dossiers import cpts, filed

pytestmark = pytest.mark.django_db
PAGE = "/dossiers/statistiques/?depuis=2026-01-01&jusqu_au=2026-12-31"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def signed_in(user):
    """A browser of this person, with the second factor that an authority needs."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
    client = Client()
    client.force_login(user)
    return client


def test_it_counts_what_was_filed_and_tells_no_delay_of_a_small_group(people):
    filed(cpts(people))
    page = signed_in(people.instructrice).get(PAGE).content.decode()
    assert "Projet de santé d’une CPTS" in page
    assert "pas de délai montré" in page


def test_it_says_so_when_nothing_was_filed(people):
    filed(cpts(people), day=datetime.date(2020, 1, 1))
    assert "Aucun dossier sur cette période" in signed_in(people.instructrice).get(PAGE).content.decode()


def test_a_bad_date_is_told_beside_its_field_and_kept(people):
    page = signed_in(people.instructrice).get("/dossiers/statistiques/?depuis=hier").content.decode()
    assert "pas une date. Attendu" in page
    assert 'value="hier"' in page


def test_the_table_goes_out_as_csv(people):
    filed(cpts(people))
    answer = signed_in(people.instructrice).get(f"{PAGE}&export=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Projet de santé d'une CPTS" in answer.content.decode("utf-8-sig")


def test_who_files_does_not_find_it(people):
    client = Client()
    client.force_login(people.porteuse)
    assert client.get(PAGE).status_code == 404


def test_each_figure_opens_the_list_behind_it(people):
    filed(cpts(people))
    client = signed_in(people.instructrice)
    page = client.get(PAGE).content.decode()
    behind = "/dossiers/?nature=projet_sante_cpts&depuis=2026-01-01&jusqu_au=2026-12-31"
    assert behind in page.replace("&amp;", "&")
    assert "PSC-53-2026-0001" in client.get(behind).content.decode()
    earlier = client.get("/dossiers/?jusqu_au=2026-01-01").content.decode()
    assert "Aucun dossier ne répond" in earlier
    assert "par exemple 31/12/2026" in client.get("/dossiers/?depuis=hier").content.decode()
