"""A date is found on a phone; a member answers by their link, without an account; a meeting comes of it."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

PHONE = 390
PAGES = ("", "calendrier/", "calendrier/?vue=liste", "passation/", "passation/habitudes/")
AROUND_MEETINGS = ("sondages/", "sondages/nouveau/", "sujets/", "suites/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("sondage")) as found:
        yield found


@pytest.fixture
def authors(browser: Browser, site: TextSite) -> Iterator[Authors]:
    heard = Complaints(site.address)
    found = Authors(browser, site, heard)
    yield found
    found.close()
    assert heard.lines == []


def root(site: TextSite) -> str:
    return f"/structures/{site.structure}/"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_date_is_found_on_a_phone(authors: Authors, site: TextSite, javascript: bool):
    title = f"Bureau ({'avec' if javascript else 'sans'} script)"
    page = authors.open("porteuse", root(site), width=PHONE, javascript=javascript)
    page.get_by_role("link", name="Trouver une date").click()
    page.get_by_label("Sujet").fill(title)
    first = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=10)
    for row, hour in ((1, "18:30"), (2, "20:00")):
        page.get_by_label(f"Date {row}").fill((first + datetime.timedelta(days=row)).isoformat())
        page.get_by_label(f"Heure {row}").fill(hour)
    page.get_by_role("button", name="Envoyer les liens").click()
    expect(page.get_by_text("0 réponse sur 2")).to_be_visible()
    link = page.get_by_role("link", name="Répondre à sa place : Membre Exemple").get_attribute("href") or ""

    guest = authors.open("stranger", link, width=PHONE, javascript=javascript)
    guest.context.clear_cookies()
    guest.goto(link)
    assert not javascript or violations(guest) == []
    for rank, answer in ((0, "Non"), (1, "Oui")):
        guest.locator(".poll-answer").nth(rank).get_by_role("radio", name=answer).check()
    guest.get_by_role("button", name="Répondre").click()
    expect(guest.get_by_text("votre réponse est enregistrée")).to_be_visible()

    page.reload()
    assert not javascript or violations(page) == []
    expect(page.locator(".poll-results .tag.ok")).to_have_count(1)
    page.locator(".poll-results .lead").get_by_role("button", name="Retenir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    guest.reload()
    expect(guest.get_by_text("La date est fixée")).to_be_visible()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_is_for_everyone(authors: Authors, site: TextSite, width: int):
    for path in (*PAGES, *(f"reunions/{each}" for each in AROUND_MEETINGS)):
        page = authors.open("porteuse", root(site) + path, width=width)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == [], path
