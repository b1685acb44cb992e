"""From a project to a receipt: a dossier begun, filled by two, blocked, mended, sent, withdrawn."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.apps.dossiers.filing import pdf
from tests.parcours.accessibility import violations
from tests.parcours.complaints import Complaints
from tests.parcours.conftest import LARGE, PHONE
from tests.parcours.measures import too_wide
from tests.parcours.text_site import Authors, TextSite, text_site
from tools import served

ROOT = Path(__file__).resolve().parents[2]
KIND = "Adhésion d’une MSP à l’accord conventionnel (ACI)"
STATUTES = {"name": "statuts-sisa.pdf", "mimeType": "application/pdf"}
VERSION = "Pour l’adhésion"


@pytest.fixture(scope="module")
def filing_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    var = tmp_path_factory.mktemp("depot")
    with text_site(var) as found:
        forget_the_sample(var)
        yield found


def forget_the_sample(var: Path) -> None:
    """The diagnosis of this project is cut short for the editor: it makes no document."""
    words = "from maillage.apps.projets.models import Projet; Projet.objects.update(diagnosis=None)"
    given = {**served.variables(var), "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "django", "shell", "-c", words], check=True, env=given, cwd=ROOT)


@pytest.fixture
def authors(browser: Browser, filing_site: TextSite) -> Iterator[Authors]:
    heard = Complaints(filing_site.address)
    found = Authors(browser, filing_site, heard)
    yield found
    found.close()
    assert heard.lines == []


WITHOUT: set[Page] = set()
"""Pages where no script runs: axe cannot either."""


def checked(page: Page) -> None:
    """The page breaks no rule of accessibility and holds in its width."""
    if page not in WITHOUT:
        assert violations(page) == []
        assert too_wide(page) == []


def begun(page: Page, authors: Authors) -> str:
    """Begin the dossier from the list of the project; its address."""
    page.goto(f"/projets/{authors.site.project}/versions/")
    if not page.get_by_role("link", name=VERSION).count():
        page.locator("input[name=nom]").fill(VERSION)
        page.locator("main form button[type=submit]").first.click()
    page.goto(f"/projets/{authors.site.project}/dossiers/")
    checked(page)
    page.get_by_role("button", name=f"Commencer : {KIND}").click()
    expect(page.get_by_text("Le dossier est commencé")).to_be_visible()
    checked(page)
    return re.sub("formulaire/$", "", page.url)


def filled(page: Page, *, javascript: bool) -> None:
    """Answer; the question that depends on another appears at once, or once the page is sent."""
    question = page.get_by_role("group", name="Le projet de santé est validé par l’ARS")
    expect(page.get_by_label("Date de validation")).to_have_count(0)
    question.get_by_label("Oui").check()
    if not javascript:
        page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    date = page.get_by_label("Date de validation")
    expect(date).to_be_visible()
    date.fill("2026-10-01")
    page.get_by_role("group", name="Le logiciel partagé est labellisé").get_by_label("Oui").check()
    page.get_by_label("Nom de la SISA").fill("SISA du pays de Redon")
    page.get_by_label("Professionnels associés").fill("beaucoup")
    page.get_by_role("button", name="Enregistrer et passer aux pièces").click()
    expect(page.get_by_text("Attendu : un nombre entier")).to_be_visible()
    checked(page)
    expect(page.get_by_label("Professionnels associés")).to_have_value("beaucoup")
    page.get_by_label("Professionnels associés").fill("6")
    page.get_by_role("button", name="Enregistrer et passer aux pièces").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pièces")


def joined(page: Page, address: str) -> None:
    """Choose the version, be stopped by the document that is missing, join it."""
    page.get_by_label("Version du projet").select_option(index=1)
    page.get_by_role("button", name="Choisir cette version").click()
    expect(page.get_by_text("La version est choisie")).to_be_visible()
    page.goto(f"{address}deposer/")
    expect(page.get_by_role("button", name="Déposer le dossier")).to_have_count(0)
    checked(page)
    page.get_by_role("listitem").filter(has_text="Statuts de la SISA").get_by_role("link").click()
    field = page.get_by_label("Choisir un fichier : Statuts de la SISA")
    field.set_input_files({**STATUTES, "buffer": pdf("Statuts de la SISA.")})
    page.get_by_role("button", name="Joindre : Statuts de la SISA").click()
    expect(page.get_by_role("link", name="statuts-sisa.pdf", exact=True)).to_be_visible()
    checked(page)


def sent(page: Page, address: str) -> None:
    """Deposit, then open the receipt."""
    page.goto(f"{address}deposer/")
    page.get_by_role("button", name="Déposer le dossier").click()
    expect(page.get_by_text("Votre accusé de dépôt est prêt")).to_be_visible()
    checked(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Télécharger l’accusé (PDF)").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    assert waiting.value.suggested_filename.startswith("accuse-de-depot-ACM-53-")


def withdrawn(page: Page, address: str) -> None:
    """Withdraw, so that another may begin."""
    page.goto(f"{address}retirer/")
    checked(page)
    page.get_by_label("Pourquoi le retirez-vous ?").fill("Le contrat attend la SISA.")
    page.get_by_role("button", name="Retirer le dossier").click()
    expect(page.get_by_role("button", name="Recommencer à partir de ce dossier")).to_be_visible()
    checked(page)


@pytest.mark.parametrize(
    ("width", "javascript"),
    [(LARGE, True), (PHONE, True), (PHONE, False)],
    ids=["large", "phone", "without JavaScript"],
)
def test_a_team_files_a_dossier_and_gets_its_receipt(authors, width, javascript) -> None:
    page = authors.open("porteuse", "/projets/", width=width, javascript=javascript)
    if not javascript:
        WITHOUT.add(page)
    address = begun(page, authors)
    filled(page, javascript=javascript)
    joined(page, address)
    sent(page, address)
    withdrawn(page, address)
    authors.complaints.forgive("422")


def test_two_authors_never_erase_each_other(authors) -> None:
    page = authors.open("porteuse", "/projets/")
    address = begun(page, authors)
    other = authors.open("coordinatrice", f"{address}formulaire/", javascript=False)
    page.get_by_label("Nom de la SISA").fill("SISA des premiers")
    page.get_by_label("SIREN de la SISA").focus()
    expect(page.get_by_text(re.compile("Enregistré à"))).to_be_visible()
    other.get_by_label("Nom de la SISA").fill("SISA des seconds")
    other.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(other.get_by_text("« SISA des premiers »")).to_be_visible()
    expect(other.get_by_label("Nom de la SISA")).to_have_value("SISA des seconds")
    other.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(other.get_by_text("Le formulaire est enregistré")).to_be_visible()
    page.goto(f"{address}supprimer/")
    checked(page)
    page.get_by_role("button", name="Supprimer le brouillon").click()
    expect(page.get_by_text("sont supprimés")).to_be_visible()
    authors.complaints.forgive("422")
