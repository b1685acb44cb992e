"""A team gathers: invited by e-mail, signed up from the link; one person in two teams; an account that ends."""

import email
import email.policy
import re
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.cast import PASSWORD
from tests.parcours.accessibility import violations
from tests.parcours.conftest import NewPage
from tests.web.addresses import SITUATION

Mail = Callable[[str], str]
NEW_PROJECT = f"/projets/nouveau/?structure=msp&{SITUATION}"


@pytest.fixture
def link_sent(site_var: Path) -> Mail:
    """The path of the link in the last e-mail that the site wrote to an address."""

    def read(to: str) -> str:
        files = sorted((site_var / "courriels").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        mails = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files)
        text = next(each.get_content() for each in mails if each["To"] == to)
        return urlsplit(re.search(r"https?://\S+", text)[0]).path

    return read


def new_address() -> str:
    """An address of one's own: the journeys share one database."""
    return f"{uuid.uuid4().hex[:12]}@example.org"


def fill_account(page: Page, prenom: str) -> None:
    page.get_by_label("Prénom").fill(prenom)
    page.get_by_label("Nom", exact=True).fill("Exemple")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()


def open_account(page: Page, prenom: str, link_sent: Mail) -> str:
    """An account of whom nobody invited; its address."""
    address = new_address()
    page.goto("/comptes/signup/")
    page.get_by_label("Adresse électronique").fill(address)
    fill_account(page, prenom)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez votre adresse électronique")
    page.goto(link_sent(address))
    page.get_by_role("button", name="Oui, confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Bonjour {prenom}")
    return address


def create_project(page: Page, nom: str) -> None:
    page.goto(NEW_PROJECT)
    page.get_by_label("Le nom de la structure").fill(nom)
    page.get_by_role("button", name="Créer le projet").last.click()
    expect(page.get_by_text("Le projet est créé")).to_be_visible()


def invite(page: Page, address: str, role: str) -> None:
    page.goto("/tableau-de-bord/")
    page.get_by_role("link", name="Inviter quelqu’un").click()
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Rôle").select_option(role)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text(f"L’invitation est envoyée à {address}")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_member_signs_up_from_the_link_and_sees_the_project(
    new_page: NewPage, link_sent: Mail, width: int, javascript: bool
) -> None:
    porteuse = new_page("/", javascript=javascript, width=width)
    open_account(porteuse, "Paule", link_sent)
    create_project(porteuse, "MSP des Trois Rivières")
    claire = new_address()
    invite(porteuse, claire, "membre")

    page = new_page(link_sent(claire), javascript=javascript, width=width)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rejoindre MSP des Trois Rivières")
    page.get_by_role("link", name="Créer mon compte").click()
    fill_account(page, "Claire")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Vous agissez pour : MSP des Trois Rivières")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Projet de santé").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("MSP des Trois Rivières")

    porteuse.goto("/tableau-de-bord/")
    porteuse.get_by_role("main").get_by_role("link", name="Personnes et rôles").click()
    expect(porteuse.get_by_role("rowheader", name="Claire Exemple")).to_be_visible()


def test_a_person_of_two_teams_chooses_for_which_one_they_act(new_page: NewPage, link_sent: Mail) -> None:
    page = new_page("/", javascript=False)
    open_account(page, "Paule", link_sent)
    for nom in ("MSP du Canal", "MSP du Port"):
        create_project(page, nom)
    page.goto("/tableau-de-bord/")
    menu = page.get_by_role("navigation", name="Espace de travail")
    expect(menu.get_by_role("link", name="MSP du Port")).to_be_visible()
    expect(menu.get_by_role("link", name="MSP du Canal")).to_have_count(0)
    page.locator("details.context > summary").click()
    page.get_by_role("button", name="MSP du Canal").click()
    expect(page.locator("details.context > summary")).to_contain_text("MSP du Canal")
    expect(menu.get_by_role("link", name="MSP du Canal")).to_be_visible()


def test_an_account_is_taken_away_then_closed(new_page: NewPage, link_sent: Mail, tmp_path: Path) -> None:
    page = new_page("/")
    address = open_account(page, "Zoé", link_sent)
    page.goto("/mon-compte/mes-donnees/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tout télécharger").click()
    download.value.save_as(tmp_path / "tout.zip")
    assert address in zipfile.ZipFile(tmp_path / "tout.zip").read("compte.csv").decode()
    page.goto("/mon-compte/fermer/")
    page.get_by_label("J’ai compris ce qui est effacé").check()
    page.get_by_role("button", name="Fermer mon compte").click()
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("Votre compte est fermé")).to_be_visible()
    page.goto("/comptes/login/")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_text("Adresse ou mot de passe incorrect")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_of_people_break_no_rule_of_accessibility(
    new_page: NewPage, link_sent: Mail, width: int, dark: bool
) -> None:
    page = new_page("/", width=width, dark=dark)
    open_account(page, "Paule", link_sent)
    found = {"/tableau-de-bord/, nobody": at(page, "/tableau-de-bord/"), "none": at(page, "/organisations/")}
    for nom in ("MSP du Lac", "MSP du Pont"):
        create_project(page, nom)
    invite(page, new_address(), "accompagnateur")
    for path in (page.url, f"{page.url}inviter/", f"{page.url}fermer/", f"{page.url}quitter/"):
        found[path] = at(page, path)
    page.goto("/organisations/")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("link", name="Changer le rôle").first.click()
    found["role"] = violations(page)
    for path in ("/tableau-de-bord/", "/organisations/", "/organisations/nouvelle/", "/mon-compte/"):
        found[path] = at(page, path)
    for path in ("/mon-compte/mes-donnees/", "/mon-compte/fermer/"):
        found[path] = at(page, path)
    assert {path: lines for path, lines in found.items() if lines} == {}


def at(page: Page, path: str) -> list[str]:
    """What axe finds on a page, with the choice of the context open."""
    page.goto(path)
    for summary in page.locator("details.context > summary").all():
        summary.click()
    return violations(page)
