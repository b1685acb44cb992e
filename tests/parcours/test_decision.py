"""A decision in a real browser: proposed, taken, signed, notified; read by everybody, once notified."""

import contextlib
import datetime
import http.client
import io
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import violations
from tests.parcours.complaints import Complaints
from tests.parcours.conftest import LARGE, PHONE
from tests.parcours.measures import too_wide
from tests.parcours.text_site import Authors, TextSite, prepared
from tools import served

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "PSC-D-53-"
APPEAL = "Recours devant le tribunal administratif."
CLOSED = "Aucune décision n’est notifiée"
SLOW = 60_000
"""Milliseconds that a letter, or the first dossier of a server, may take on a busy machine."""


@pytest.fixture(scope="module")
def decision_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    var = tmp_path_factory.mktemp("decision")
    told = prepared(var, "tests.decision_site")
    with served.served(var) as address:
        found = TextSite(address, "", tuple(told["dossiers"]), told["sessions"])
        warm(found)
        yield found


def warm(site: TextSite) -> None:
    """Open the pages first: the loading of the definitions must not be that of the journey."""
    for path in ("/registre/", f"/dossiers/{site.codes[0]}/decision/preparer/"):
        connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=240)
        connection.request("GET", path, headers={"Cookie": f"sessionid={site.sessions['decideuse']}"})
        connection.getresponse().read()
        connection.close()


@pytest.fixture
def people(browser: Browser, decision_site: TextSite) -> Iterator[Authors]:
    heard = Complaints(decision_site.address)
    with contextlib.closing(Authors(browser, decision_site, heard)) as found:
        yield found
    assert heard.lines == []


def test_a_decision_from_its_draft_to_the_register(people: Authors, decision_site: TextSite) -> None:
    tab = f"/dossiers/{decision_site.codes[0]}/decision/"
    proposed(opened(people, "instructrice", tab, LARGE))
    decider = opened(people, "decideuse", tab, PHONE)
    taken(decider)
    filer = opened(people, "porteuse", tab, PHONE)
    expect(filer.get_by_text(CLOSED)).to_be_visible()
    signed(decider)
    notified(decider)
    filer.reload()
    expect(filer.get_by_text(APPEAL)).to_be_visible()
    expect(filer.get_by_role("link", name="Lettre signée (PDF)")).to_be_visible()
    checked(filer)
    filer.get_by_role("link", name="Voir au registre").click()
    published(filer)


def opened(people: Authors, name: str, path: str, width: int) -> Page:
    """A page of a person; who decides has no JavaScript: the whole way works without it."""
    page = people.open(name, "/registre/", width=width, javascript=name != "decideuse")
    page.set_default_timeout(SLOW)
    page.goto(path)
    return page


def checked(page: Page) -> None:
    """The page breaks no rule of accessibility and holds in its width."""
    assert violations(page) == []
    assert too_wide(page) == []


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible(timeout=SLOW)


def proposed(page: Page) -> None:
    """The reviewer writes the draft, and cannot decide."""
    page.get_by_role("link", name="Préparer la décision").click()
    expect(page.get_by_role("button", name="Prendre la décision")).to_have_count(0)
    page.get_by_label("Voies et délais de recours").fill(APPEAL)
    checked(page)
    page.get_by_role("button", name="Enregistrer le projet").click()
    said(page, "Le projet de décision est enregistré")
    expect(page.get_by_text("Proposition enregistrée : Valider")).to_be_visible()
    checked(page)


def taken(page: Page) -> None:
    """Who decides reads the draft, and takes the decision."""
    page.get_by_role("link", name="Lire la proposition et décider").click()
    expect(page.get_by_label("Voies et délais de recours")).to_have_value(APPEAL)
    page.get_by_role("button", name="Prendre la décision").click()
    said(page, f"La décision {NUMBER}")
    expect(page.get_by_text("Qui a déposé le dossier ne voit pas encore cette décision")).to_be_visible()


def signed(page: Page) -> None:
    """The signature, with the signed letter."""
    page.get_by_role("link", name="Enregistrer la signature").click()
    page.get_by_label("Signataire", exact=True).fill("Camille Exemple")
    page.get_by_label("Qualité du signataire").fill("Directrice générale")
    page.get_by_label("Lettre signée (PDF)").set_input_files(
        {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": letter()}
    )
    page.get_by_role("button", name="Enregistrer la signature").click()
    said(page, "La signature est enregistrée")


def notified(page: Page) -> None:
    """The notification: from now on who filed reads it."""
    page.get_by_role("link", name="Notifier la décision").click()
    page.get_by_label("Moyen de la notification").fill("lettre recommandée")
    today = datetime.datetime.now(tz=zoneinfo.ZoneInfo("Europe/Paris")).date()
    expect(page.get_by_label("Notifiée le")).to_have_value(today.isoformat())
    page.get_by_role("button", name="Notifier").click()
    said(page, "La décision est notifiée")


def published(page: Page) -> None:
    """The register tells the structure to everybody."""
    expect(page.get_by_role("heading", level=1)).to_have_text("CPTS du pays de Redon")
    page.get_by_role("link", name="Structures reconnues").first.click()
    expect(page.get_by_role("row").filter(has_text=NUMBER)).to_be_visible()
    checked(page)


def letter() -> bytes:
    """A PDF of one page."""
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(300, 400)
    writer.write(buffer)
    return buffer.getvalue()
