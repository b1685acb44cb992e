"""A meeting on a phone, from the list to the sealed sheet: every tap is counted, and the time."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, prepared
from tools import served

PHONE = 390
MOST_TAPS = 8
"""Taps beyond the names, from the list to the sealed sheet."""
NAMES = [f"Prune Nom{rank:03d}" for rank in range(8)]
PAGES = ("", "nouvelle/", "concertations/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    """The small world with a team of 400."""
    var = tmp_path_factory.mktemp("reunions")
    told = prepared(var, "tests.meeting_site")
    with served.served(var) as address:
        yield TextSite(address, told["projet"], tuple(told["codes"]), told["sessions"], told["structure"])


@pytest.fixture
def complaints(site: TextSite) -> Iterator[Complaints]:
    heard = Complaints(site.address)
    yield heard
    assert heard.lines == []


@pytest.fixture
def authors(browser: Browser, site: TextSite, complaints: Complaints) -> Iterator[Authors]:
    found = Authors(browser, site, complaints)
    yield found
    found.close()


class Taps:
    """Counts what a thumb does."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        target.click()
        self.count += 1


def home(site: TextSite) -> str:
    return f"/structures/{site.structure}/reunions/"


def begin(page: Page, taps: Taps, name: str = "Réunion d’équipe") -> None:
    button = page.get_by_role("button", name=name)
    if not button.is_visible():
        taps.on(page.get_by_text("Une autre nature"))
    taps.on(button)
    expect(page.get_by_role("heading", level=1)).to_contain_text("du ")


def close(page: Page, taps: Taps) -> None:
    """Close; those who were not noted were not expected."""
    taps.on(page.get_by_role("button", name="Clore la réunion"))
    taps.on(page.get_by_role("button", name="Ils n’étaient pas attendus : clore"))
    expect(page.get_by_text("sa feuille de présence est scellée")).to_be_visible()


def test_eight_people_are_noted_and_the_meeting_closed_in_a_minute(authors: Authors, site: TextSite):
    page = authors.open("porteuse", home(site), width=PHONE)
    taps, begun = Taps(), datetime.datetime.now(tz=datetime.UTC)
    begin(page, taps)
    for name in NAMES:
        page.locator("label.name", has_text=name).click()
    expect(page.locator("#presences-etat")).to_contain_text("8 présents")
    close(page, taps)
    seconds = (datetime.datetime.now(tz=datetime.UTC) - begun).total_seconds()
    assert taps.count <= MOST_TAPS, taps.count
    assert seconds < 60
    assert again(authors, site) <= MOST_TAPS


def again(authors: Authors, site: TextSite) -> int:
    """Held again, the same people are expected: all of them are noted in one tap."""
    page, taps = authors.open("porteuse", home(site), width=PHONE), Taps()
    begin(page, taps)
    expect(page.get_by_text("8 personnes attendues")).to_be_visible()
    taps.on(page.get_by_role("button", name="Tous présents"))
    taps.on(page.get_by_role("button", name="Clore la réunion"))
    expect(page.get_by_text("sa feuille de présence est scellée")).to_be_visible()
    return taps.count


def test_a_name_is_found_among_four_hundred(authors: Authors, site: TextSite):
    page = authors.open("redactrice", home(site), width=PHONE)
    begin(page, Taps(), "Bureau")
    page.get_by_label("Chercher un nom ou un métier").fill("nom377")
    expect(page.locator("label.name")).to_have_count(1)
    page.locator("label.name", has_text="Nom377").click()
    expect(page.locator("#presences-etat")).to_contain_text("1 présent")
    page.reload()
    expect(page.locator(".segment.present input").first).to_be_checked()


def test_sixty_people_are_expected_among_four_hundred_without_scrolling_through_them(authors: Authors, site: TextSite):
    page = authors.open("porteuse", home(site), width=PHONE)
    begin(page, Taps(), "Formation")
    page.get_by_role("link", name="Choisir les personnes attendues").click()
    page.get_by_label("Chercher dans la liste").fill("nom05")
    expect(page.locator(".check-columns .choice:visible")).to_have_count(10)
    page.get_by_role("button", name="Cocher ce qui est affiché").click()
    page.get_by_label("Chercher dans la liste").fill("nom377 infirmier")
    expect(page.locator(".check-columns .choice:visible")).to_have_count(1)
    page.get_by_label("Prune Nom377").check()
    expect(page.locator(".choice-finder [role=status]")).to_contain_text("11 choisis")
    assert violations(page) == []
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("11 personnes attendues")).to_be_visible()


def test_a_report_is_kept_as_one_writes_and_when_the_meeting_is_closed(authors: Authors, site: TextSite):
    page = authors.open("coordinatrice", home(site), width=PHONE)
    begin(page, Taps(), "Représentation extérieure")
    page.locator("label.name").first.click()
    page.get_by_label("Ce qui a été dit et décidé").press_sequentially("Décidé ensemble")
    expect(page.locator("#presences-etat")).to_contain_text("1 présent")
    close(page, Taps())
    expect(page.get_by_text("Décidé ensemble")).to_be_visible()


def test_who_scans_is_counted_on_the_screen(authors: Authors, site: TextSite):
    page = authors.open("coordinatrice", home(site))
    begin(page, Taps(), "Groupe de travail")
    page.get_by_role("link", name="Montrer un code à scanner").click()
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.locator("#compte")).to_contain_text("0 présent")
    assert violations(page) == []
    scanned = authors.open("membre", page.locator("#adresse").get_attribute("data-adresse") or "", width=PHONE)
    assert violations(scanned) == []
    scanned.get_by_role("button", name="Je suis présent").click()
    expect(scanned.get_by_text("C’est noté : présent.")).to_be_visible()
    expect(page.locator("#compte")).to_contain_text("1 présent", timeout=15_000)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_is_for_everyone(authors: Authors, site: TextSite, width: int):
    page = authors.open("porteuse", home(site), width=width)
    begin(page, Taps(), "Concertation pluriprofessionnelle")
    one = page.url.removeprefix(site.address).removesuffix("#presences")
    for path in (*(f"{home(site)}{each}" for each in PAGES), one, f"{one}attendus/", f"{one}projeter/"):
        page = authors.open("porteuse", path, width=width)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = authors.open("porteuse", one, width=width, dark=True)
    assert violations(page, COLOURS) == []
