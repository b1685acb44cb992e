"""Journeys of who runs the activity: a meeting on a phone, a sheet, a budget; every page for everyone."""

import datetime
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

from maillage.web.structures.moved import SECTIONS

PHONE = 390
FEWEST = 5
"""Taps from the list of meetings to the sealed sheet, with two people there."""
PAGES = (
    "actions/",
    "actions/nouvelle/?modele=msp-stagiaires",
    "protocoles/",
    "protocoles/nouveau/",
    "budget/",
    "reunions/",
    "reunions/nouvelle/",
    "reunions/temps/",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("activite")) as found:
        yield found


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


def address(site: TextSite, page: str) -> str:
    inside = page.split("/")[0] in SECTIONS
    return f"/structures/{site.structure}/{page}" if inside else f"/projets/{site.project}/{page}"


def plan(page: Page, taps: Taps, title: str) -> None:
    """Plan a meeting held yesterday."""
    taps.on(page.get_by_role("link", name="Prévoir une réunion"))
    page.get_by_label("Sujet").fill(title)
    page.get_by_label("Date").fill((datetime.date.today() - datetime.timedelta(days=1)).isoformat())  # noqa: DTZ011
    taps.on(page.get_by_role("button", name="Enregistrer"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_meeting_is_planned_attended_and_closed_on_a_phone(authors: Authors, site: TextSite, javascript: bool):
    page = authors.open("porteuse", address(site, "reunions/"), width=PHONE, javascript=javascript)
    taps, begun = Taps(), datetime.datetime.now(tz=datetime.UTC)
    plan(page, taps, f"Premier tour de table ({'avec' if javascript else 'sans'} script)")
    for name in ("Porteuse Exemple", "Membre Exemple"):
        taps.on(page.locator("label.name", has_text=name))
    if javascript:
        expect(page.locator("#presences-etat")).to_contain_text(re.compile(r"Enregistré à .*2 présents, 3\sh en tout"))
    taps.on(page.get_by_role("button", name="Clore la réunion"))
    expect(page.get_by_text("sa feuille de présence est scellée")).to_be_visible()
    expect(page.get_by_text("Empreinte SHA-256")).to_be_visible()
    assert taps.count <= FEWEST
    assert (datetime.datetime.now(tz=datetime.UTC) - begun).total_seconds() < 60
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Feuille nº 1 (PDF)").click()
    assert sheet.value.suggested_filename.endswith("-1.pdf")


def test_attendance_is_noted_with_the_keyboard_alone(authors: Authors, site: TextSite):
    page = authors.open("porteuse", address(site, "reunions/"))
    plan(page, Taps(), "Au clavier")
    first = page.locator(".segment.present input").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".segment.distance input").first).to_be_checked()
    expect(page.locator("#presences-etat")).to_contain_text("1 présent, 1 h 30 en tout")
    page.reload()
    expect(page.locator(".segment.distance input").first).to_be_checked()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sheet_is_begun_from_a_template_then_ordered_and_removed(authors: Authors, site: TextSite, javascript: bool):
    page = authors.open("redactrice", address(site, "actions/nouvelle/?modele=msp-stagiaires"), javascript=javascript)
    page.get_by_label("Intitulé").fill(f"Étudiants {javascript}")
    page.get_by_role("button", name="Ajouter des lignes").click()
    expect(page.get_by_label("Intitulé")).to_have_value(f"Étudiants {javascript}")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Étudiants {javascript}")
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("button", name="Annuler la suppression").click()
    expect(page.get_by_role("link", name=f"Étudiants {javascript}")).to_be_visible()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_is_for_everyone(authors: Authors, site: TextSite, width: int):
    for path in PAGES:
        page = authors.open("porteuse", address(site, path), width=width)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = authors.open("porteuse", address(site, "reunions/nouvelle/"), width=width, dark=True)
    assert violations(page, COLOURS) == []


def test_a_meeting_in_dark_colours_can_be_read(authors: Authors, site: TextSite):
    page = authors.open("porteuse", address(site, "reunions/"), dark=True)
    plan(page, Taps(), "De nuit")
    page.locator("label.name").first.click()
    assert violations(page, COLOURS) == []
