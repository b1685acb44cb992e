"""From an orientation to a project, without typing anything again; the team, the territory, what the ARS sees."""

import email
import email.policy
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.cast import PASSWORD
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.conftest import PHONE
from tests.parcours.measures import resize, too_wide, unfold
from tests.parcours.text_site import Authors, TextSite, text_site
from tests.web.addresses import RESULT, SITUATION

PAGES = (
    "", "equipe/", "equipe/ajouter/", "equipe/annuaire/", "equipe/importer/",
    "territoire/", "territoire/communes/", "territoire/diagnostic/", "parametres/", "parametres/partager/",
    "parametres/reprendre/",
)  # fmt: skip


@pytest.fixture(scope="module")
def project_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("projet")) as found:
        yield found


@pytest.fixture
def authors(browser: Browser, project_site: TextSite) -> Iterator[Authors]:
    heard = Complaints(project_site.address)
    found = Authors(browser, project_site, heard)
    yield found
    found.close()
    assert heard.lines == []


@pytest.fixture
def opened(authors: Authors, project_site: TextSite) -> Callable[..., Page]:
    """A page of the project as one of its people."""

    def page(who: str, path: str = "", **how) -> Page:
        return authors.open(who, f"/projets/{project_site.project}/{path}", **how)

    return page


def not_found(opened: Callable[..., Page], authors: Authors) -> None:
    """The instructrice meets the page of what does not exist."""
    expect(opened("instructrice").get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    authors.complaints.forgive("404")


def link_sent(var: Path, to: str) -> str:
    """The path of the link in the e-mail that the site wrote to an address."""
    files = sorted((var / "courriels").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    mails = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files)
    text = next(each.get_content() for each in mails if each["To"] == to)
    return urlsplit(re.search(r"https?://\S+", text)[0]).path


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_visitor_signs_up_and_starts_the_project_of_their_orientation(new_page, site_var, javascript) -> None:
    page, address = new_page(f"{RESULT}?{SITUATION}", javascript=javascript), f"{uuid.uuid4().hex[:12]}@example.org"
    page.locator("details.structure[open]").get_by_role("link", name="Démarrer ce projet").click()
    page.get_by_role("main").get_by_role("link", name="Créer un compte").click()
    page.get_by_label("Prénom").fill("Nour")
    page.get_by_label("Nom", exact=True).fill("Exemple")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    page.goto(link_sent(site_var, address))
    page.get_by_role("button", name="Oui, confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nouveau projet")
    expect(page.get_by_text("2 médecins généralistes")).to_be_visible()
    page.get_by_label("Votre métier dans l’équipe").select_option("infirmier")
    page.get_by_role("button", name="Créer le projet").last.click()
    expect(page.get_by_text("Le projet est créé")).to_be_visible()
    expect(page.get_by_role("link", name="Nommer 2 médecins généralistes")).to_be_visible()
    page.get_by_role("link", name="Voir l’équipe").click()
    expect(page.get_by_role("rowheader", name="Nour Exemple")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_who_writes_names_the_team_and_its_hours(opened, javascript) -> None:
    page = opened("redactrice", "equipe/ajouter/", javascript=javascript)
    nom = f"Lebrun {uuid.uuid4().hex[:4]}"
    page.get_by_label("Nom", exact=True).fill(nom)
    page.get_by_label("Métier").select_option("infirmier")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("rowheader", name=nom)).to_be_visible()
    page.get_by_role("link", name="Importer une liste").click()
    page.get_by_label("La liste").fill(f"Nom;Métier\nPetit {nom};kiné\n")
    page.get_by_role("button", name="Vérifier la liste").click()
    expect(page.get_by_role("heading", name="1 personne à ajouter")).to_be_visible()
    page.get_by_role("button", name="Ajouter 1 personne").click()
    expect(page.get_by_role("rowheader", name=f"Petit {nom}")).to_be_visible()


def test_who_reads_finds_neither_form_nor_button(opened) -> None:
    for who in ("membre", "accompagnatrice"):
        page = opened(who)
        expect(page.get_by_text("Lecture seule")).to_be_visible()
        menu = page.get_by_role("navigation", name="Structure")
        menu.get_by_text("La structure").click()
        menu.get_by_role("link", name="Équipe et adhérents").click()
        expect(page.get_by_role("link", name="Ajouter à la main")).to_have_count(0)
        expect(page.get_by_role("rowheader", name="Porteuse Exemple")).to_be_visible()


def test_the_ars_reads_once_shared_and_no_longer_after(opened, authors) -> None:
    not_found(opened, authors)
    page = opened("coordinatrice", "parametres/")
    page.get_by_role("link", name="Partager en lecture").click()
    page.get_by_role("button", name="Partager en lecture").click()
    expect(page.get_by_text("Le projet est partagé : l’ARS")).to_be_visible()
    shared = opened("instructrice", "equipe/")
    expect(shared.get_by_text("Lecture seule")).to_be_visible()
    expect(shared.get_by_text("@example.org")).to_have_count(0)
    page.get_by_role("link", name="Cesser de partager").click()
    page.get_by_role("button", name="Cesser de partager").click()
    expect(page.get_by_text("Le partage est terminé")).to_be_visible()
    not_found(opened, authors)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_a_project_is_for_everyone(opened, path) -> None:
    page = opened("porteuse", path)
    unfold(page)
    found = {"axe": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["axe, dark"] = violations(page, COLOURS)
    resize(page, PHONE)
    found["wider than a phone"] = too_wide(page)
    assert {what: lines for what, lines in found.items() if lines} == {}


def test_the_side_menu_is_folded_on_a_phone_and_opens_with_the_keyboard(opened) -> None:
    page = opened("membre", width=PHONE)
    menu = page.get_by_text("Menu de la structure", exact=True)
    expect(page.get_by_role("navigation", name="Structure")).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Structure").get_by_role("link", name="Territoire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le territoire")
