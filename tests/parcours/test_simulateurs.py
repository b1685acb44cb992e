"""A nurse, then a coordinator, use the simulators of the kit: questions that fold, an answer that follows."""

import re

from playwright.sync_api import expect
from tests.parcours.conftest import PHONE
from tests.parcours.measures import too_wide
from tests.web.addresses import PAGES

AIDS = "/simuler/aides/"


def unfold(page, title):
    part = page.locator("details.group", has=page.get_by_role("heading", name=title, exact=True))
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()
    return part


def test_a_nurse_is_asked_what_concerns_nurses_and_the_bar_follows(new_page):
    page = new_page(AIDS)
    bar = page.locator("#montant strong")
    expect(bar).to_have_text("donnez d’abord : profession")
    doctors = page.get_by_role("heading", name="Patients dont vous êtes médecin traitant")
    expect(doctors).to_be_visible()
    unfold(page, "Vous")
    page.get_by_label("Profession", exact=True).select_option("infirmier")
    expect(doctors).to_be_hidden()
    expect(page.get_by_label("Âge", exact=True)).to_be_hidden()
    expect(bar).to_contain_text("€")
    expect(page).to_have_url(re.compile("profession=infirmier"))
    page.get_by_label("Profession", exact=True).select_option("medecin_generaliste")
    expect(doctors).to_be_visible()


def test_a_line_that_was_opened_stays_open_as_one_types(new_page):
    page = new_page(PAGES["simulator aides"])
    line = page.locator("#resultat details.aid").nth(1)
    name = line.get_attribute("id")
    line.locator("summary").click()
    unfold(page, "Vous")
    page.get_by_label("Âge", exact=True).fill("35")
    expect(page).to_have_url(re.compile("age=35"))
    expect(page.locator(f"#{name} .why")).to_be_visible()


def test_a_wrong_share_is_told_in_the_list_and_beside_its_field(new_page):
    page = new_page(PAGES["simulator aides"])
    unfold(page, "Votre exercice")
    field = page.get_by_label("Part de l’activité à tarif opposable")
    field.fill("150")
    expect(page.locator("#resultat .notice.error")).to_contain_text("un pourcentage de 0 à 100")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("80")
    expect(page.locator("#resultat .notice.error")).to_have_count(0)
    expect(page.locator("#groupe-3-resume")).to_contain_text("80 %")


def test_two_situations_are_compared_as_one_types(new_page):
    page = new_page(PAGES["simulator aides"])
    page.get_by_role("link", name="Comparer à un autre scénario").click()
    unfold(page, "Votre zone")
    page.get_by_label("Zone de la commune").select_option("zac")
    expect(page.get_by_role("region", name="Réponses qui changent")).to_contain_text("ZAC")
    expect(page.get_by_role("region", name="Tableau des deux scénarios")).to_contain_text("−")


def test_on_a_phone_the_longest_form_is_a_table_of_contents(new_page):
    page = new_page(PAGES["simulator cds"], width=PHONE)
    assert not too_wide(page)
    expect(page.get_by_label("Temps de travail du poste")).to_be_hidden()
    page.locator("#montant").get_by_role("link", name="Le détail").click()
    expect(page.locator("#resultat h2").first).to_be_in_viewport()


def test_on_paper_the_answers_and_the_result_are_told(new_page):
    page = new_page(PAGES["simulator aides"])
    page.emulate_media(media="print")
    expect(page.locator("#groupe-1-resume")).to_be_visible()
    expect(page.locator(".simulator-form .field").first).to_be_hidden()
    expect(page.locator("#resultat h2").first).to_contain_text("€")
