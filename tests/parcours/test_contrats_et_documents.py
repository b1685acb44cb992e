"""Journeys of who keeps contracts, documents and tools, on a phone; every page for everyone."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

PHONE = 390
FEWEST = 4
"""Taps from the page of the entities to a contract recorded."""
PAGES = (
    "entites/",
    "entites/nouvelle/",
    "entites/contrats/nouveau/",
    "entites/fonds/",
    "documents/",
    "documents/nouveau/",
    "numerique/",
    "numerique/outils/nouveau/",
    "numerique/nombres/",
    "numerique/nombres/importer/",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("contrats")) as found:
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
    return f"/structures/{site.structure}/{page}"


def settled(page: Page) -> None:
    """Nobody waits for the next page of a server that is asked by eight at once."""
    page.set_default_timeout(30_000)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_contract_is_recorded_then_amended_on_a_phone(authors: Authors, site: TextSite, javascript: bool) -> None:
    page = authors.open("porteuse", address(site, "entites/"), width=PHONE, javascript=javascript)
    settled(page)
    taps, begun = Taps(), datetime.datetime.now(tz=datetime.UTC)
    taps.on(page.get_by_role("link", name="Nouveau contrat"))
    page.get_by_label("Signé le").fill("2024-03-10")
    page.get_by_label("Prend effet le").fill("2024-03-15")
    page.get_by_label("Se termine le").fill("2029-03-14")
    taps.on(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("ACI des MSP")
    assert taps.count <= FEWEST
    assert (datetime.datetime.now(tz=datetime.UTC) - begun).total_seconds() < 60
    page.get_by_role("link", name="Nouvel avenant").click()
    page.get_by_label("S’applique à partir du").fill("2026-01-01")
    page.get_by_label("Ce qui change").fill("Enveloppe de l’année")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Avenant, à partir du 1er janvier 2026")).to_be_visible()
    expect(page.get_by_role("heading", name="Contrat d’origine")).to_be_visible()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("button", name="Rétablir")).to_be_visible()


def test_a_document_is_filed_on_a_phone_and_its_file_comes_back(authors: Authors, site: TextSite) -> None:
    page = authors.open("redactrice", address(site, "documents/nouveau/"), width=PHONE)
    settled(page)
    page.get_by_label("Fichier").set_input_files(
        {"name": "Bail_du_cabinet.txt", "mimeType": "text/plain", "buffer": b"Bail"}
    )
    page.get_by_label("Valable jusqu’au").fill("2030-01-01")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bail du cabinet")
    with page.expect_download() as given:
        page.get_by_role("link", name="Ouvrir le fichier").click()
    assert given.value.suggested_filename == "Bail_du_cabinet.txt"
    assert violations(page) == []


def test_the_numbers_of_a_month_are_written_on_a_phone(authors: Authors, site: TextSite) -> None:
    page = authors.open("porteuse", address(site, "numerique/nombres/"), width=PHONE)
    settled(page)
    page.get_by_role("link", name="Le mois qui vient de finir").click()
    page.get_by_label("Soins non programmés").fill("120")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("1 nombre enregistré.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_is_for_everyone(authors: Authors, site: TextSite, width: int) -> None:
    page = authors.open("porteuse", address(site, PAGES[0]), width=width)
    settled(page)
    for path in PAGES:
        page.goto(address(site, path))
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = authors.open("porteuse", address(site, "entites/contrats/nouveau/"), width=width, dark=True)
    assert violations(page, COLOURS) == []
