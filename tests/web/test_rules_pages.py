"""A page per rule and per parameter, the list with its filters, the exports of what it shows."""

import csv
import io
from collections import Counter

import openpyxl
import pytest
from tests.web.reading import read

from maillage.core.rules.catalogue import cases_of, rules, users_of_parameter
from maillage.core.rules.orientation.packs import pack_codes
from maillage.core.rules.system import system

RULES = "/regles/"
POINT = "/regles/parametres/aci_msp.valeur_du_point/"
REGIONAL = "/regles/parametres/cpts.territoire.population_minimale/"


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def complaints(client, address, words):
    """What is missing on a page of the rules: its frame, its own words."""
    response = client.get(address)
    if response.status_code != 200:
        return [f"{address} : {response.status_code}"]
    page = read(response.content.decode())
    ids = Counter(e.attrs["id"] for e in page.every() if "id" in e.attrs)
    missing = [word for word in words if word not in page.one("main").text]
    twice = [name for name, count in ids.items() if count > 1]
    bare = [e.tag for e in page.every() if "style" in e.attrs]
    inner = [word for word in ("None", "{{", "<built-in") if word in page.one("h1").text]
    return [f"{address} : {found}" for found in (missing, twice, bare, inner) if found]


def in_one_line(text):
    return " ".join(text.split())


def test_every_rule_has_its_page_with_its_text_its_links_and_its_cases(client):
    found = []
    for name, rule in rules().items():
        words = [rule.label, *(rules()[used].label for used in rule.uses), *(case.name for case in cases_of(name))]
        found += complaints(client, f"{RULES}{name}/", map(in_one_line, words))
    assert found == []


def test_every_parameter_has_its_page_with_its_values_and_who_uses_it(client):
    found = []
    for text in system().texts():
        words = [text.label, *(rule.label for rule in users_of_parameter(text.path))]
        words += [reference.title for dated in text.values for reference in dated.references]
        found += complaints(client, f"{RULES}parametres/{text.path}/", map(in_one_line, words))
    assert found == []


@pytest.mark.parametrize("pack", pack_codes())
def test_every_parameter_has_its_page_under_the_policy_of_each_region(client, pack):
    regional = [text for text in system(pack).texts() if text.pack]
    assert regional
    addresses = [f"{RULES}parametres/{text.path}/?region={pack}" for text in regional]
    assert [line for address in addresses for line in complaints(client, address, [])] == []


def test_a_value_is_shown_with_its_dates_its_confidence_and_its_text(visit):
    page = visit(POINT)
    history = next(table for table in page.all("table") if "Confiance" in table.text)
    row = history.one("tbody").all("tr")[0]
    assert "7" in row.text
    assert row.one(data_label="Confiance").text in {"A", "B", "C"}
    assert row.all("ul", class_="sources")


def test_a_region_that_says_otherwise_is_listed_and_can_be_read(visit):
    page = visit(REGIONAL)
    link = page.one("main").one("a", href="?region=bretagne")
    regional = visit(REGIONAL + link.attrs["href"])
    assert "20 000 habitants" in regional.one("p", class_="big").text
    assert regional.one(id="region").one("option", selected=True).attrs["value"] == "bretagne"


def test_the_day_asked_decides_of_the_value(visit):
    assert "1er mars 2020" in visit(POINT, {"date": "2020-03-01"}).one("main").text
    before = visit(POINT, {"date": "1990-01-01"}).one("p", class_="big").text
    assert before == "à confirmer"


@pytest.mark.parametrize("date", ["hier", "2026-02-30", ""])
def test_a_day_that_is_not_one_is_today(visit, date):
    assert visit(POINT, {"date": date}).one("h1").text == visit(POINT).one("h1").text


def test_an_unknown_region_is_the_nation(visit):
    assert visit(RULES, {"region": "atlantide"}).one(id="region").all("option", selected=True) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/regles/nulle_part/", "La règle « nulle_part » n'existe pas."),
        ("/regles/parametres/nulle.part/", "Le paramètre « nulle.part » n'existe pas."),
        ("/regles/parametres/aci_msp/", "Le paramètre « aci_msp » n'existe pas."),
        ("/regles/parametres/aci_msp.valeur_du_point.x/", "Le paramètre « aci_msp.valeur_du_point.x » n'existe pas."),
    ],
)
def test_what_does_not_exist_is_said_in_french_with_a_search(visit, address, told):
    page = visit(address, status=404)
    assert told in page.one("main").text
    assert page.one("form", action=RULES).one("input", name="q")


def test_words_domain_and_state_filter_the_list(visit):
    whole, word, domain, doubtful = (
        visit(RULES, query) for query in ({}, {"q": "CONCERTATION"}, {"domaine": "esp"}, {"etat": "a_confirmer"})
    )
    assert len(whole.all("a")) > len(word.all("a")) > len(visit(RULES, {"q": "zzzz"}).all("a"))
    assert {
        link.attrs["href"].split("/")[2][:4] for link in domain.all("a", href=True) if "/esp_" in link.attrs["href"]
    } == {"esp_"}
    table = doubtful.one(id="parametres").above[0].one("table")
    assert all("à confirmer" in row.text for row in table.one("tbody").all("tr"))


def test_a_list_that_nothing_answers_says_what_to_try(visit):
    page = visit(RULES, {"q": "zzzz"})
    assert "Rien ne correspond" in page.one("main").text
    assert page.one("input", id="q").attrs["value"] == "zzzz"
    assert page.one("a", word="Tout afficher").attrs["href"] == RULES


def test_what_was_chosen_stays_chosen(visit):
    chosen = {"q": "sisa", "domaine": "msp", "etat": "a_confirmer", "region": "paca", "date": "2024-05-01"}
    page = visit(RULES, chosen)
    form = page.one("form", aria_label="Filtrer les règles")
    shown = {e.attrs["name"]: e.attrs["value"] for e in form.all("input")}
    shown |= {e.attrs["name"]: e.one("option", selected=True).attrs["value"] for e in form.all("select")}
    assert shown == chosen


def test_the_export_is_what_is_shown(client, visit):
    query = {"q": "population", "region": "bretagne", "date": "2026-11-22"}
    page = visit(RULES, query)
    shown = [row.one("th").text for row in page.one(id="parametres").above[0].one("table").one("tbody").all("tr")]
    for link in (link for link in page.all("a", href=True) if "format=" in link.attrs["href"]):
        response = client.get(RULES + link.attrs["href"])
        assert response.status_code == 200
        if "csv" in link.attrs["href"]:
            header, *rows = rows_of(response)
        else:
            header, *rows = openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
        assert header[0] == "chemin"
        assert [in_one_line(row[1]) for row in rows] == shown


def test_an_export_says_a_confirmer_never_zero(client):
    rows = rows_of(client.get(RULES, {"etat": "a_confirmer", "format": "csv"}))
    values = {row[2] for row in rows[1:]}
    assert "à confirmer" in values
    assert "0" not in values
