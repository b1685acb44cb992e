"""A coordinator chooses a territory, reads its diagnosis, takes it away, keeps it; then tries what would change."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.official import official
from tests.parcours.accessibility import violations
from tests.parcours.conftest import PHONE
from tests.parcours.measures import tab_to, too_wide, unfold
from tools import served

REDON, EPCI = "35236", "243500741"
DIAGNOSIS = f"/territoires/diagnostic/?communes={REDON}&communes=35294&nom=Pays+de+Redon&structure=cpts"


def test_from_the_communes_to_the_files_then_kept_and_made_again(new_page):
    page = new_page("/territoires/")
    for words, option in (("redon", "Redon"), ("sainte-marie 35", "Sainte-Marie")):
        page.get_by_label("Ajouter une commune").fill(words)
        page.get_by_role("option", name=re.compile(option)).first.click()
        expect(page.locator(".chosen")).to_contain_text(option)
    page.get_by_label("Pour quelle structure ?").select_option("cpts")
    page.get_by_label("Nom du territoire").fill("Pays de Redon")
    page.get_by_role("button", name="Faire le diagnostic").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pays de Redon")
    expect(page).to_have_url(re.compile(rf"communes={REDON}&communes=35294"))
    expect(page.get_by_role("heading", name="Ce que les règles disent de ce territoire")).to_be_visible()
    pdf = page.request.get(page.get_by_role("link", name="PDF").get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    page.get_by_text("Autres formats").click()
    with page.expect_download() as wanted:
        page.get_by_role("link", name="XLSX").click()
    assert wanted.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("button", name="Conserver ce diagnostic").click()
    expect(page.get_by_text("Diagnostic conservé le")).to_be_visible()
    kept = page.url
    page.get_by_role("link", name="Refaire avec les données d’aujourd’hui").click()
    expect(page.get_by_text("ce diagnostic dirait la même chose")).to_be_visible()
    page.get_by_role("link", name="Revenir au diagnostic").click()
    expect(page).to_have_url(kept)


def test_a_kept_diagnosis_and_what_changed_are_for_everyone(new_page, complaints):
    page = new_page(DIAGNOSIS)
    page.get_by_role("button", name="Conserver ce diagnostic").click()
    expect(page.get_by_text("Diagnostic conservé le")).to_be_visible()
    unfold(page)
    assert violations(page) == []
    page.get_by_role("link", name="Refaire avec les données d’aujourd’hui").click()
    assert violations(page) == []
    page.go_back()
    page.get_by_text("Oublier ce diagnostic").click()
    page.get_by_role("button", name="Oublier pour de bon").click()
    expect(page.get_by_role("status").first).to_contain_text("Le diagnostic est oublié")


def test_a_figure_is_copied_with_its_source(new_page):
    page = new_page(DIAGNOSIS)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier avec sa source : Population municipale").click()
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.startswith("Population municipale (Pays de Redon)")
    assert "Source" in said


def test_by_keyboard_alone_an_epci_is_chosen_and_its_table_sorted(new_page):
    page = new_page("/territoires/?par=epci")
    tab_to(page, page.get_by_label("Intercommunalité", exact=True))
    page.keyboard.type("redon agglo")
    expect(page.get_by_role("option").first).to_contain_text("Redon Agglomération")
    expect(page.get_by_role("status").first).to_have_text(re.compile("intercommunalités? proposées?"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Faire le diagnostic"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"epci={EPCI}"))
    first = page.locator("table.sortable tbody th").first
    page.locator("table.sortable").get_by_role("link", name="Population municipale").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("tri=population.totale&sens=desc"))
    expect(first).to_have_text("Redon")


def test_without_javascript_the_same_diagnosis_with_its_charts_and_the_map_as_an_image(new_page, complaints):
    page = new_page("/territoires/?par=rayon", javascript=False)
    page.get_by_label("Commune au centre").fill("Saint-Denis")
    page.get_by_label("Rayon", exact=True).fill("8,5")
    page.get_by_role("button", name="Faire le diagnostic").click()
    place = page.get_by_role("link", name="Saint-Denis (Seine-Saint-Denis, 93066)")
    place.wait_for()
    complaints.forgive("422")
    place.click()
    expect(page).to_have_url(re.compile(r"centre=93066&rayon_km=8(\.|%2C|,)5"))
    expect(page.locator(".citation").first).to_be_attached()
    page.get_by_role("link", name=re.compile("Voir les graphiques")).first.click()
    expect(page.locator(".chart-figure svg").first).to_be_visible()
    image = page.request.get(page.locator("noscript img.map-image, img.map-image").first.get_attribute("src"))
    assert image.headers["content-type"].startswith("image/svg+xml")


def test_the_charts_of_a_section_come_when_one_reaches_them(new_page):
    page = new_page(DIAGNOSIS)
    charts = page.locator(".charts").first
    charts.scroll_into_view_if_needed()
    expect(charts.locator("svg").first).to_be_visible()


def test_on_a_phone_the_headings_fold_and_the_page_fits(new_page):
    page = new_page(DIAGNOSIS, width=PHONE)
    folded = page.locator(".diagnosis-section").nth(1)
    expect(folded.locator("table").first).to_be_hidden()
    folded.locator("summary").first.click()
    expect(folded.locator("table").first).to_be_visible()
    assert too_wide(page) == []


def test_what_is_wrong_is_told_beside_the_field_and_the_error_takes_the_focus(new_page, complaints):
    page = new_page("/territoires/?par=minutes")
    page.get_by_label("Commune de mon cabinet").fill("zzzz")
    page.get_by_role("button", name="Faire le diagnostic").click()
    expect(page.locator("#erreurs")).to_be_focused()
    expect(page.get_by_label("Commune de mon cabinet")).to_have_value("zzzz")
    complaints.forgive("422")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with the equipment and the accessibility that the official files give."""
    files = {"bpe": official("insee_bpe2018_ensemble.parquet"), "apl": official("APL_mg_2021.xlsx")}
    var = tmp_path_factory.mktemp("loaded")
    served.prepare(var)
    for source, file in files.items():
        command = [*served.MAILLAGE, "donnees", "importer", source, str(file)]
        subprocess.run(command, check=True, env=served.variables(var), stdin=subprocess.DEVNULL)
    with served.served(var) as address:
        yield address


@pytest.mark.donnees
def test_a_doctor_who_comes_changes_the_access_of_the_neighbours(loaded, browser):
    page = browser.new_page(base_url=loaded, locale="fr-FR")
    page.goto("/territoires/et-si/")
    page.get_by_label("Où").fill("Redon (35236)")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".chosen")).to_contain_text("1 médecin généraliste s’installe : Redon (35236)")
    rows = page.locator("#resultat tbody tr")
    expect(rows.filter(has_text="Redon").first).to_contain_text("+")
    expect(page.locator("#methode + p")).to_contain_text("valeur publiée par la DREES")
    with page.expect_download() as wanted:
        page.get_by_role("link", name="Exporter en CSV").click()
    assert wanted.value.suggested_filename == "et-si.csv"
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("Retirer")).click()
    expect(page.locator("#resultat")).to_have_count(0)
    page.close()
