"""Journeys around a text: a suggestion accepted beside the editor, a shared project and its figures on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.complaints import Complaints
from tests.parcours.conftest import PHONE
from tests.parcours.measures import resize, too_wide
from tests.parcours.test_redaction import add, editor, leave, saved, status, write
from tests.parcours.text_site import Authors, TextSite, text_site

SHARED = """() => {
  const tag = document.querySelector("main .tag");
  tag.lastChild.textContent = " partagé avec l’ARS et l’Assurance Maladie";
}"""
CUT_OFF = """() => [...document.querySelectorAll("td .texte-chiffre")].filter(
  (e) => e.getBoundingClientRect().right > e.closest("td").getBoundingClientRect().right + 1
).length"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("discussion")) as found:
        yield found


@pytest.fixture
def complaints(site: TextSite) -> Iterator[Complaints]:
    heard = Complaints(site.address)
    yield heard
    assert heard.lines == []


@pytest.fixture
def page(browser: Browser, site: TextSite, complaints: Complaints) -> Iterator[Page]:
    """The first heading, open by the porteuse."""
    authors = Authors(browser, site, complaints)
    found = authors.open("porteuse")
    yield found
    leave(found)
    authors.close()


def suggest(page: Page, passage: str, words: str) -> None:
    rail = page.locator("#commentaires")
    rail.get_by_text("Proposer d’autres mots").click()
    rail.get_by_label("Passage à remplacer").fill(passage)
    rail.get_by_label("Texte proposé").fill(words)
    rail.get_by_role("button", name="Proposer ces mots").click()
    expect(rail.get_by_role("button", name="Accepter")).to_be_visible()


def test_an_accepted_suggestion_is_in_the_editor_at_once(page: Page):
    write(page, "La maison ouvre tard.")
    saved(page)
    suggest(page, "tard", "jusqu’à 20 h")
    page.get_by_role("button", name="Accepter").click()
    expect(editor(page)).to_contain_text("La maison ouvre jusqu’à 20 h.")
    expect(status(page)).to_have_text("La suggestion est dans le texte.")
    add(page, " Elle ferme le dimanche.")
    saved(page)
    expect(page.locator("#alerte-redaction")).to_be_empty()
    expect(editor(page)).to_contain_text("La maison ouvre jusqu’à 20 h. Elle ferme le dimanche.")


def test_a_suggestion_accepted_while_typing_loses_nothing(page: Page):
    write(page, "La maison ouvre tard.")
    saved(page)
    suggest(page, "tard", "tôt")
    add(page, " Elle ferme le dimanche.")
    page.get_by_role("button", name="Accepter").click()
    expect(editor(page)).to_contain_text("La maison ouvre tôt. Elle ferme le dimanche.")
    page.reload()
    expect(editor(page)).to_contain_text("La maison ouvre tôt. Elle ferme le dimanche.")


def test_a_figure_fits_a_phone_in_the_text_and_in_a_table(page: Page, site: TextSite):
    write(page, "Notre territoire compte ")
    page.get_by_role("button", name="Insérer : Habitants").click()
    page.keyboard.type("\n")
    page.get_by_role("button", name="Tableau", exact=True).click()
    editor(page).locator("td").first.click()
    page.get_by_role("button", name="Insérer : Habitants").click()
    expect(editor(page).locator("td .chiffre")).to_have_count(1)
    saved(page)
    resize(page, PHONE)
    found = {"editor": too_wide(page)}
    page.goto(f"{site.document}lire/")
    found["read"] = too_wide(page)
    assert found == {"editor": [], "read": []}
    assert page.evaluate(CUT_OFF) == 0


def test_the_longest_state_of_a_project_fits_a_phone(page: Page, site: TextSite):
    page.goto(f"/projets/{site.project}/")
    page.evaluate(SHARED)
    resize(page, PHONE)
    assert too_wide(page) == []
