"""Journeys of those who write a projet de santé together: nothing that one of them typed is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.parcours.accessibility import COLOURS, violations
from tests.parcours.complaints import Complaints
from tests.parcours.text_site import Authors, TextSite, text_site

SAVED = re.compile("^Enregistré")
PASTE = """() => {
  const pasted = new DataTransfer();
  pasted.setData("text/html", '<h1 style="color:red">Titre</h1><p style="margin:0">Du <b>gras</b></p>');
  const event = new ClipboardEvent("paste", {clipboardData: pasted, bubbles: true});
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""
GIVE_BACK = """() => {
  const form = document.querySelector("form[data-terminer]");
  return fetch(form.action, {method: "POST", body: new FormData(form)}).then(answer => answer.status);
}"""
FIRST = "Les habitants vieillissent."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextSite]:
    with text_site(tmp_path_factory.mktemp("texte")) as found:
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


@pytest.fixture
def written(authors: Authors, site: TextSite) -> Iterator[Page]:
    """The first heading, open by the porteuse, with one sentence in it; given back afterwards."""
    page = authors.open("porteuse")
    write(page, FIRST)
    saved(page)
    yield page
    if not page.is_closed():
        leave(page)


def editor(page: Page):
    return page.locator(".ProseMirror")


def status(page: Page):
    return page.locator("#etat-enregistrement")


def saved(page: Page) -> None:
    expect(status(page)).to_have_text(SAVED)


def write(page: Page, text: str) -> None:
    """Write this text in the place of all that was there."""
    editor(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def add(page: Page, text: str) -> None:
    """Write at the end of the text."""
    editor(page).click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(text)


def kept(page: Page) -> dict[str, str]:
    """What the tab keeps because it is not saved yet."""
    return page.evaluate(
        "Object.fromEntries(Object.entries(sessionStorage).filter(([key]) => key.startsWith('maillage')))"
    )


def leave(page: Page) -> None:
    button = page.get_by_role("button", name="Terminer et laisser la place")
    if button.count():
        button.click()
        page.wait_for_url("**/document/")


def test_a_text_is_saved_alone_and_comes_back(authors: Authors, written: Page):
    add(written, " Beaucoup vivent seuls.")
    expect(status(written)).to_have_text("Modifications non enregistrées")
    saved(written)
    written.reload()
    expect(editor(written)).to_contain_text(f"{FIRST} Beaucoup vivent seuls.")
    assert kept(written) == {}


def test_the_toolbar_is_one_stop_of_the_keyboard_and_says_what_is_pressed(written: Page):
    editor(written).click()
    written.keyboard.press("ControlOrMeta+a")
    bar = written.get_by_role("toolbar", name="Mise en forme")
    bar.get_by_role("button", name="Texte").focus()
    for _ in range(4):
        written.keyboard.press("ArrowRight")
    bold = bar.get_by_role("button", name="Gras")
    expect(bold).to_be_focused()
    written.keyboard.press("Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")
    assert editor(written).locator("strong").inner_text() == FIRST
    assert bar.locator("button[tabindex='0']").count() == 1
    saved(written)


def test_a_table_a_figure_and_the_members_are_put_in_the_text(written: Page):
    add(written, "\n")
    written.get_by_role("button", name="Insérer : Habitants").click()
    expect(editor(written).locator(".chiffre")).to_contain_text("11 000 habitants")
    written.get_by_role("button", name="Insérer : Liste des membres").click()
    expect(editor(written).locator(".insertion")).to_contain_text("médecin généraliste")
    editor(written).locator("p").first.click()
    written.get_by_role("button", name="Tableau", exact=True).click()
    expect(editor(written).locator(".tableau-texte th")).to_have_count(3)
    saved(written)
    written.reload()
    expect(editor(written).locator(".chiffre")).to_contain_text("2020")
    expect(editor(written).locator(".tableau-texte th")).to_have_count(3)


def test_what_is_pasted_keeps_its_words_and_not_its_style(written: Page):
    editor(written).click()
    written.evaluate(PASTE)
    expect(editor(written)).to_contain_text("Du gras")
    assert editor(written).locator("[style]").count() == 0
    saved(written)


def test_the_section_that_one_writes_is_read_by_the_others_and_given_back(authors: Authors, written: Page):
    other = authors.open("redactrice")
    expect(other.get_by_text("Porteuse Exemple écrit ici depuis")).to_be_visible()
    expect(other.locator("article")).to_contain_text(FIRST)
    leave(written)
    other.get_by_role("button", name="Écrire dès que c’est libre").click()
    expect(editor(other)).to_be_visible()
    leave(other)


def both_write(authors: Authors, written: Page) -> Page:
    """The page of a second author of the same section: the first one let it go, and still types in an old page."""
    assert written.evaluate(GIVE_BACK) == 200
    other = authors.open("redactrice")
    expect(editor(other)).to_be_visible()
    return other


def test_two_authors_of_different_passages_are_merged(authors: Authors, written: Page):
    write(written, "Premier passage.\nSecond passage.")
    saved(written)
    other = both_write(authors, written)
    add(other, " Écrit par la seconde.")
    saved(other)
    editor(written).locator("p").first.click()
    written.keyboard.press("Home")
    written.keyboard.type("Écrit par la première. ")
    expect(status(written)).to_contain_text("vos deux textes ont été réunis")
    expect(editor(written)).to_contain_text("Second passage. Écrit par la seconde.")
    expect(editor(written)).to_contain_text("Écrit par la première. Premier passage.")
    leave(other)


def test_two_authors_of_the_same_passage_choose(authors: Authors, complaints: Complaints, written: Page):
    other = both_write(authors, written)
    write(other, "Les habitants partent.")
    saved(other)
    write(written, "Les habitants arrivent.")
    written.get_by_role("link", name="Comparer et choisir").click()
    expect(written.get_by_role("heading", level=1)).to_contain_text("Réunir deux textes")
    assert violations(written) == []
    written.get_by_label("Garder les deux, l’un après l’autre").check()
    written.get_by_role("button", name="Enregistrer le texte réuni").click()
    main = written.locator("main")
    expect(main).to_contain_text("Vos deux textes sont réunis")
    expect(main).to_contain_text("Les habitants arrivent.")
    expect(main).to_contain_text("Les habitants partent.")
    complaints.forgive("409")
    leave(other)
    written.close()


def test_a_lost_connection_keeps_the_text_and_saves_it_when_it_is_back(complaints: Complaints, written: Page):
    written.context.set_offline(True)
    add(written, " Tapé sans connexion.")
    expect(status(written)).to_contain_text("votre texte n’est pas enregistré")
    add(written, " Et encore.")
    assert "Et encore." in str(kept(written))
    written.context.set_offline(False)
    saved(written)
    assert kept(written) == {}
    complaints.forgive("ERR_INTERNET_DISCONNECTED")
    written.reload()
    expect(editor(written)).to_contain_text("Tapé sans connexion. Et encore.")


def test_a_session_that_ended_keeps_the_text_and_goes_on_after_signing_in(
    authors: Authors, complaints: Complaints, written: Page
):
    written.context.clear_cookies()
    add(written, " Tapé hors session.")
    link = written.get_by_role("link", name="Se reconnecter dans un nouvel onglet")
    expect(link).to_be_visible()
    expect(editor(written)).to_contain_text("Tapé hors session.")
    authors.sign_in(written, "porteuse")
    written.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(written)
    if complaints.lines:
        complaints.forgive("403")
    written.reload()
    expect(editor(written)).to_contain_text("Tapé hors session.")


def test_a_page_closed_without_a_connection_finds_its_text_again(complaints: Complaints, written: Page):
    written.context.set_offline(True)
    add(written, " Tapé puis fermé.")
    expect(status(written)).to_contain_text("n’est pas enregistré")
    waiting = str(kept(written))
    written.context.set_offline(False)
    written.on("dialog", lambda dialog: dialog.accept())
    written.evaluate("document.querySelector('form[data-editeur]').remove()")
    complaints.forgive("ERR_INTERNET_DISCONNECTED")
    written.reload()
    assert "Tapé puis fermé." in waiting
    expect(editor(written)).to_contain_text("Tapé puis fermé.")
    saved(written)


def test_a_patient_in_the_text_is_shown_and_masked(complaints: Complaints, written: Page):
    write(written, "Nous suivons Mme Dupont, 82 ans, à domicile.")
    expect(status(written)).to_contain_text("données de patient")
    complaints.forgive("422")
    written.get_by_role("button", name=re.compile("^Masquer")).click()
    saved(written)
    expect(editor(written)).not_to_contain_text("Dupont")
    expect(editor(written)).to_contain_text("à domicile.")


def test_without_a_script_one_writes_in_a_plain_field(authors: Authors, site: TextSite):
    page = authors.open("redactrice", site.section(1), javascript=False)
    page.get_by_label("Texte de la rubrique").fill("## Un titre\n\nUn paragraphe **en gras**.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("Enregistré à")
    page.goto(f"{site.document}lire/")
    expect(page.locator("main strong", has_text="en gras")).to_be_visible()
    page.goto(site.section(1))
    page.get_by_role("button", name="Terminer et laisser la place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projet de santé")


@pytest.mark.parametrize("path", ["", "lire/", "{code}/", "{code}/historique/"])
def test_the_pages_of_the_text_hold_for_everyone(authors: Authors, site: TextSite, path: str, width: int):
    page = authors.open("porteuse", site.document + path.format(code=site.codes[2]), width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
