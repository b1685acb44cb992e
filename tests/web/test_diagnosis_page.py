"""The page of a diagnosis, on the real communes: what it shows, what it says is missing, what it refuses."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from maillage.apps.territories.models import DataSource, Indicator, Series, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PAGE = "/territoires/diagnostic/"
REDON, SAINTE_MARIE, EPCI = "35236", "35294", "243500741"
TWO = {"communes": [REDON, SAINTE_MARIE]}
APL = "apl.medecin_generaliste.65_ans"


@pytest.fixture
def apl(france):
    """The accessibility of Redon and Sainte-Marie, published for 2021."""
    source = DataSource.objects.create(
        key="apl-test", source="apl", label="APL", producer="DREES", carrier="essai", vintage="2021", licence="LO",
        rows_written=2, loaded_at="2026-11-22T08:00:00Z", state="complete", checksum="0" * 64,
    )  # fmt: skip
    indicator = Indicator.objects.create(
        code=APL, label="Accessibilité aux médecins", theme="accessibilite", unit="consultations", producer="DREES",
        direction="haut", aggregation="moyenne", weight="population.totale", decimals=1,
    )  # fmt: skip
    series = Series.objects.create(source=source, indicator=indicator, level="commune", vintage="2021")
    Value.objects.bulk_create([Value(series=series, code=REDON, value=3.5), Value(series=series, code=SAINTE_MARIE)])
    return series


def test_the_page_is_titled_by_the_territory_and_says_how_it_was_chosen(visit):
    page = visit(PAGE, {**TWO, "nom": "Pays de Redon"})
    assert page.one("h1").text == "Pays de Redon"
    assert page.one("title").text.startswith("Pays de Redon")
    assert "Redon, Sainte-Marie" in page.one("main").text
    assert "2 communes · Ille-et-Vilaine" in page.one("p", class_="context").text


def test_at_most_five_key_figures_each_with_its_source_and_a_place_to_compare(visit):
    figures = visit(PAGE, {"epci": EPCI}).one("dl", class_="key-figures").all("div")
    assert 1 <= len(figures) <= 5
    for figure in figures:
        assert figure.all("a")[-1].attrs["href"].startswith("#chiffre-")
    assert "France" in figures[0].text


def test_each_figure_has_a_sentence_that_cites_it_without_javascript(visit):
    page = visit(PAGE, {"epci": EPCI})
    rows = [row for table in page.all("table", class_="figures-table") for row in table.one("tbody").all("tr")]
    assert rows
    for row in rows:
        assert "Source\u00a0: " in row.one("span", class_="citation").text
        assert row.one("button").attrs.keys() >= {"hidden", "data-copy"}


def test_what_is_not_loaded_is_to_be_confirmed_and_says_how_to_get_it(visit):
    page = visit(PAGE, TWO)
    gaps = page.one(id="manques")
    assert gaps.text == "Ce qui manque"
    assert "maillage donnees importer" in page.one("main").text


def test_a_figure_known_for_one_commune_only_is_not_given_for_both(visit, apl):
    row = visit(PAGE, TWO).one(id=f"chiffre-{APL.replace('.', '-').replace('_', '-')}")
    assert "1 commune sur 2" in row.text


def test_the_communes_are_sorted_and_filtered_by_the_address(visit):
    asked = {"epci": EPCI, "tri": "population.totale", "sens": "desc"}
    table = visit(PAGE, asked).one("table", class_="sortable")
    assert table.one("tbody").all("tr")[0].one("th").text == "Redon"
    assert [head.attrs["aria-sort"] for head in table.all("th", aria_sort=True)] == ["descending"]
    found = visit(PAGE, {**asked, "cherche": "bains"}).one("table", class_="sortable").one("tbody").all("tr")
    assert [row.one("th").text for row in found] == ["Bains-sur-Oust"]
    page = visit(PAGE, {**asked, "cherche": "zzz"})
    assert page.all("table", class_="sortable") == []
    assert "Aucune commune de ce territoire" in page.one("main").text


def test_the_territory_is_kept_from_a_link_of_the_table_to_the_next(visit):
    page = visit(PAGE, {**TWO, "structure": "cpts"})
    link = page.one("table", class_="sortable").all("th")[1].one("a").attrs["href"]
    query = parse_qs(urlsplit(link).query)
    assert query["communes"] == [REDON, SAINTE_MARIE]
    assert query["structure"] == ["cpts"]


def test_the_territory_can_be_changed_from_where_it_was_chosen(visit):
    link = visit(PAGE, {**TWO, "structure": "cpts"}).one("p", class_="context").one("a").attrs["href"]
    form = visit(link.partition("#")[0]).one("section", id="choisir").one("form")
    assert [field.attrs["value"] for field in form.all("input", name="communes")] == [REDON, SAINTE_MARIE]
    assert form.one("option", selected=True).attrs["value"] == "cpts"


def test_the_rules_of_a_structure_are_told_with_a_word_and_their_page(visit, client):
    page = visit(PAGE, {**TWO, "structure": "cpts"})
    rules = page.one("section", aria_labelledby="regles-territoire")
    assert {tag.text for tag in rules.all("span", class_="tag")} <= {"à revoir", "à vérifier", "respecté", "à savoir"}
    links = {link.attrs["href"] for link in rules.all("a", class_="rule-link")}
    assert links
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"communes": [REDON, "99999"]}, "ajouter", "« 99999 » n’est pas accepté"),
        ({"epci": "999999999"}, "epci", "« 999999999 » n’est pas accepté"),
        ({"centre": REDON, "rayon_km": "1000"}, "rayon_km", "un nombre d’au plus 100"),
        ({"centre": "99999", "minutes": "20"}, "centre", "« 99999 » n’est pas accepté"),
    ],
)
def test_an_address_that_names_nothing_leads_to_the_form_with_the_reason(visit, asked, field, said):
    page = visit(PAGE, asked, status=422)
    assert said in page.one("section", id="choisir").one(id=field).described(page)


@pytest.mark.parametrize("asked", [{"centre": REDON, "rayon_km": "10"}, {"centre": REDON, "minutes": "15"}])
def test_a_territory_around_a_commune_holds_it(visit, asked):
    page = visit(PAGE, {**asked, "cherche": REDON})
    assert "Redon" in page.one("table", class_="sortable").text
    assert re.search(r"\d+ communes", page.one("p", class_="context").text)


@pytest.mark.parametrize(
    ("count", "name", "how"),
    [
        (4, "et 1 autre commune", ""),
        (5, "et 2 autres communes", ""),
        (7, "et 4 autres communes", "et 1 autre."),
        (8, "", "et 2 autres."),
    ],
)
def test_what_a_name_leaves_out_is_counted_in_the_right_number(visit, count, name, how):
    around = ["35236", "35294", "35013", "35219", "35237", "35285", "35268", "35151"]
    page = visit(PAGE, {"communes": around[:count]})
    assert name in page.one("h1").text
    assert how in page.one("p", class_="lead-text").text
