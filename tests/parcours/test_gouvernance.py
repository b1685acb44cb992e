"""The journey of who runs a structure: its bodies, its statutes, an assembly on a phone up to its sealed minutes."""

import datetime
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

PHONE = 390
RULES = {"notice_days": "15", "quorum": "1/2", "powers_most": "1", "majority": "1/2"}
CHOICES = {
    "quorum_counts": "representes",
    "quorum_by_college": "non",
    "remote_counts": "oui",
    "majority_of": "exprimes",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("gouvernance")) as found:
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


def root(site: TextSite) -> str:
    return f"/structures/{site.structure}/gouvernance/"


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def body(page: Page, site: TextSite, nom: str, kind: str) -> None:
    """Add a body."""
    page.goto(f"{root(site)}organes/nouveau/?nature={kind}")
    page.get_by_label("Nom (obligatoire)").fill(nom)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(nom)


def statutes(page: Page) -> None:
    """Type the rules of the body that is shown."""
    page.get_by_role("link", name="Écrire les règles de vote").click()
    for name, value in RULES.items():
        page.locator(f"#champ-{name}").fill(value)
    for name, value in CHOICES.items():
        page.locator(f"#champ-{name}").select_option(value)
    save(page)


def assembly(page: Page, title: str, day: datetime.date, hour: str = "20:00") -> str:
    """Call an assembly from the first page; its address."""
    page.get_by_role("link", name="Convoquer une assemblée").click()
    page.get_by_label("Sujet").fill(title)
    page.get_by_label("Date").fill(day.isoformat())
    page.get_by_label("Heure").fill(hour)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def vote(page: Page, title: str, way: str) -> None:
    """Add a point and open its vote."""
    page.get_by_role("link", name="Ajouter un point à voter").click()
    page.get_by_label("Intitulé").fill(title)
    page.get_by_label("Manière de voter").select_option(way)
    save(page)
    page.get_by_role("link", name=re.compile(f"^Voter.*{title}")).click()


@pytest.fixture(scope="module")
def annual(browser: Browser, site: TextSite) -> str:
    """The bureau, the assembly with its statutes, and one called in twenty days: its address."""
    people = Authors(browser, site, Complaints(site.address))
    page = people.open("porteuse", root(site), width=PHONE)
    expect(page.get_by_role("heading", name="Aucun organe pour l’instant")).to_be_visible()
    body(page, site, "Bureau", "bureau")
    body(page, site, "Assemblée générale", "assemblee")
    statutes(page)
    page.goto(root(site))
    found = assembly(page, "Assemblée annuelle", today() + datetime.timedelta(days=20))
    people.close()
    return found


def today() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011


def test_an_assembly_goes_from_its_call_to_its_sealed_minutes_on_a_phone(site, annual, authors):
    page = authors.open("porteuse", annual, width=PHONE)
    page.get_by_role("button", name="Envoyer la convocation").click()
    expect(page.get_by_text("Délai tenu")).to_be_visible()
    page.goto(root(site))
    address = assembly(page, "Assemblée de ce matin", today(), "00:00")
    page.get_by_role("link", name="Noter les présences").click()
    for choice in page.locator(".segment.present").all():
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            choice.click()
    expect(page.get_by_text("Le quorum est atteint")).to_be_visible()
    page.goto(address)
    vote(page, "Approuver les comptes", "main_levee")
    page.get_by_label("Voix pour").fill("2")
    page.get_by_label("Voix contre").fill("0")
    page.get_by_label("Abstentions").fill("0")
    page.get_by_role("button", name="Enregistrer le vote").click()
    expect(page.get_by_text("Adoptée")).to_be_visible()
    page.get_by_role("button", name="Clore et sceller le procès-verbal").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Procès-verbal nº 1")).click()
    assert download.value.suggested_filename.startswith("proces-verbal-")


def test_a_member_gives_their_power_without_javascript(annual, authors):
    page = authors.open("membre", annual, javascript=False)
    page.get_by_role("link", name="Donner mon pouvoir").click()
    page.get_by_label("je donne pouvoir à").select_option(index=1)
    page.get_by_role("button", name="Donner mon pouvoir").click()
    expect(page.get_by_text("Vous avez donné pouvoir à")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (PHONE, False), (PHONE, True)])
def test_no_page_of_governance_breaks_a_rule_of_accessibility(site, annual, authors, width, dark):
    page = authors.open("porteuse", root(site), width=width, dark=dark)
    general = page.get_by_role("link", name="Assemblée générale", exact=True).get_attribute("href") or ""
    paths = ("", "mandats/", "assemblees/", "organes/nouveau/", "assemblees/nouvelle/")
    addresses = [root(site) + path for path in paths]
    addresses += [general, f"{general}regles/nouvelles/", f"{general}mandats/nouveau/"]
    addresses += [f"{annual}{path}" for path in ("", "presences/", "pouvoirs/", "votants/", "resolutions/nouvelle/")]
    wrong = {}
    for address in addresses:
        page.goto(address)
        found = violations(page, COLOURS) if dark else violations(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found = [*found, "wider than the screen"]
        if found:
            wrong[address] = found
    assert wrong == {}
