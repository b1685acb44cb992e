"""A person creates an account, protects it, leaves and comes back; keys, lock-out and sessions in a real browser."""

import email
import email.policy
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.cast import PASSWORD
from tests.parcours.accessibility import violations
from tests.parcours.conftest import NewPage
from tests.web.comptes.helpers import code


@pytest.fixture
def address() -> str:
    """An address of one's own: the journeys share one database."""
    return f"{uuid.uuid4().hex[:12]}@example.org"


@pytest.fixture
def last_mail(site_var: Path):
    """The text of the last e-mail that the site wrote to an address."""

    def read(to: str) -> str:
        files = sorted((site_var / "courriels").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
        return next(each.get_content() for each in reversed(mails) if each["To"] == to)

    return read


def link_in(text: str) -> str:
    parts = urlsplit(re.search(r"https?://\S+", text)[0])
    return parts.path


def sign_up(page: Page, address: str, last_mail) -> None:
    """From the bar to an account whose address is confirmed."""
    page.get_by_label("Prénom").fill("Nour")
    page.get_by_label("Nom", exact=True).fill("Exemple")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez votre adresse électronique")
    page.goto(link_in(last_mail(address)))
    page.get_by_role("button", name="Oui, confirmer").click()
    expect(page.get_by_text("Votre adresse est confirmée")).to_be_visible()


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto("/comptes/login/")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_label("Mon compte", exact=True).or_(page.locator("details.account > summary")).first.click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Vous êtes déconnecté")).to_be_visible()


def confirm(page: Page) -> None:
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_sign_up_confirm_protect_leave_and_come_back(new_page: NewPage, address, last_mail, javascript, width) -> None:
    page = new_page("/comptes/login/", javascript=javascript, width=width)
    page.get_by_role("main").get_by_role("link", name="Créer un compte").click()
    sign_up(page, address, last_mail)
    page.goto("/comptes/2fa/totp/activate/")
    confirm(page)
    secret = page.locator("#cle-totp").inner_text()
    page.get_by_label("Code à six chiffres affiché par l’application").fill(code(secret))
    page.get_by_role("button", name="Ajouter cette application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    rescue = page.locator(".codes code").first.inner_text()
    assert len(rescue) == 8
    sign_out(page)
    sign_in(page, address)
    page.get_by_label("Code à six chiffres de votre application").fill(rescue)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.locator("details.account > summary")).to_contain_text("Nour Exemple")


@pytest.fixture
def key_page(new_page: NewPage, site: str) -> Iterator[Page]:
    """A page on the name « localhost » (keys are refused on an address in figures), with a key plugged in."""
    page = new_page("about:blank")
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    debugger.detach()


def test_a_key_is_added_then_enters_as_second_factor_and_alone(
    key_page: Page, site, complaints, address, last_mail
) -> None:
    page, home = key_page, site.replace("127.0.0.1", "localhost")
    complaints.site = home
    page.goto(f"{home}/comptes/signup/")
    page.get_by_label("Prénom").fill("Nour")
    page.get_by_label("Nom", exact=True).fill("Exemple")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    page.goto(home + link_in(last_mail(address)))
    page.get_by_role("button", name="Oui, confirmer").click()
    page.goto(f"{home}/comptes/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_label("Pouvoir se connecter avec cette clé seule").check()
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    page.goto(f"{home}/comptes/2fa/webauthn/")
    expect(page.get_by_role("row", name="Mon téléphone")).to_contain_text("entrer sans mot de passe")
    sign_out(page)
    page.goto(f"{home}/comptes/login/")
    page.get_by_label("Adresse électronique").fill(address)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("button", name="Utiliser ma clé de sécurité").click()
    expect(page.locator("details.account > summary")).to_contain_text("Nour Exemple")
    sign_out(page)
    page.goto(f"{home}/comptes/login/")
    page.get_by_role("button", name="Se connecter avec une clé, sans mot de passe").click()
    expect(page.locator("details.account > summary")).to_contain_text("Nour Exemple")


def test_five_mistakes_lock_the_account(new_page: NewPage, address, last_mail) -> None:
    page = new_page("/comptes/signup/")
    sign_up(page, address, last_mail)
    sign_out(page)
    for _ in range(5):
        sign_in(page, address, "pas-le-bon-mot-de-passe")
        expect(page.get_by_role("alert")).to_contain_text("incorrect")
    sign_in(page, address)
    expect(page.get_by_role("alert")).to_contain_text("Trop d’essais")


def test_a_session_closed_from_another_device_asks_to_sign_in(new_page: NewPage, address, last_mail) -> None:
    first = new_page("/comptes/signup/")
    sign_up(first, address, last_mail)
    second = new_page("/comptes/login/")
    sign_in(second, address)
    second.goto("/comptes/sessions/")
    second.get_by_role("button", name=re.compile("Fermer cette session")).click()
    expect(second.get_by_text("La session est fermée")).to_be_visible()
    first.goto("/comptes/sessions/")
    expect(first.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_the_menu_of_the_person_opens_and_leaves_by_the_keyboard(new_page: NewPage, address, last_mail) -> None:
    page = new_page("/comptes/signup/")
    sign_up(page, address, last_mail)
    page.locator("details.account > summary").focus()
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Se déconnecter":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous êtes déconnecté")).to_be_visible()


ENTRANCE = ("/comptes/login/", "/comptes/signup/", "/comptes/password/reset/", "/comptes/password/reset/done/")
INSIDE = (
    "/comptes/email/", "/comptes/password/change/", "/comptes/2fa/", "/comptes/2fa/totp/activate/",
    "/comptes/2fa/webauthn/add/", "/comptes/2fa/webauthn/", "/comptes/sessions/", "/comptes/3rdparty/",
    "/comptes/logout/",
)  # fmt: skip


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_the_pages_of_accounts_are_for_everyone(new_page: NewPage, address, last_mail, width, dark) -> None:
    page = new_page("/comptes/signup/", width=width, dark=dark)
    found = {path: violations(page) for path in ENTRANCE if page.goto(path)}
    page.goto("/comptes/signup/")
    sign_up(page, address, last_mail)
    page.goto("/comptes/2fa/totp/activate/")
    found["reauthenticate"] = violations(page)
    confirm(page)
    found |= {path: violations(page) for path in INSIDE if page.goto(path)}
    assert {path: lines for path, lines in found.items() if lines} == {}
