"""A coordinator simulates the ACI of a maison de santé and opens every euro."""

import re

from playwright.sync_api import expect
from tests.parcours.conftest import PHONE
from tests.parcours.measures import too_wide
from tests.web.addresses import PAGES, SIMULATOR


def start(new_page, **options):
    """The example, open."""
    return new_page(PAGES["simulator"], **options)


def amount(page):
    return page.locator("#montant strong")


def theme(page, title):
    """A theme of the questions, unfolded."""
    part = page.locator("details.group", has=page.get_by_role("heading", name=title, exact=True))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part


def under_the_bar(page, field):
    """How many pixels of a field the bar of the amount covers."""
    bar, box = page.locator("#montant").bounding_box(), field.bounding_box()
    return max(0, bar["y"] + bar["height"] - box["y"])


def test_the_amount_follows_what_is_typed_without_a_reload(new_page):
    page = start(new_page)
    page.evaluate("document.body.dataset.seen = 'yes'")
    before = amount(page).inner_text()
    page.get_by_label("Patientèle", exact=True).fill("8 000")
    expect(amount(page)).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"patientele=8(\+|%20)000"))
    page.get_by_label("Infirmier en pratique avancée dans l’équipe").check()
    expect(page).to_have_url(re.compile("ipa=oui"))
    assert page.evaluate("document.body.dataset.seen") == "yes"
    shown = amount(page).inner_text()
    page.reload()
    expect(amount(page)).to_have_text(shown)
    expect(page.get_by_label("Infirmier en pratique avancée dans l’équipe")).to_be_checked()


def test_an_empty_field_does_not_lengthen_the_address(new_page):
    page = new_page(SIMULATOR)
    page.get_by_label("Patientèle", exact=True).fill("4000")
    expect(page.locator(".notice.error")).to_have_count(0)
    page.get_by_label("Professionnels associés").fill("10")
    expect(amount(page)).to_contain_text("€")
    expect(page).to_have_url(re.compile("patientele=4000"))
    expect(page).not_to_have_url(re.compile("stages="))


def test_a_wrong_number_is_announced_beside_its_field_and_mended(new_page):
    page = start(new_page)
    field = page.get_by_label("Patientèle", exact=True)
    field.fill("beaucoup")
    told = page.locator("#resultat .notice.error")
    expect(told).to_contain_text("« beaucoup » n’est pas accepté")
    expect(page.get_by_role("status")).to_have_text("Montant : 1 réponse à corriger.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(r"^Attendu\s: un nombre entier"))
    expect(field).to_have_value("beaucoup")
    told.get_by_role("link").click()
    expect(page).to_have_url(re.compile("#champ-patientele$"))
    field.fill("4000")
    expect(told).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#champ-patientele-erreur")).to_be_hidden()


def test_two_scenarios_are_compared_as_one_types(new_page):
    page = start(new_page)
    page.get_by_role("link", name="Comparer à un autre scénario").click()
    table = page.get_by_role("region", name="Tableau des deux scénarios")
    expect(page.get_by_text("Les deux scénarios sont identiques")).to_be_visible()
    theme(page, "Protocoles et concertation")
    page.get_by_label("Protocoles pluriprofessionnels").fill("4")
    expect(page.get_by_role("region", name="Réponses qui changent")).to_contain_text("Protocoles pluriprofessionnels")
    expect(table.get_by_role("row").last).to_contain_text("Protocoles")
    expect(table.get_by_role("row").nth(1)).to_contain_text("−")
    expect(page).to_have_url(re.compile("reference="))
    page.get_by_role("link", name="Ne plus comparer").click()
    expect(table).to_have_count(0)
    expect(page.get_by_label("Protocoles pluriprofessionnels")).to_have_value("4")


def test_an_amount_opens_and_leads_to_the_page_of_its_value(new_page):
    page = start(new_page)
    line = page.locator("section[aria-labelledby=detail] details.aid").first
    expect(line.locator(".why")).to_be_hidden()
    line.locator("summary").click()
    expect(line.locator(".why")).to_contain_text("points")
    line.locator(".why a[href*='/parametres/']").first.click()
    expect(page.get_by_role("heading", name="Ses valeurs, date par date")).to_be_visible()


def test_a_gain_leads_to_its_line_and_back_leaves_the_page_whole(new_page):
    page = start(new_page)
    page.locator("section[aria-labelledby=gains]").get_by_role("link").first.click()
    target = page.locator("details.aid[open]")
    expect(target.locator(".why")).to_be_visible()
    page.get_by_label("Patientèle", exact=True).fill("4 000")
    expect(page).to_have_url(re.compile(r"patientele=4(\+|%20)000"))
    page.locator("section[aria-labelledby=gains]").get_by_role("link").first.click()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("L’ACI de votre maison de santé")
    expect(page.get_by_label("Patientèle", exact=True)).to_be_visible()


def test_the_chart_is_drawn_and_its_values_can_be_read(new_page):
    page = start(new_page)
    chart = page.get_by_role("img", name=re.compile("^Courbe du montant"))
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_js_property("complete", True)
    assert chart.evaluate("image => image.naturalWidth") > 100
    page.get_by_text("Les valeurs de la courbe").click()
    expect(page.locator("section[aria-labelledby=courbe]").get_by_role("row")).to_have_count(17)


def test_without_javascript_the_button_computes(new_page):
    page = new_page(SIMULATOR, javascript=False)
    page.get_by_label("Patientèle", exact=True).fill("4000")
    page.get_by_label("Professionnels associés").fill("10")
    theme(page, "Prérequis : crise, coordination, logiciel")
    page.get_by_label("Fonction de coordination").check()
    page.get_by_role("button", name="Calculer").click()
    expect(page).to_have_url(re.compile("#resultat$"))
    expect(page.locator("#resultat h2").first).to_be_in_viewport()
    assert under_the_bar(page, page.locator("#resultat h2").first) == 0
    expect(amount(page)).to_contain_text("€")
    expect(page.get_by_label("Fonction de coordination")).to_be_checked()


def test_without_javascript_a_wrong_number_is_kept_beside_its_reason(new_page, complaints):
    page = new_page(SIMULATOR, javascript=False)
    page.get_by_label("Patientèle", exact=True).fill("-5")
    page.get_by_label("Professionnels associés").fill("10")
    page.get_by_role("button", name="Calculer").click()
    field = page.get_by_label("Patientèle", exact=True)
    expect(field).to_have_value("-5")
    expect(field).to_have_accessible_description(re.compile(r"^Attendu\s: un nombre d’au moins 0"))
    complaints.forgive("422")


def test_on_a_phone_the_example_opens_and_fits(new_page):
    page = new_page(SIMULATOR, width=PHONE)
    page.get_by_role("link", name="Voir un exemple").click()
    expect(amount(page)).to_be_visible()
    assert too_wide(page) == []


def test_the_amount_stays_in_sight_and_never_over_the_field_one_fills(new_page, width):
    page = start(new_page, width=width)
    for part in page.locator(".simulator-form details").all():
        part.evaluate("part => { part.open = true }")
    for name in ("taux_ame", "stages", "protocoles", "associes"):
        field = page.locator(f"#champ-{name}")
        field.focus()
        expect(amount(page)).to_be_in_viewport(ratio=1)
        expect(field).to_be_in_viewport(ratio=1)
        assert under_the_bar(page, field) == 0
    before = amount(page).inner_text()
    page.locator("#champ-associes").fill("30")
    expect(amount(page)).not_to_have_text(before)
    expect(page.locator("#champ-associes")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Montant\s: .*€\.$"))


def test_on_a_phone_the_questions_are_folded_under_what_is_answered(new_page):
    page = start(new_page, width=PHONE)
    expect(page.locator(".simulator-form details[open]")).to_have_count(0)
    structure = page.locator(".simulator-form details").first
    expect(structure.locator(".answered")).to_have_text(re.compile(r"^2025 · 7\s500\spatients · 18\sprofessionnels$"))
    theme(page, "Votre structure")
    expect(structure.locator(".answered")).to_be_hidden()
    page.get_by_label("Patientèle", exact=True).fill("4000")
    structure.locator("summary").click()
    expect(structure.locator(".answered")).to_contain_text("4\u202f000\u00a0patients")
    page.locator("#montant").get_by_role("link", name="Le détail").click()
    expect(page.locator("#resultat h2").first).to_be_in_viewport()
    assert too_wide(page) == []


def test_a_line_that_is_open_stays_open_as_one_types(new_page):
    page = start(new_page)
    advance = page.locator("#somme-avance")
    advance.locator("summary").click()
    expect(advance.locator(".why")).to_be_visible()
    before = advance.locator(".why p").first.inner_text()
    page.get_by_label("Patientèle", exact=True).fill("4000")
    expect(advance.locator(".why p").first).not_to_have_text(before)
    expect(advance.locator(".why")).to_be_visible()


def test_on_paper_the_answers_are_told_and_the_controls_are_gone(new_page):
    page = start(new_page)
    opened, folded = page.locator("#somme-avance"), page.locator("#somme-solde")
    opened.locator("summary").click()
    page.emulate_media(media="print")
    expect(opened.locator(".why")).to_be_visible()
    expect(folded.locator(".why")).to_be_hidden()
    expect(folded.locator("summary")).to_contain_text("€")
    expect(page.locator("#resultat h2").first).to_contain_text("€")
    expect(page.locator(".simulator-form .answered").first).to_be_visible()
    for gone in (".simulator-form .field", ".bar", ".amount-bar", "#resultat .actions"):
        expect(page.locator(gone).first).to_be_hidden()
