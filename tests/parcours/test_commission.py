"""A commission in a real browser: planned, convoked, opened, a conflict declared, voted, its minutes sealed."""

import contextlib
import datetime
import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.conftest import LARGE, PHONE
from tests.parcours.measures import too_wide
from tests.parcours.text_site import Authors, TextSite, prepared
from tools import served

ROOT = Path(__file__).resolve().parents[2]
SOON = (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=20)).date().isoformat()
REASONS = "Le territoire est cohérent avec les bassins de vie."
NUMBERS = {LARGE: "PSC-53-2026-0001", PHONE: "PSC-53-2026-0002"}
WITHOUT_SCRIPT = "PSC-53-2026-0003"
Look = Callable[[Page], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    """The site, with a commission and two dossiers that wait for it."""
    var = tmp_path_factory.mktemp("commission")
    told = prepared(var, "tests.commission_site")
    with served.served(var) as address:
        warm(address, told["sessions"]["instructrice"])
        yield TextSite(address, told["commission"], tuple(told["numeros"]), told["sessions"])


def warm(address: str, session: str) -> None:
    """Open a page once: what is loaded then must not be that of the first journey."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    connection.request("GET", "/commissions/nouvelle/", headers={"Cookie": f"sessionid={session}"})
    connection.getresponse().read()
    connection.close()


@pytest.fixture
def people(browser: Browser, site: TextSite) -> Iterator[Authors]:
    heard = Complaints(site.address)
    with contextlib.closing(Authors(browser, site, heard)) as found:
        yield found
    assert heard.lines == []


def checked(page: Page) -> None:
    """The page breaks no rule of accessibility and holds in its width."""
    assert violations(page) == []
    assert too_wide(page) == []


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def planned(page: Page, number: str, checked: Look = checked) -> str:
    """Plan a session, put the dossier on its agenda, convoke; the address of the session."""
    checked(page)
    page.get_by_role("link", name="Prévoir une séance").click()
    checked(page)
    page.get_by_label("Date").fill(SOON)
    page.get_by_label("Lieu").fill("Rennes, salle 2")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("checkbox", name=number).check()
    page.get_by_role("button", name="Inscrire à l’ordre du jour").click()
    said(page, "Le dossier est inscrit")
    checked(page)
    page.get_by_role("button", name="Convoquer les membres").click()
    said(page, "Message envoyé à 3 personnes")
    return page.url


def opened(page: Page, checked: Look = checked) -> None:
    """Open it, and tap who is there."""
    page.get_by_text("Ouvrir la séance avant le jour prévu").click()
    page.get_by_label("Raison").fill("Séance avancée d’un commun accord.")
    page.get_by_role("button", name="Ouvrir avant le jour prévu").click()
    said(page, "La séance est ouverte")
    for seat in ("URPS Bretagne", "Usagers Bretagne", "Région Bretagne"):
        page.locator(".who", has_text=seat).locator("label", has_text="Titulaire").first.click()
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.locator("#quorum")).to_contain_text("3 sièges tenus sur 3")
    checked(page)


def withdrawn(people: Authors, address: str, number: str, width: int) -> None:
    """A member declares a conflict of interest, and no longer sees the item."""
    page = people.open("anne", address, width=width)
    page.get_by_role("link", name=number).click()
    point = page.url
    page.get_by_text("Déclarer un conflit d’intérêts").click()
    page.get_by_label("Qui").select_option(index=1)
    checked(page)
    page.get_by_role("button", name="Déclarer").click()
    said(page, "Le conflit d’intérêts est déclaré")
    expect(page.get_by_text("Point qui ne vous est pas ouvert")).to_be_visible()
    expect(page.get_by_role("link", name=number)).to_have_count(0)
    checked(page)
    answer = page.goto(point)
    assert answer is not None
    assert answer.status == 404
    people.complaints.forgive("404")


def voted(people: Authors, address: str, number: str, width: int) -> None:
    """Another one votes, once."""
    page = people.open("zoe", address, width=width)
    page.get_by_role("link", name=number).click()
    page.get_by_role("radio", name="Pour").check()
    checked(page)
    page.get_by_role("button", name="Voter").click()
    said(page, "Votre voix est enregistrée")
    expect(page.get_by_role("button", name="Voter")).to_have_count(0)


def advised(page: Page, address: str, number: str) -> None:
    """The suppléant sits, the voices are noted, the avis is written with its reasons."""
    page.goto(address)
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Faire siéger le suppléant").click()
    for seat, choice in (("URPS Bretagne", "Contre"), ("Région Bretagne", "Pour")):
        page.locator("section", has_text="Voix").locator(".who", has_text=seat).locator(
            "label", has_text=choice
        ).click()
    page.get_by_role("button", name="Enregistrer les voix").click()
    expect(page.get_by_text("2 pour, 1 contre")).to_be_visible()
    checked(page)
    page.get_by_label("Sens de l’avis").select_option("reserve")
    page.get_by_label("Motifs").fill(REASONS)
    page.get_by_role("button", name="Enregistrer l’avis").click()
    said(page, "L’avis est enregistré")


def sealed(page: Page, address: str) -> None:
    """The session is closed, its minutes proposed, approved and sealed."""
    page.goto(address)
    page.get_by_role("button", name="Fermer la séance").click()
    page.get_by_role("link", name="Procès-verbal").click()
    checked(page)
    page.get_by_label("Texte d’ouverture et points divers").fill("La séance est ouverte à 14 h.")
    page.get_by_role("button", name="Enregistrer").first.click()
    said(page, "Le procès-verbal est enregistré")
    page.get_by_role("button", name="Proposer aux membres").click()
    page.get_by_role("button", name="Approuver et sceller").click()
    expect(page.get_by_text("Empreinte SHA-256")).to_be_visible()
    checked(page)
    with page.expect_download() as minutes:
        page.get_by_role("link", name="Procès-verbal nº 1 (PDF)").click()
    assert minutes.value.suggested_filename.endswith("-1.pdf")


@pytest.mark.parametrize("width", [LARGE, PHONE], ids=["large", "telephone"])
def test_a_commission_from_its_convocation_to_its_sealed_minutes(people: Authors, site: TextSite, width: int):
    """Who declares a conflict sees nothing more, the others vote; every page is for everyone."""
    number = NUMBERS[width]
    page = people.open("instructrice", f"/commissions/{site.project}/", width=width)
    address = planned(page, number)
    opened(page)
    withdrawn(people, address, number, width)
    voted(people, address, number, width)
    advised(page, address, number)
    sealed(page, address)
    member = people.open("anne", f"{address}proces-verbal/", width=width)
    expect(member.get_by_text(REASONS)).to_have_count(0)
    checked(member)


def test_a_session_is_prepared_and_opened_without_any_script(people: Authors, site: TextSite):
    page = people.open("instructrice", f"/commissions/{site.project}/", width=PHONE, javascript=False)
    planned(page, WITHOUT_SCRIPT, lambda _page: None)
    opened(page, lambda _page: None)
    page.get_by_role("link", name=WITHOUT_SCRIPT).click()
    page.get_by_label("Sens de l’avis").select_option("ajourne")
    page.get_by_label("Motifs").fill("Des pièces manquent.")
    page.get_by_role("button", name="Enregistrer l’avis").click()
    said(page, "L’avis est enregistré")


@pytest.mark.parametrize("path", ["", "nouvelle/"])
def test_the_pages_can_be_read_in_the_dark(people: Authors, site: TextSite, path: str):
    page = people.open("instructrice", f"/commissions/{path}", dark=True)
    assert violations(page, COLOURS) == []
    for rest in ("", "regles/", "sieges/nouveau/"):
        page.goto(f"/commissions/{site.project}/{rest}")
        assert violations(page, COLOURS) == []
