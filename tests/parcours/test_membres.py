"""Journeys of who keeps the adhérents: a fee noted in one tap on a phone, shares moved, what a member shows."""

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.parcours.accessibility import violations
from tests.parcours.complaints import Complaints
from tests.parcours.measures import too_wide
from tests.parcours.text_site import Authors, TextSite, text_site

PHONE = 390
PAGES = (
    "", "adherents/", "parts/", "parts/noter/", "cotisations/", "cotisations/montants/", "registres/", "organismes/",
    "organismes/ajouter/", "importer/",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("membres")) as found:
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


def address(site: TextSite, page: str = "") -> str:
    return f"/structures/{site.structure}/equipe/{page}"


@pytest.fixture(scope="module")
def adherent(browser: Browser, site: TextSite) -> str:
    """Somebody who belongs to an association of the structure, brought by a list; their name."""
    authors = Authors(browser, site, Complaints(site.address))
    page = authors.open("porteuse", f"/projets/{site.project}/forme-juridique/")
    nom = f"Lebrun{uuid.uuid4().hex[:4]}"
    page.goto(f"/structures/{site.structure}/entites/nouvelle/")
    page.get_by_label("Forme").select_option("association_1901")
    page.get_by_label("Dénomination").fill("Association de l’équipe")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(address(site, "importer/"))
    day = "01/01/2026"
    page.get_by_label("La liste").fill(f"Nom;Métier;Qualité;Depuis le\n{nom};infirmier;adhérent;{day}\n")
    page.get_by_role("button", name="Vérifier la liste").click()
    page.get_by_role("button", name="Ajouter 1 personne").click()
    authors.close()
    return nom


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_fee_is_noted_in_one_tap_on_a_phone(authors: Authors, site: TextSite, adherent: str, javascript: bool):
    page = authors.open("porteuse", address(site, "cotisations/"), width=PHONE, javascript=javascript)
    page.get_by_role("link", name="les montants").click()
    page.get_by_label("Adhérent").fill("50")
    page.get_by_role("button", name="Enregistrer").click()
    row = page.get_by_role("listitem").filter(has_text=adherent)
    row.get_by_role("button", name="Payé").click()
    expect(page.get_by_text("1 paiement noté")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text=adherent)
    expect(row.get_by_text("à jour")).to_be_visible()
    row.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Le paiement est annulé")).to_be_visible()


def test_shares_are_noted_and_stand_in_the_register(authors: Authors, site: TextSite, adherent: str):
    page = authors.open("porteuse", address(site, "parts/"))
    page.get_by_role("link", name="Noter un mouvement").click()
    page.get_by_label("Qui reçoit").select_option(label=f"{adherent} (devient associé)")
    page.get_by_label("Nombre de parts").fill("10")
    page.get_by_role("button", name="Noter le mouvement").click()
    expect(page.get_by_role("rowheader", name=adherent)).to_be_visible()
    page.get_by_role("link", name="Registre des associés").click()
    expect(page.get_by_role("rowheader", name=adherent)).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_adherents_is_for_everyone(authors: Authors, site: TextSite, adherent: str, path: str):
    for width in (1280, PHONE):
        page = authors.open("porteuse", address(site, path), width=width)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert violations(page) == []
        assert too_wide(page) == []
