"""The places of a structure, their hours, when they close, and what the agreement counts of it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast, small_world
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.opening.models import Closure, Continuity
from maillage.apps.structures.hours import write_day
from maillage.apps.structures.models import OpeningHours, Site
from maillage.apps.structures.sites import week_of

pytestmark = pytest.mark.django_db
SITE = {"nom": "Cabinet de la gare", "commune": "Redon", "jour-0": "8h30-12h30, 14h-19h"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_of: cast.TODAY)


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


@pytest.fixture
def site(people):
    found = Site.objects.create(structure=people.structure, nom="Cabinet de la gare", commune="35236")
    for day in range(6):
        hours = {"opens": datetime.time(9), "closes": datetime.time(12 if day == 5 else 19)}
        OpeningHours.objects.create(site=found, weekday=day, **hours)
    return found


def shown(page):
    return page.one("main").text


def test_what_is_not_told_is_asked_for_and_never_counted(ask, site):
    words = shown(ask("membre", "lieux/")[1])
    assert "il reste à dire : l’organisation des soins non programmés" in words
    assert "740" not in words


def test_the_points_of_the_agreement_are_explained_with_what_would_gain_more(ask, site):
    assert ask("redactrice", f"lieux/{site.pk}/continuite/", {"unscheduled": "oui"})[0].status_code == 302
    words = shown(ask("membre", "lieux/")[1])
    assert "740 points, 5 180 €" in words
    assert "Ouvrir 12 heures par jour du lundi au vendredi : + 60 points" in words
    assert "ouverture de moins de 12 heures" in words


def test_a_structure_of_another_kind_has_no_points_of_the_msp(ask, people, site):
    type(people.structure).objects.filter(pk=people.structure.pk).update(kind="cpts")
    assert "ACI" not in shown(ask("membre", "lieux/")[1])


def test_a_closure_is_noted_for_several_places_removed_and_put_back(ask, people, site):
    other = Site.objects.create(structure=people.structure, nom="Antenne", commune="35236")
    form = ask("redactrice", "lieux/fermer/")[1]
    assert [each.attrs["value"] for each in form.all("input", name="sites") if "checked" in each.attrs] == [
        str(site.pk),
        str(other.pk),
    ]
    sent = {"sites": [site.pk, other.pk], "since": "2026-12-24", "until": "2026-12-31", "kind": "conges"}
    ask("redactrice", "lieux/fermer/", sent)
    assert Closure.objects.count() == 2
    refused, page = ask("redactrice", "lieux/fermer/", sent)
    assert refused.status_code == 422
    assert "est déjà fermé (24/12/2026 – 31/12/2026)" in page.one(id="champ-since-erreur").text
    row = Closure.objects.get(site=site)
    ask("redactrice", f"lieux/fermetures/{row.pk}/retirer/", {})
    assert not Closure.objects.filter(site=site).exists()
    key = ask("redactrice", "lieux/")[1].one("input", name="cle").attrs["value"]
    ask("redactrice", "lieux/fermetures/retablir/", {"cle": key})
    assert Closure.objects.get(site=site).until == datetime.date(2026, 12, 31)


def test_a_closure_that_ends_before_it_starts_keeps_what_was_typed(ask, site):
    sent = {"sites": [site.pk], "since": "2026-12-24", "until": "2026-12-01", "kind": "conges", "note": "Fêtes"}
    response, page = ask("redactrice", "lieux/fermer/", sent)
    assert response.status_code == 422
    assert page.one(id="champ-until-erreur").text
    assert page.one(id="champ-note").attrs["value"] == "Fêtes"
    assert not Closure.objects.exists()


def test_a_closure_counts_once_the_school_holidays_are_told(ask, site):
    ask("redactrice", f"lieux/{site.pk}/continuite/", {"unscheduled": "oui"})
    sent = {"sites": [site.pk], "since": "2026-08-03", "until": "2026-08-16", "kind": "conges"}
    ask("redactrice", "lieux/fermer/", sent)
    assert "périodes de vacances scolaires" in shown(ask("membre", "lieux/?annee=2026")[1])
    ask("redactrice", "lieux/vacances/", {"periodes": "Été ; 04/07/2026 ; 31/08/2026"})
    words = shown(ask("membre", "lieux/?annee=2026")[1])
    assert "720 points" in words
    assert "14 jours fermés, dont 14 pendant les vacances scolaires et 0 en dehors" in words


def test_the_lines_of_holidays_that_are_not_read_are_told_and_nothing_is_saved(ask, people):
    response, page = ask("redactrice", "lieux/vacances/", {"periodes": "Été ; 04/07/2026 ; 31/08/2026\nNoël"})
    assert response.status_code == 422
    assert "Ligne 2, « Noël »" in shown(page)
    assert page.one(id="periodes").text.startswith("Été")
    assert not people.structure.school_holidays.exists()


def test_a_calendar_file_becomes_lines_to_read_again(ask, people):
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261017\r\nDTEND;VALUE=DATE:20261102\r\nSUMMARY:Toussaint"
    file = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    told = {"periodes": "", "fichier": SimpleUploadedFile("vacances.ics", file)}
    page = ask("redactrice", "lieux/vacances/", told)[1]
    assert page.one(id="periodes").text.strip() == "Toussaint ; 17/10/2026 ; 01/11/2026"
    assert not people.structure.school_holidays.exists()


def test_what_tells_a_patient_is_stopped_in_the_words_of_a_place(ask, site):
    told = {"when_closed": "Mme Lefèvre, 84 ans, est vue le soir."}
    response, page = ask("redactrice", f"lieux/{site.pk}/continuite/", told)
    assert response.status_code == 422
    assert "aucune donnée de patient" in shown(page)
    assert not Continuity.objects.exists()


def test_two_people_do_not_write_over_each_other(ask, site):
    address = f"lieux/{site.pk}/continuite/"
    ask("redactrice", address, {"phone": "02 99 00 00 00"})
    seen = ask("redactrice", address)[1].one("input", name="vu").attrs["value"]
    ask("porteuse", address, {"vu": seen, "phone": "02 99 11 11 11"})
    response, page = ask("redactrice", address, {"vu": seen, "phone": "02 99 22 22 22"})
    assert response.status_code == 422
    assert page.one(id="champ-phone").attrs["value"] == "02 99 22 22 22"
    assert Continuity.objects.get().phone == "02 99 11 11 11"


def test_the_closures_of_a_year_are_exported(ask, people, site):
    Closure.objects.create(site=site, since=datetime.date(2026, 12, 24), until=datetime.date(2026, 12, 26))
    text = ask("membre", "lieux/?annee=2026&format=csv")[0].content.decode()
    assert "Cabinet de la gare" in text
    assert "2026" in text


def test_many_places_ask_no_more_of_the_database(client, people, site):
    def asked():
        with CaptureQueriesContext(connection) as met:
            client.get(f"/structures/{people.structure.pk}/lieux/?annee=2026")
        return len(met)

    sign_in(client, people.membre)
    asked()
    few = asked()
    for rank in range(6):
        place = Site.objects.create(structure=people.structure, nom=f"Lieu {rank}", commune="35236")
        Closure.objects.create(site=place, since=datetime.date(2026, 12, 24), until=datetime.date(2026, 12, 26))
    assert asked() == few
