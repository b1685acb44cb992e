"""A review in a real browser: taken from the inbox, pieces asked, notes and avis that the right people alone read."""

import contextlib
import datetime
import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import violations
from tests.parcours.complaints import Complaints
from tests.parcours.conftest import LARGE, PHONE
from tests.parcours.measures import too_wide
from tests.parcours.text_site import Authors, TextSite, prepared
from tools import served

ROOT = Path(__file__).resolve().parents[2]
SOON = (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=20)).date().isoformat()
NOTE = "Le budget me paraît fragile."


@pytest.fixture(scope="module")
def review_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    var = tmp_path_factory.mktemp("instruction")
    told = prepared(var, "tests.review_site")
    with served.served(var) as address:
        found = TextSite(address, "", tuple(told["dossiers"]), told["sessions"])
        warm(found)
        yield found


def warm(site: TextSite) -> None:
    """Open a dossier first: the loading of the definitions must not be that of a journey."""
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=120)
    headers = {"Cookie": f"sessionid={site.sessions['collegue']}"}
    connection.request("GET", f"/dossiers/{site.codes[3]}/", headers=headers)
    connection.getresponse().read()
    connection.close()


@pytest.fixture
def people(browser: Browser, review_site: TextSite) -> Iterator[Authors]:
    heard = Complaints(review_site.address)
    with contextlib.closing(Authors(browser, review_site, heard)) as found:
        yield found
    assert heard.lines == []


def checked(page: Page) -> None:
    """The page breaks no rule of accessibility and holds in its width."""
    assert violations(page) == []
    assert too_wide(page) == []


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def taken(page: Page, number: str) -> None:
    """Tick a dossier of the inbox by the keyboard, and take it."""
    checked(page)
    box = page.get_by_role("checkbox", name=f"Choisir {number}")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Me les attribuer").press("Enter")
    said(page, "1 dossier est à votre nom")


def exchanged(page: Page, address: str) -> None:
    """A message to who files, then a note that stays inside."""
    page.goto(f"{address}echanges/")
    page.get_by_label("Votre message").fill("Bonjour, nous lisons votre dossier.")
    page.get_by_role("button", name="Envoyer à qui dépose").click()
    said(page, "Le message est envoyé")
    page.get_by_label("Votre message").fill(NOTE)
    page.get_by_role("button", name="Garder en note interne").click()
    said(page, "La note est gardée")
    checked(page)


def asked(page: Page, address: str) -> None:
    """Ask the CPAM and an élue, each on their own."""
    page.goto(f"{address}avis/demander/")
    checked(page)
    page.get_by_role("checkbox", name=re.compile("^CPAM d.Ille-et-Vilaine$")).check()
    page.get_by_role("checkbox", name="Elue Exemple").check()
    page.get_by_label("Votre question").fill("Le budget tient-il ?")
    page.get_by_label("À rendre avant le").fill(SOON)
    page.get_by_role("button", name="Demander ces avis").click()
    expect(page.get_by_text("0 rendu sur 2")).to_be_visible()
    checked(page)


def given(page: Page, words: str) -> None:
    """Give one's avis from the page of those awaited."""
    checked(page)
    page.get_by_role("article").first.get_by_role("link").click()
    page.get_by_label("Favorable avec réserves").check()
    page.get_by_label("Motifs").fill(words)
    page.get_by_role("button", name="Rendre cet avis").click()
    said(page, "Votre avis est rendu")
    checked(page)


def pieces_asked(page: Page, address: str) -> None:
    page.goto(address)
    checked(page)
    page.get_by_role("link", name="Demander des pièces").click()
    checked(page)
    page.get_by_role("checkbox", name="Statuts de l").check()
    page.get_by_label("Réponse attendue avant le").fill(SOON)
    page.get_by_role("button", name="Demander ces pièces").click()
    said(page, "Les pièces sont demandées")
    expect(page.get_by_role("link", name="Demander des pièces")).to_have_count(0)


@pytest.mark.parametrize(("width", "rank"), [(LARGE, 1), (PHONE, 2)], ids=["large", "telephone"])
def test_a_dossier_is_reviewed(people: Authors, width: int, rank: int) -> None:
    """From the inbox to the pieces asked, with the avis of two experts on the way."""
    address = f"/dossiers/{people.site.codes[rank - 1]}/"
    page = people.open("instructrice", "/dossiers/a-traiter/", width=width)
    taken(page, f"PSC-53-2026-000{rank}")
    exchanged(page, address)
    asked(page, address)
    fund = people.open("agent_cpam", "/avis/", width=width)
    given(fund, "Oui, si le poste est pourvu.")
    expert = people.open("elue", "/avis/", width=width)
    expert.get_by_role("article").first.get_by_role("link").click()
    expect(expert.get_by_text("Oui, si le poste est pourvu.")).to_have_count(0)
    expert.goto("/avis/")
    given(expert, "Le montage est serré.")
    expect(expert.get_by_text("Oui, si le poste est pourvu.")).to_be_visible()
    pieces_asked(page, address)
    filer = people.open("porteuse", f"{address}echanges/", width=width)
    expect(filer.get_by_text("Bonjour, nous lisons votre dossier.")).to_be_visible()
    expect(filer.get_by_text(NOTE)).to_have_count(0)
    expect(filer.get_by_role("link", name="Lettre (PDF)")).to_be_visible()
    checked(filer)


def test_two_reviewers_at_once_the_second_is_told(people: Authors) -> None:
    address = f"/dossiers/{people.site.codes[2]}/"
    first = people.open("instructrice", address)
    second = people.open("collegue", address)
    first.get_by_role("button", name="Me l’attribuer").click()
    said(first, "Ce dossier est confié à Instructrice Exemple")
    second.get_by_role("button", name="Me l’attribuer").click()
    expect(second.get_by_text("Instructrice Exemple vient de prendre ce dossier")).to_be_visible()
    first.get_by_role("button", name="Déclarer complet").click()
    said(first, "déclaré complet")


def test_without_javascript_the_inbox_is_filtered_and_labelled(people: Authors) -> None:
    page = people.open("instructrice", "/dossiers/etiquettes/", javascript=False)
    page.get_by_label("Nouvelle étiquette").fill("urgent")
    page.get_by_role("button", name="Créer").click()
    page.goto("/dossiers/?q=0004")
    page.get_by_role("checkbox", name="Choisir PSC-53-2026-0004").check()
    page.get_by_label("Étiquette").last.select_option(label="urgent")
    page.get_by_role("button", name="Poser").click()
    said(page, "porte l’étiquette « urgent »")
    assert "q=0004" in page.url
