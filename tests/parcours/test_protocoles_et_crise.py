"""Journeys of a protocol, from a template to a tap that counts it, and of a crisis plan; every page for everyone."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

PHONE = 390
PAGES = (
    "protocoles/",
    "protocoles/nouveau/",
    "protocoles/bibliotheque/",
    "protocoles/nationaux/",
    "crise/",
    "crise/modifier/",
    "crise/publier/",
    "crise/procedures/nouveau/?risque=nrc",
    "crise/mobilisables/nouveau/",
    "crise/evenements/nouveau/",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("protocoles")) as found:
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


def for_everyone(page: Page, width: int, *, javascript: bool = True) -> None:
    if not javascript:  # axe itself is a script.
        return
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_a_template_becomes_a_protocol_that_the_team_applies(authors: Authors, site: TextSite, javascript: bool):
    title = f"Traitements à risque {javascript}"
    page = authors.open("porteuse", address(site, "protocoles/bibliotheque/"), width=PHONE, javascript=javascript)
    page.get_by_role("heading", name="Surveiller les traitements à risque").click()
    page.get_by_role("button", name="Copier ce modèle : Surveiller les traitements").click()
    page.get_by_label("Intitulé").fill(title)
    page.get_by_role("button", name="Enregistrer").click()
    for_everyone(page, PHONE, javascript=javascript)
    page.get_by_role("button", name="Demander l’avis").click()
    path = page.url.removeprefix(site.address)
    nurse = authors.open("membre", path, width=PHONE, javascript=javascript)
    nurse.get_by_role("button", name="J’approuve").click()
    expect(nurse.get_by_text("L’avis est noté")).to_be_visible()
    for_everyone(nurse, PHONE, javascript=javascript)
    page.goto(page.url)
    page.get_by_role("link", name="Publier").click()
    page.get_by_label("Comment l’équipe l’a validé").fill("En réunion")
    for_everyone(page, PHONE, javascript=javascript)
    page.get_by_role("button", name="Publier et sceller").click()
    expect(page.get_by_text("Empreinte SHA-256")).to_be_visible()
    for_everyone(page, PHONE, javascript=javascript)
    nurse.goto(nurse.url)
    begun = datetime.datetime.now(tz=datetime.UTC)
    nurse.get_by_role("button", name="Utilisé une fois de plus").click()
    expect(nurse.get_by_text("Une utilisation de plus est comptée")).to_be_visible()
    assert (datetime.datetime.now(tz=datetime.UTC) - begun).total_seconds() < 10
    with page.expect_download() as sealed:
        page.get_by_role("link", name="Version 1 (PDF)").click()
    assert sealed.value.suggested_filename.endswith("-version-1.pdf")


def test_a_crisis_plan_is_begun_and_sealed_on_a_phone(authors: Authors, site: TextSite):
    page = authors.open("porteuse", address(site, "crise/"), width=PHONE)
    page.get_by_role("link", name="Commencer le plan").click()
    page.get_by_label("L’alerte").fill("Le secrétariat prévient la coordinatrice.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="partir des questions à se poser : Risque nucléaire").click()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Ajouter : Qui appeler").click()
    page.get_by_label("Organisme").fill("Agence régionale de santé")
    page.get_by_label("Téléphone").fill("02 00 00 00 00")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Sceller une version").click()
    page.get_by_role("button", name="Sceller cette version").click()
    expect(page.get_by_text("version 1 scellée")).to_be_visible()
    for_everyone(page, PHONE)
    page.get_by_role("link", name="Noter un exercice ou un événement").click()
    page.get_by_label("Intitulé").fill("Appel de toute l’équipe")
    page.get_by_role("button", name="Enregistrer").click()
    for_everyone(page, PHONE)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_is_for_everyone(authors: Authors, site: TextSite, width: int):
    for path in PAGES:
        page = authors.open("porteuse", address(site, path), width=width)
        for_everyone(page, width)
    for path in ("protocoles/", "protocoles/nationaux/", "crise/"):
        page = authors.open("porteuse", address(site, path), width=width, dark=True)
        assert violations(page, COLOURS) == [], path
