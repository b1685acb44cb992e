"""The page of the calls for projects, its RSS feed, its calendar, and what an orientation shows of them."""

import datetime
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from django.test import Client
from tests.web.addresses import RESULT, SITUATION
from tests.web.conftest import Visit

from maillage.core.rules.orientation import packs
from maillage.core.rules.packs.calls import CallData

TODAY = datetime.date(2026, 11, 22)
PAGE, FEED, DIARY = "/appels/", "/appels/flux.xml", "/appels/calendrier.ics"
OPEN: dict[str, Any] = {
    "id": "essai", "libelle": "Appel d'essai", "objet": "Un essai.", "payeur": "ARS Bretagne",
    "ouvert_le": "2026-01-05", "ferme_le": "2099-12-31", "public": ["MSP"], "adresse": "https://exemple.fr/appel",
    "source": "une page", "confiance": "B",
}  # fmt: skip


@pytest.fixture
def with_an_open_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bretagne has one call whose two days are known."""
    known = packs.pack
    breton = known("bretagne").model_copy(update={"appels": (CallData.model_validate(OPEN),)})
    monkeypatch.setattr(packs, "pack", lambda code: breton if code == "bretagne" else known(code))


def feed_of(content: bytes) -> ElementTree.Element:
    """The channel of a feed that this project has just written."""
    channel = ElementTree.fromstring(content).find("channel")  # noqa: S314 - our own answer
    assert channel is not None
    return channel


def titles(page: Any) -> list[str]:
    return [card.one("h2").text for card in page.one("main").all("article")]


def test_each_known_call_is_on_the_page_with_its_state(visit: Visit) -> None:
    page = visit(PAGE, {"date": "2026-11-22"})
    known = packs.calls(datetime.date(2026, 11, 22))
    cards = page.one("main").all("article")
    assert [card.attrs["id"] for card in cards] == [call.key for call in known]
    assert [card.one("span", class_="tag").text.strip() for card in cards] == [call.state_words for call in known]


def test_a_call_without_days_is_never_told_open(visit: Visit) -> None:
    page = visit(PAGE, {"date": "2026-11-22"})
    told = page.one(role="status").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "connus au 22 novembre 2026, aucun ouvert." in told
    assert not page.all("span", class_="ok")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"region": "paca"}, ["paca-maisons_regionales_de_sante"]),
        ({"region": "grand_est", "structure": "ESP"}, ["grand_est-esp_phase_1", "grand_est-esp_phase_2"]),
        ({"region": "grand_est", "structure": "CPTS"}, []),
        ({"region": "bretagne", "etat": "clos", "date": "2026-11-22"}, ["bretagne-boosterr_2019"]),
    ],
)
def test_the_choice_narrows_the_list_and_stays_in_the_form(
    visit: Visit, query: dict[str, str], keys: list[str]
) -> None:
    page = visit(PAGE, query)
    assert [card.attrs["id"] for card in page.one("main").all("article")] == keys
    assert page.one(id="region").one("option", selected=True).attrs["value"] == query["region"]
    assert page.one("link", type="application/rss+xml").attrs["href"].startswith(f"{FEED}?region={query['region']}")


def test_a_choice_without_call_says_what_to_do(visit: Visit) -> None:
    page = visit(PAGE, {"region": "centre_val_de_loire"})
    assert "Aucun appel à projets connu" in page.one(role="status").text
    assert page.one("a", word="Qui appeler").attrs["href"] == "/aide/?region=centre_val_de_loire"


def test_what_is_refused_is_told_beside_its_field_and_narrows_nothing(visit: Visit) -> None:
    page = visit(PAGE, {"region": "bretange", "date": "hier"}, status=422)
    assert "« bretagne »" in page.one(id="region-erreur").text
    assert "AAAA-MM-JJ" in page.one(id="date-erreur").text
    assert len(titles(page)) == len(packs.calls(TODAY))


@pytest.mark.usefixtures("with_an_open_call")
def test_an_open_call_comes_first_with_its_days(visit: Visit) -> None:
    page = visit(PAGE, {"date": "2026-11-22"})
    assert titles(page)[0] == "Appel d’essai"
    first = page.one("main").all("article")[0]
    assert first.one("span", class_="tag").text.strip() == "ouvert"
    assert "31 décembre 2099" in first.text.replace("\N{NO-BREAK SPACE}", " ")
    assert first.one("a", word="Page de l’appel").attrs["href"] == "https://exemple.fr/appel"
    before = visit(PAGE, {"date": "2025-12-31", "region": "bretagne"})
    assert before.one("main").one("article").one("span", class_="tag").text.strip() == "à venir"


@pytest.mark.usefixtures("with_an_open_call")
def test_the_feed_gives_the_calls_that_are_not_closed(client: Client) -> None:
    response = client.get(FEED)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = feed_of(response.content)
    items = channel.findall("item")
    assert items[0].findtext("title") == "Appel d'essai (Bretagne, ouvert)"
    assert items[0].findtext("link") == "http://testserver/appels/#bretagne-essai"
    assert "05 Jan 2026" in (items[0].findtext("pubDate") or "")
    assert len({item.findtext("guid") for item in items}) == len(items)
    assert not any("clos)" in (item.findtext("title") or "") for item in items)


def test_the_feed_of_a_region_holds_that_region(client: Client) -> None:
    items = feed_of(client.get(FEED, {"region": "paca"}).content).findall("item")
    assert [item.findtext("guid") for item in items] == ["paca-maisons_regionales_de_sante"]


@pytest.mark.usefixtures("with_an_open_call")
def test_the_calendar_holds_the_opening_and_the_end(client: Client) -> None:
    response = client.get(DIARY, {"region": "bretagne"})
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) for event in events] == [
        ("Ouverture : Appel d'essai (Bretagne)", "2026-01-05"),
        ("Clôture : Appel d'essai (Bretagne)", "2099-12-31"),
    ]


def test_a_calendar_without_known_day_is_empty(client: Client) -> None:
    assert icalendar.Calendar.from_ical(client.get(DIARY).content).walk("VEVENT") == []


@pytest.mark.parametrize("address", [FEED, DIARY])
def test_a_feed_of_nothing_known_is_refused_in_words(client: Client, address: str) -> None:
    response = client.get(address, {"region": "atlantide"})
    assert response.status_code == 422
    assert "atlantide" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("france", "with_an_open_call")
def test_an_orientation_shows_the_open_calls_of_its_region(visit: Visit) -> None:
    section = visit(f"{RESULT}?{SITUATION}").one(id="appels")
    assert section.one("a", word="Appel d’essai").attrs["href"] == "/appels/?region=bretagne#bretagne-essai"


@pytest.mark.django_db
@pytest.mark.usefixtures("france")
def test_an_orientation_says_how_many_calls_are_to_confirm(visit: Visit) -> None:
    section = visit(f"{RESULT}?{SITUATION}").one(id="appels")
    assert section.text.split()[:8] == ["Appels", "à", "projets", "de", "la", "région", "6", "appels"]
    assert section.one("a", word="Voir les appels").attrs["href"] == "/appels/?region=bretagne"
