"""Journeys of who follows the missions and asks the users: a note on a phone, a survey from its draft to its answer."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

PHONE = 390
LAST = "2099-12-31"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("missions")) as found:
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
    return f"/structures/{site.structure}/{page}"


def for_everyone(page: Page, width: int) -> None:
    """No accessibility violation, nothing wider than the screen."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_people_reached_are_noted_on_a_phone_in_one_form(authors: Authors, site: TextSite, javascript: bool):
    page = authors.open("redactrice", address(site, "actions/nouvelle/"), width=PHONE, javascript=javascript)
    page.get_by_label("Intitulé").fill(f"Vacciner {javascript}")
    page.get_by_role("button", name="Enregistrer").last.click()
    page.get_by_label("Nombre ou montant").fill("32")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#suivi")).to_contain_text(re.compile("Public touché\\s*32"))
    page.get_by_text("Ajouter une étape").click()
    page.get_by_label("Étape", exact=False).last.fill("Louer la salle")
    page.get_by_role("button", name="Ajouter l’étape").click()
    page.get_by_role("button", name="Faite : Louer la salle").click()
    expect(page.locator("#suivi")).to_contain_text("100 %")
    if javascript:
        for_everyone(page, PHONE)


def test_a_survey_is_opened_then_answered_by_someone_without_an_account(
    authors: Authors, site: TextSite, browser: Browser
):
    page = authors.open("porteuse", address(site, "qualite/enquetes/"))
    page.get_by_role("link", name="Votre avis sur la maison de santé").first.click()
    page.get_by_label("Dernier jour pour répondre").fill(LAST)
    page.get_by_role("button", name="Enregistrer").last.click()
    for_everyone(page, 1280)
    page.get_by_role("button", name="Ouvrir l’enquête").click()
    public = page.locator(".address a").get_attribute("href")
    for_everyone(page, 1280)
    page.get_by_role("link", name="Affiche et papier").click()
    for_everyone(page, 1280)
    context = browser.new_context(viewport={"width": PHONE, "height": 900}, java_script_enabled=False)
    someone = context.new_page()
    someone.goto(str(public))
    someone.get_by_label("4", exact=True).first.check()
    someone.get_by_label("Ateliers de prévention").check()
    someone.get_by_role("button", name="Envoyer ma réponse").click()
    expect(someone.get_by_role("heading", level=1)).to_have_text("Merci, votre réponse est gardée")
    someone.goto(str(public))
    expect(someone.get_by_text("a déjà répondu")).to_be_visible()
    context.close()
    page.goto(address(site, "qualite/enquetes/"))
    page.get_by_role("link", name="Votre avis sur la maison de santé").last.click()
    expect(page.get_by_text("Pas encore de résultat")).to_be_visible()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_is_for_everyone(authors: Authors, site: TextSite, width: int):
    for path in (
        "actions/missions/",
        "actions/stagiaires/",
        "actions/stagiaires/nouveau/",
        "qualite/enquetes/",
        "qualite/enquetes/nouvelle/?modele=action",
        "qualite/usagers/",
        "qualite/usagers/nouvelle/",
    ):
        for_everyone(authors.open("porteuse", address(site, path), width=width), width)
    dark = authors.open("porteuse", address(site, "actions/missions/"), width=width, dark=True)
    assert violations(dark, COLOURS) == []
