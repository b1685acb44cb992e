"""Journeys of who follows a project: the next step, a date brought later, what is missing, the legal form."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

PAGES = ("feuille-de-route/", "completude/", "forme-juridique/", "feuille-de-route/imprimer/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("avancement")) as found:
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


def address(site: TextSite, page: str) -> str:
    return f"/projets/{site.project}/{page}"


def plan(page: Page, code: str, day: str) -> None:
    """Set the date of a step, as one does on the page."""
    step = page.locator(f"#etape-{code}")
    step.get_by_text("Mettre à jour").click()
    step.get_by_label("Échéance").fill(day)
    step.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("est enregistrée")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_step_brought_later_brings_the_next_and_is_taken_back(authors: Authors, site: TextSite, javascript: bool):
    page = authors.open("porteuse", address(site, "feuille-de-route/"), width=390, javascript=javascript)
    expect(page.get_by_text("Prochaine étape")).to_be_in_viewport()
    plan(page, "federer", "2030-01-07")
    plan(page, "association", "2030-03-04")
    plan(page, "federer", "2030-01-28")
    expect(page.locator("#etape-association")).to_contain_text("25 mars 2030")
    expect(page.locator("#etape-association")).to_contain_text("Repoussé de 3 semaines parce que l’étape")
    page.get_by_role("button", name="Annuler ce décalage").click()
    expect(page.locator("#etape-association")).to_contain_text("4 mars 2030")


def test_what_is_missing_leads_to_where_it_is_completed(authors: Authors, site: TextSite):
    page = authors.open("porteuse", address(site, "completude/"))
    page.get_by_role("link", name="Ce qui manque").click()
    expect(page.locator("main")).not_to_contain_text("Conseillé.")
    page.get_by_role("link", name="Ouvrir l’équipe").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("quipe")


def test_a_legal_person_is_thought_of_without_javascript(authors: Authors, site: TextSite):
    page = authors.open("porteuse", address(site, "forme-juridique/"), javascript=False)
    page.get_by_text("Ajouter une personne morale").click()
    page.get_by_label("Dénomination").fill("Les soins de Redon")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("status")).to_contain_text("est ajoutée")
    expect(page.get_by_role("heading", name="Les soins de Redon")).to_contain_text("envisagée")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_progress_are_accessible(authors: Authors, site: TextSite, name: str):
    page = authors.open("porteuse", address(site, name))
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    assert violations(page) == []
    dark = authors.open("porteuse", address(site, name), width=390, dark=True)
    assert violations(dark, COLOURS) == []
    assert dark.evaluate("document.documentElement.scrollWidth") <= 390


def test_who_only_reads_sees_no_form(authors: Authors, site: TextSite):
    page = authors.open("membre", address(site, "feuille-de-route/"))
    expect(page.get_by_text("Lecture seule")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
