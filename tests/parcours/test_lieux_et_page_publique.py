"""Journeys: a place and its closures told on a phone, the page that everyone reads, maturity scored alone."""

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.measures import small_print, too_small, too_wide
from tests.parcours.text_site import Authors, TextSite, prepared
from tools import served

PHONE, DESK = 390, 1280
LIGHT = 50_000
"""Bytes of a public page with all that it loads."""
PUBLIC = "/s/notre-equipe/"
PAGES = ("lieux/", "lieux/fermer/", "lieux/vacances/", "page-publique/", "qualite/", "qualite/dimensions/",
         "qualite/ameliorations/noter/")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    var = tmp_path_factory.mktemp("lieux")
    told = prepared(var, "tests.places_site")
    with served.served(var) as address:
        yield TextSite(address, told["projet"], tuple(told["codes"]), told["sessions"], told["structure"])


@pytest.fixture
def authors(browser: Browser, site: TextSite) -> Iterator[Authors]:
    heard = Complaints(site.address)
    found = Authors(browser, site, heard)
    yield found
    found.close()
    assert heard.lines == []


def address(site: TextSite, path: str) -> str:
    return f"/structures/{site.structure}/{path}"


def says_when_it_is_open(page: Page) -> None:
    """A new place, its hours typed once and copied, what it does without an appointment."""
    page.get_by_role("link", name="Ajouter un lieu").click()
    page.get_by_label("Nom du site").fill("Cabinet de la gare")
    page.locator("input[name=commune]").fill("Redon")
    page.get_by_label("Lundi", exact=True).fill("8h-20h")
    page.get_by_role("button", name="Copier les heures du lundi").click()
    expect(page.get_by_label("Vendredi", exact=True)).to_have_value("8h-20h")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name="Continuité et accès").click()
    page.get_by_label("Des soins non programmés").select_option("oui")
    page.get_by_label("Que faire quand ce lieu est fermé").fill("Appelez la permanence des soins.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def measured(page: Page) -> None:
    """Nothing sticks out, nothing is too small, axe finds nothing."""
    assert (too_wide(page), too_small(page)) == ([], [])
    assert violations(page) == []


def test_a_place_is_told_on_a_phone_and_everyone_reads_it(authors: Authors, site: TextSite, browser: Browser):
    page = authors.open("coordinatrice", address(site, "lieux/"), width=PHONE)
    says_when_it_is_open(page)
    expect(page.get_by_text("680 points").first).to_be_visible()
    expect(page.get_by_text("Ouvrir le samedi matin")).to_be_visible()
    page.get_by_role("link", name="Noter une fermeture").click()
    page.get_by_label("Premier jour").fill((datetime.date.today() + datetime.timedelta(days=20)).isoformat())  # noqa: DTZ011
    page.get_by_role("button", name="Noter la fermeture").click()
    expect(page.get_by_text("La fermeture est notée pour 1 lieu.")).to_be_visible()
    measured(page)
    page.goto(address(site, "page-publique/"))
    page.get_by_label("Fin de l’adresse").fill("notre-equipe")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("button", name="Publier la page").click()
    expect(page.get_by_text("La page est publiée.")).to_be_visible()
    for width in (PHONE, DESK):
        everyone_reads(browser, site, width)


def everyone_reads(browser: Browser, site: TextSite, width: int) -> None:
    """The public page without an account nor a script: light, readable, accessible."""
    context = browser.new_context(base_url=site.address, viewport={"width": width, "height": 900})
    page, met = context.new_page(), list[Response]()

    def hear(response: Response) -> None:
        met.append(response)

    page.on("response", hear)
    page.goto(PUBLIC)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=2, name="Cabinet de la gare")).to_be_visible()
    expect(page.get_by_text("Appelez la permanence des soins.")).to_be_visible()
    weight = sum(len(each.body()) for each in met)
    assert weight < LIGHT
    assert [each.url for each in met if each.request.resource_type == "script"] == []
    measured(page)
    assert small_print(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    context.close()


def test_a_member_scores_alone_on_a_phone(authors: Authors, site: TextSite):
    page = authors.open("redactrice", address(site, "qualite/dimensions/"))
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name="Ouvrir une cotation").click()
    page.get_by_label("Nom de la cotation").fill("Automne")
    page.get_by_label("Niveau le plus haut").fill("4")
    page.get_by_role("button", name="Ouvrir la cotation").click()
    alone = authors.open("membre", address(site, "qualite/"), width=PHONE)
    alone.get_by_role("link", name="Donner mes niveaux").click()
    measured(alone)
    alone.get_by_role("group", name="Partage des données").get_by_label("3").check()
    alone.get_by_role("button", name="Enregistrer mes niveaux").click()
    expect(alone.get_by_text("1 niveau enregistré.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Montrer les niveaux en réunion").click()
    expect(page.get_by_text("Majorité : niveau 3.")).to_be_visible()
    measured(page)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_is_accessible(authors: Authors, site: TextSite, width: int):
    page = authors.open("porteuse", address(site, PAGES[0]), width=width)
    for path in PAGES:
        page.goto(address(site, path))
        measured(page)
