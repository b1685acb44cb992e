"""A visitor looks for a structure: by keyboard alone, without JavaScript, on a phone."""

import re

from playwright.sync_api import expect
from tests.parcours.conftest import LARGE, PHONE
from tests.parcours.measures import NARROW, resize, tab_to, too_wide
from tests.web.addresses import PAGES, REDON, RESULT, SITUATION


def is_pdf(page, link):
    answer = page.request.get(link.get_attribute("href"))
    return answer.ok and answer.body().startswith(b"%PDF")


def test_by_keyboard_alone_from_the_home_page_to_the_pdf(new_page):
    page = new_page("/")
    field = page.get_by_label("Votre commune")
    tab_to(page, field)
    page.keyboard.type("redon")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Redon")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("proposée")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", f"commune-{REDON}")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Votre équipe")
    expect(page.get_by_text(f"Redon ({REDON})")).to_be_visible()
    tab_to(page, page.get_by_label("Médecins généralistes"))
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Infirmiers", exact=True)).to_be_focused()
    page.keyboard.type("1")
    chosen = page.get_by_label("Je ne sais pas")
    tab_to(page, chosen)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("En libéral")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Voir le résultat maintenant"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("à votre portée")
    expect(page.locator(".context")).to_contain_text("2 médecins généralistes, 1 infirmier, en libéral")
    comparison = page.locator("#comparer")
    tab_to(page, comparison.locator("summary"))
    page.keyboard.press("Enter")
    expect(comparison.get_by_role("table")).to_be_visible()
    pdf = page.get_by_role("link", name="PDF")
    tab_to(page, pdf, "Shift+Tab")
    assert is_pdf(page, pdf)


def test_escape_closes_the_proposals_and_a_click_chooses_one(new_page):
    page = new_page("/")
    field = page.get_by_label("Votre commune")
    field.press_sequentially("saint malo")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    field.press_sequentially(" ")
    page.get_by_role("option", name=re.compile("Saint-Malo .*35288")).click()
    expect(page).to_have_url(re.compile("commune=35288"))


def test_the_proposals_close_when_one_goes_on_and_never_cover_the_button(new_page):
    page = new_page("/", width=PHONE)
    field, options = page.get_by_label("Votre commune"), page.get_by_role("option")
    field.press_sequentially("redon")
    expect(options.first).to_be_visible()
    listed = page.get_by_role("listbox").bounding_box()
    button = page.get_by_role("button", name="Commencer").bounding_box()
    assert listed["y"] + listed["height"] <= button["y"]
    page.get_by_role("heading", level=1).click()
    expect(options).to_have_count(0)
    field.fill("saint")
    page.keyboard.press("Tab")
    page.wait_for_timeout(700)
    expect(options).to_have_count(0)
    field.fill("redon")
    expect(options.first).to_be_visible()
    page.get_by_role("button", name="Commencer").click()
    expect(page).not_to_have_url(re.compile("/$"))


def test_a_word_that_names_nothing_is_said_and_the_error_takes_the_focus(new_page, complaints):
    page = new_page("/")
    page.get_by_label("Votre commune").fill("zzzz")
    expect(page.get_by_role("status")).to_have_text("Aucune commune trouvée")
    page.get_by_role("button", name="Commencer").click()
    error = page.locator("#erreurs")
    expect(error).to_be_focused()
    expect(page.get_by_label("Votre commune")).to_have_value("zzzz")
    error.get_by_role("link").click()
    expect(page).to_have_url(re.compile("#commune$"))
    complaints.forgive("422")


def test_without_javascript_the_same_answer(new_page):
    page = new_page("/", javascript=False)
    page.get_by_label("Votre commune").fill("Saint-Denis")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("link", name="Saint-Denis (Seine-Saint-Denis, 93066)").click()
    page.get_by_label("Médecins généralistes").fill("2")
    page.get_by_label("Infirmiers", exact=True).fill("1")
    page.get_by_label("En libéral").check()
    for title in ("Où en est le projet", "Vos partenaires", "Médecins spécialistes"):
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name="Revenir").click()
    page.get_by_label("L’hôpital et les cliniques").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Voir le résultat").click()
    expect(page.locator(".context")).to_contain_text("Saint-Denis (93066) · 2 médecins généralistes, 1 infirmier")
    page.locator("details.structure > summary").nth(1).click()
    expect(page.locator("details.structure").nth(1).locator(".cond li").first).to_be_visible()
    assert is_pdf(page, page.get_by_role("link", name="PDF"))


def test_a_card_opens_what_it_announces(new_page):
    page = new_page(PAGES["result"])
    folded = page.locator("details.structure:not([open])").first
    card = page.locator("#structures article").nth(1)
    card.get_by_role("link", name="Voir le détail").click()
    expect(folded.or_(page.locator("details.structure").nth(1)).first).to_be_visible()
    expect(page.locator("details.structure").nth(1).locator(".cond li").first).to_be_in_viewport()


def test_a_condition_leads_to_its_rule_and_its_rule_to_its_text(new_page):
    page = new_page(PAGES["result"])
    page.locator(".cond li a").first.click()
    expect(page).to_have_url(re.compile("/regles/"))
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/regles/parametres/"))
    expect(page.get_by_role("heading", name="Ses valeurs, date par date")).to_be_visible()


def test_the_question_that_decides_most_is_answered_in_place(new_page):
    page = new_page(PAGES["result"])
    question = page.locator(".question")
    asked = question.locator("legend, label").first.inner_text()
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Répondre").click()
    expect(page).to_have_url(re.compile(re.escape(RESULT)))
    expect(page.locator(".context")).to_contain_text("2 médecins généralistes")
    expect(page.locator(".question").get_by_text(asked, exact=True)).to_have_count(0)


def test_the_menu_stands_on_one_line_and_opens_on_a_phone(new_page):
    page = new_page("/", width=PHONE)
    bar, menu = page.locator(".bar"), page.get_by_text("Menu", exact=True)
    link = page.get_by_role("navigation", name="Principale").get_by_role("link", name="Territoires")
    for width in (PHONE, NARROW):
        resize(page, width)
        assert bar.bounding_box()["height"] < 80
        expect(link).to_be_hidden()
    menu.click()
    expect(link).to_be_visible()
    assert too_wide(page) == []
    link.click()
    expect(page).to_have_url(re.compile("/territoires/$"))


def test_the_menu_stands_open_on_a_large_screen(new_page):
    page = new_page("/", width=LARGE)
    expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
    assert page.locator(".bar").bounding_box()["height"] < 80
    page.get_by_role("navigation", name="Principale").get_by_role("link", name="Simuler").click()
    expect(page).to_have_url(re.compile("/simuler/$"))


def test_on_a_phone_from_the_commune_to_the_answer(new_page):
    page = new_page("/territoires/", width=PHONE)
    page.get_by_label("Votre commune").fill("35600")
    page.get_by_role("option", name=re.compile("Redon")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Redon")
    page.get_by_role("link", name="Quelle structure ici ?").click()
    page.get_by_label("Médecins généralistes").fill("2")
    page.get_by_role("button", name="Voir le résultat maintenant").click()
    expect(page.locator("#structures article")).to_have_count(5)
    assert too_wide(page) == []


def test_on_paper_what_was_opened_and_what_was_declared_without_the_controls(new_page):
    page = new_page(f"{RESULT}?{SITUATION}")
    opened = page.locator("details.structure").nth(0).locator(".cond li").first
    folded = page.locator("details.structure").nth(2).locator(".cond li").first
    declared = page.locator("#reponses dd").first
    expect(declared).to_be_hidden()
    page.emulate_media(media="print")
    expect(opened).to_be_visible()
    expect(declared).to_be_visible()
    expect(folded).to_be_hidden()
    for gone in (".bar", "footer", ".actions", ".question", ".crumbs"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
