"""A page per rule and per parameter, the list with its filters, the exports of what it shows."""

import csv
import datetime
import io
from collections import Counter

import openpyxl
import pytest
from django.utils import timezone
from tests.web.reading import read

from maillage.core.kernel import french
from maillage.core.rules.catalogue import cases_of, rules, users_of_parameter
from maillage.core.rules.orientation.packs import pack
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system

RULES = "/regles/"
POINT = "/regles/parametres/aci_msp.valeur_du_point/"
CONDITION, COMPUTED = "/regles/msp_medecins_generalistes/", "/regles/aci_msp_montant/"
MINIMUM = "msp.composition.medecins_generalistes_minimum"
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


def shown_parameters(page):
    """The rows of the list of parameters."""
    folds = [fold for fold in page.all("details", class_="fold") if fold.all("table")]
    return [row for fold in folds for row in fold.one("tbody").all("tr")]


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
    before = visit(POINT, {"date": "2012-01-01"}).one("p", class_="big").text
    assert before == "à confirmer"


def test_no_day_is_today(visit):
    assert (
        in_one_line(french.day(timezone.localdate()))
        in visit(POINT, {"date": ""}).one("main").one("h2", word="Au ").text
    )


@pytest.mark.parametrize("address", [RULES, POINT, CONDITION, COMPUTED])
@pytest.mark.parametrize(
    ("date", "expected"),
    [("hier", "AAAA-MM-JJ"), ("2026-02-30", "AAAA-MM-JJ"), ("1990-01-01", "1er janvier 2010"), ("2099-01-01", "2010")],
)
def test_a_day_without_rules_is_refused_beside_its_field_and_the_page_stays(visit, address, date, expected):
    page = visit(address, {"date": date}, status=422)
    field = page.one("input", id="date")
    kept = "" if "AAAA" in expected else date
    assert (field.attrs["value"], field.attrs["aria-invalid"]) == (kept, "true")
    assert f"« {date} » n'est pas accepté" in field.described(page)
    assert expected in field.described(page)
    assert "Ce qui est refusé n’est pas appliqué" in page.one("main").text


@pytest.mark.parametrize(
    ("field", "value", "accepted"), [("region", "bretagn", "bretagne"), ("domaine", "msq", "msp"), ("etat", "x", "a_c")]
)
def test_a_filter_that_does_not_exist_is_refused_with_those_that_do(visit, field, value, accepted):
    page = visit(RULES, {field: value}, status=422)
    told = page.one("select", id=field).described(page)
    assert f"« {value} » n'est pas accepté" in told
    assert accepted in told
    assert page.one(id=field).all("option", selected=True) == []


def test_nothing_is_exported_of_what_is_refused(visit):
    visit(RULES, {"date": "1990-01-01", "format": "csv"}, status=422)


def test_each_value_says_until_when_it_is_checked_and_warns_after(visit):
    before, after = visit(POINT, {"date": "2026-07-07"}), visit(POINT, {"date": "2026-07-08"})
    row = before.one("div", aria_labelledby="valeurs").one("tbody").all("tr")[0]
    assert row.one(data_label="Vérifié jusqu’au").text == "7 juillet 2026"
    assert before.all("p", class_="notice") == []
    warning = after.one("p", class_="notice").text
    assert warning.startswith("Vérifié jusqu'au 7 juillet 2026 : au 8 juillet 2026, un texte plus récent")


def test_the_list_warns_once_of_the_values_shown_after_their_last_check(visit):
    page = visit(RULES, {"q": "MSP-PT-01", "date": "2028-01-01"})
    assert "1 valeur est affichée pour une date postérieure à sa dernière vérification" in page.one("main").text
    assert visit(RULES, {"q": "MSP-PT-01", "date": "2024-01-01"}).all("p", class_="notice") == []


@pytest.mark.parametrize("address", [RULES, POINT, CONDITION])
def test_a_region_says_once_what_of_its_policy_is_to_be_confirmed(visit, address):
    notice = visit(address, {"region": "bretagne"}).one("details", class_="notice")
    assert pack("bretagne").avertissement in notice.text
    assert "restent à confirmer" in notice.text
    assert len(notice.all("li")) == int(notice.text.split(" de ses valeurs")[0].split()[-1])
    assert visit(address).all("details", class_="notice") == []


def test_the_day_and_the_region_follow_the_visitor_from_page_to_page(visit):
    page = visit(RULES, {"q": "valeur du point", "date": "2024-05-01", "region": "paca"})
    (link,) = [a for a in page.all("a", href=True) if POINT in a.attrs["href"]]
    assert link.attrs["href"] == f"{POINT}?region=paca&date=2024-05-01"


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
    assert shown_parameters(doubtful)
    assert all("à confirmer" in row.text for row in shown_parameters(doubtful))


@pytest.mark.parametrize("words", ["Valeur du POINT", "valeur_du_point", "MSP-PT-01", "femasif interprofessionnel MSP"])
def test_a_parameter_is_found_by_its_name_its_path_its_id_or_its_text(visit, words):
    assert "Valeur du point de l'ACI des MSP" in [
        row.one("th").text for row in shown_parameters(visit(RULES, {"q": words}))
    ]


@pytest.mark.parametrize(("structure", "domains"), [("CPTS", {"cpts"}), ("équipe de soins spécialisés", {"ess"})])
def test_rules_are_found_by_their_structure(visit, structure, domains):
    links = [
        a.attrs["href"] for a in visit(RULES, {"q": structure}).all("a", href=True) if "/parametres/" in a.attrs["href"]
    ]
    found = {link.split("/parametres/")[1].split(".")[0] for link in links}
    domains_shown = {text.path.split(".")[0] for text in system().texts()}
    assert domains <= found
    assert len(found) < len(domains_shown)


def test_domains_are_folded_with_their_counts_and_open_on_a_search(visit):
    for query, opened in (({}, False), ({"q": "coordination"}, True)):
        folds = visit(RULES, query).all("details", class_="fold")
        assert folds
        assert all(("open" in fold.attrs) is opened for fold in folds)
        for fold in folds:
            lines = fold.all("li") or fold.one("tbody").all("tr")
            assert fold.one("summary").one("span").text.split()[0] == str(len(lines))


def test_every_parameter_is_in_the_list_once(visit):
    assert len(shown_parameters(visit(RULES))) == len(list(system().texts()))


def test_the_cases_are_folded_after_the_fifth(visit):
    page = visit(POINT)
    first, others = page.one("div", aria_label="Cas d’essai"), page.one("div", aria_label="Autres cas d’essai")
    assert len(first.one("tbody").all("tr")) == 5
    assert f"{len(others.one('tbody').all('tr'))} autres cas" in others.above[0].all("summary")[0].text
    assert "open" not in others.above[0].attrs


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
    shown = [row.one("th").text for row in shown_parameters(page)]
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


def test_a_value_read_within_the_year_is_shown_without_a_warning(visit, monkeypatch):
    day_after = system().text(MINIMUM).checked_on + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: day_after)
    page = visit(f"/regles/parametres/{MINIMUM}/")
    assert "Vérifié jusqu’au" in page.one("main").text
    assert page.all("p", class_="notice") == []
