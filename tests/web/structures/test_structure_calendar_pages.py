"""The overview of a structure and its calendar."""

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.web.activity import people, said  # noqa: F401
from tests.web.reading import read

from maillage.apps.accounts.permissions import needs_second_factor
from maillage.apps.activity.models import Meeting
from maillage.apps.calendar import gathering
from maillage.apps.notifications import calendar_links
from maillage.apps.structures.deadlines import Due

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def dues(monkeypatch):
    """What the sources tell: a contract that ends, something late."""
    rows = [
        Due(TODAY + 3 * DAY, "contrat", "contrat:1", "Fin de l’accord conventionnel", "entites/contrats/1/"),
        Due(TODAY - 3 * DAY, "suite", "suite:1", "Écrire à la CPAM", "reunions/suites/"),
    ]
    source = lambda _structure, *, since, until: [each for each in rows if since <= each.day <= until]  # noqa: E731
    monkeypatch.setattr(gathering, "sources", lambda: (source,))
    return rows


@pytest.fixture
def opened(client, people, dues):  # noqa: F811
    """Opens a page of the structure as one of the cast."""

    def page(name, path="", status=200, **query):
        client.force_login(getattr(people, name))
        assert not needs_second_factor(getattr(people, name))
        response = client.get(f"/structures/{people.structure.pk}/{path}", query)
        assert response.status_code == status
        return response

    return page


def seen(response):
    return read(response.content.decode())


def test_the_overview_says_what_awaits_what_is_late_and_what_comes(opened, people):  # noqa: F811
    start = timezone.now() + DAY
    Meeting.objects.create(structure=people.structure, title="Bureau de décembre", starts_at=start, minutes=60)
    past = Meeting.objects.create(structure=people.structure, title="Déjà tenue", starts_at=start - 2 * DAY, minutes=60)
    page = seen(opened("porteuse"))
    assert page.one("h1").text == "MSP de Redon"
    assert "MSP de Redon" not in page.one("p", class_="projet-head").text
    words = said(page)
    assert "Clore la réunion « Déjà tenue »" in words
    assert "Bureau de décembre" in words
    assert "Fin de l’accord conventionnel" in words
    assert "Écrire à la CPAM" in words
    assert page.one("a", href=f"/structures/{people.structure.pk}/reunions/{past.pk}/")


def test_who_only_reads_is_not_asked_to_close_a_meeting(opened, people):  # noqa: F811
    Meeting.objects.create(structure=people.structure, title="Tenue", starts_at=timezone.now() - DAY, minutes=60)
    assert "Rien ne vous attend" in said(seen(opened("membre")))


def test_the_calendar_is_for_the_team_only(client, people, dues):  # noqa: F811
    for path in ("", "calendrier/"):
        client.force_login(people.stranger)
        assert client.get(f"/structures/{people.structure.pk}/{path}").status_code == 404


def test_the_month_shows_what_is_late_and_what_comes(opened):
    page = seen(opened("membre", "calendrier/"))
    assert "Écrire à la CPAM" in said(page)
    assert "En retard" in said(page)
    rows = seen(opened("membre", "calendrier/", vue="liste"))
    assert "Fin de l’accord conventionnel" in said(rows)
    assert "1 échéance à venir" in said(rows)


def test_one_tap_leads_to_the_week_of_today(opened):
    page = seen(opened("porteuse", "calendrier/"))
    assert page.one("a", href="#aujourdhui").text == "Aujourd’hui"
    assert page.one("h3", id="aujourdhui").text.startswith("Semaine du")
    another = seen(opened("porteuse", "calendrier/", mois=f"{TODAY.year - 1}-02"))
    assert another.all("a", href="#aujourdhui") == []


def test_the_list_is_filtered_by_nature_and_exported(opened):
    page = said(seen(opened("membre", "calendrier/", vue="liste", nature="contrat")))
    assert "Écrire à la CPAM" not in page
    text = opened("membre", "calendrier/", vue="liste", nature="contrat", format="csv").content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 2
    assert "Fin de l’accord conventionnel" in text


def test_a_wrong_month_is_told_beside_its_field(opened):
    page = seen(opened("membre", "calendrier/", status=422, mois="2026-13"))
    assert "Écrivez un mois" in page.one("input", id="mois").described(page)


def test_the_file_for_an_agenda_leads_to_the_pages(opened, people):  # noqa: F811
    book = Calendar.from_ical(opened("membre", "calendrier/", format="ics").content)
    events = {str(each["summary"]): str(each["url"]) for each in book.walk("VEVENT")}
    assert events["Fin de l’accord conventionnel · MSP de Redon"].endswith("/entites/contrats/1/")


def test_a_long_year_is_in_pages(opened, dues):
    dues += [Due(TODAY + (n % 300) * DAY, "document", f"d:{n}", f"Pièce {n}", "documents/") for n in range(60)]
    page = seen(opened("membre", "calendrier/", vue="liste"))
    assert "Page 1 sur 2" in said(page)
    assert "Page 2 sur 2" in said(seen(opened("membre", "calendrier/", vue="liste", page="2")))


def test_the_secret_address_of_a_person_gives_the_days_of_their_structures(client, people, dues):  # noqa: F811
    secret = calendar_links.make(by=people.membre, at=timezone.now())
    titles = {str(each["summary"]) for each in Calendar.from_ical(feed(client, secret)).walk("VEVENT")}
    assert "Fin de l’accord conventionnel · MSP de Redon" in titles
    secret = calendar_links.make(by=people.instructrice, at=timezone.now())
    assert "Fin de l’accord conventionnel" not in feed(client, secret).decode()


def feed(client, secret):
    response = client.get(f"/agenda/{secret}.ics")
    assert response.status_code == 200
    return response.content


def test_the_letter_of_the_week_is_weekly_or_never(client, people):  # noqa: F811
    client.force_login(people.membre)
    page = seen(client.get("/mon-compte/notifications/"))
    choices = [each.attrs["value"] for each in page.one("select", id="semaine_structure").all("option")]
    assert choices == ["semaine", "jamais"]
    assert client.post("/mon-compte/notifications/", {"semaine_structure": "aussitot"}).status_code == 422
    client.post("/mon-compte/notifications/", {"tout": "jour"})
    assert people.membre.preferences.get(kind="semaine_structure").rhythm == "semaine"
