"""Home, data, territories, help, errors: what each says when all is well, when it is empty, when it is wrong."""

import csv
import io
import re

import openpyxl
import pytest
from django.utils import timezone
from tests.web.addresses import REDON, WIZARD

from maillage.apps.territories.models import DataSource
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation.packs import contacts
from maillage.core.rules.regions import pack_codes
from maillage.web.public.news import MOST, recent_news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]


def test_the_home_page_asks_one_thing_and_opens_five_doors(visit):
    page = visit("/")
    form = page.one("main").one("form")
    assert form.attrs["action"] == WIZARD
    assert [field.attrs["name"] for field in form.all("input")] == ["commune"]
    doors = [card.all("a")[-1].attrs["href"] for card in page.one("main").all("article")]
    assert doors == [WIZARD, "/aides/", "/simuler/", "/territoires/", "/regles/"]


def test_the_home_page_says_what_changes_in_the_rules_and_leads_to_it(visit, client):
    rows = visit("/").one(id="nouvelles").above[0].one("tbody").all("tr")
    assert 0 < len(rows) <= MOST
    assert len(rows) == len(recent_news(timezone.localdate()))
    assert [client.get(row.one("a").attrs["href"]).status_code for row in rows] == [200] * len(rows)


def test_the_same_news_is_said_once_and_the_latest_first():
    news = recent_news(timezone.localdate())
    said = [(item.since, item.what) for item in news]

    assert len(set(said)) == len(said)
    assert [item.since for item in news] == sorted((item.since for item in news), reverse=True)


def test_the_bar_says_where_one_is(visit):
    for address in (WIZARD, "/simuler/aci-msp/", "/territoires/", "/regles/", "/aide/"):
        current = visit(address).one("nav", aria_label="Principale").one("a", aria_current="true")
        assert address.startswith(current.attrs["href"])
    assert visit("/").one("nav", aria_label="Principale").all("a", aria_current="true") == []


def test_every_source_of_data_is_shown_with_its_producer_vintage_and_licence(visit):
    rows = visit("/donnees/").one("tbody").all("tr")
    assert len(rows) == DataSource.objects.count()
    for row in rows:
        cells = {cell.attrs["data-label"]: cell.text for cell in row.all("td", data_label=True)}
        assert all(cells[name] for name in ("Producteur", "Licence"))


def test_nothing_loaded_yet_says_what_to_do(visit):
    DataSource.objects.all().delete()
    page = visit("/donnees/")
    assert "maillage donnees preparer" in page.one("main").text
    assert page.all("table") == []


@pytest.mark.parametrize("state", DataSource.State.values)
def test_the_state_of_a_source_is_a_word(visit, state):
    DataSource.objects.update(state=state, message="expliqué")
    for row in visit("/donnees/").one("tbody").all("tr"):
        assert all(tag.text for tag in row.all("span", class_="tag"))
        assert row.all("span", class_="tag")
        assert "expliqué" in row.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_sources_are_exported_as_shown(client, kind):
    response = client.get("/donnees/", {"format": kind})
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    else:
        rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "source"
    assert [row[0] for row in rows[1:]] == [source.label for source in DataSource.objects.all()]


def test_a_format_that_does_not_exist_is_the_page(visit):
    assert visit("/donnees/", {"format": "exe"}).one("h1")


@pytest.mark.parametrize("typed", [REDON, "Redon (35236)", "redon 35"])
def test_a_commune_that_is_alone_opens(client, typed):
    assert client.get("/territoires/", {"commune": typed})["Location"] == f"/territoires/communes/{REDON}/"


@pytest.mark.parametrize("typed", ["Redonn", "<script>"])
def test_a_name_that_is_only_near_is_proposed_never_taken(visit, typed):
    assert visit("/territoires/", {"commune": typed}).one("ul", class_="plain-list").all("a")


@pytest.mark.parametrize(("former", "today"), [("01340", "01015"), ("35112", "35062")])
def test_a_merged_commune_leads_to_the_one_of_today(client, former, today):
    assert client.get(f"/territoires/communes/{former}/")["Location"] == f"/territoires/communes/{today}/"


def test_several_communes_are_listed_with_their_departement(visit):
    page = visit("/territoires/", {"commune": "saint denis"})
    links = page.one("ul", class_="plain-list").all("a")
    assert len(links) > 4
    assert all(re.search(r"\(.+, (\d{2}|2[AB])\d{3}\)", link.text) for link in links)
    assert page.one("input", id="commune").attrs["value"] == "saint denis"


def test_nothing_found_says_what_to_try_and_keeps_the_words(visit):
    page = visit("/territoires/", {"commune": "zzzz"})
    assert "Aucune commune" in page.one("main").one(role="status", class_="card").text
    assert page.one("input", id="commune").attrs["value"] == "zzzz"


@pytest.mark.parametrize("typed", ["", "   "])
def test_no_word_is_no_search(visit, typed):
    assert "Aucune commune" not in visit("/territoires/", {"commune": typed}).one("main").text


def test_communes_are_proposed_as_one_types(visit):
    options = visit("/territoires/propositions/", {"q": "st malo"}).all("li", role="option")
    assert options[0].attrs["data-choice"] == "Saint-Malo (35288)"
    assert all(option.attrs["aria-selected"] == "false" for option in options)
    assert visit("/territoires/propositions/", {"q": ""}).all("li") == []
    assert visit("/territoires/propositions/").all("li") == []


def test_a_commune_has_its_figures_with_their_vintage(visit):
    page = visit(f"/territoires/communes/{REDON}/")
    figures = page.one("dl").text
    assert "35600" in figures
    assert "Redon Agglomération" in figures
    assert re.search(r"20\d\d", page.one("dl").text)
    ages = [row.one("td").text for row in page.one("table").one("tbody").all("tr")]
    numbers = [int(text.replace(" ", "")) for text in ages]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=3)


def test_a_commune_whose_ages_are_not_known_says_so(visit):
    assert "non disponible" in visit("/territoires/communes/97608/").one("main").text


def test_a_city_shows_its_arrondissements_and_a_new_commune_those_that_it_joined(visit):
    paris = visit("/territoires/communes/75056/")
    assert len(paris.one("ul", class_="plain-list").all("a")) == 20
    assert "35112" in visit("/territoires/communes/35062/").one("main").text


@pytest.mark.parametrize(("code", "told"), [("1053", "01053"), ("99999", "99999"), ("redon", "Redon")])
def test_a_code_that_is_none_is_said_in_french_with_the_one_that_was_meant(visit, code, told):
    page = visit(f"/territoires/communes/{code}/", status=404)
    assert told in page.one("main").text
    assert "Revenir à l’accueil" in page.one("main").text


def test_a_commune_asks_little_of_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(f"/territoires/communes/{REDON}/")
    with django_assert_max_num_queries(6):
        client.get("/territoires/communes/75056/")


def test_a_search_asks_little_of_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/territoires/propositions/", {"q": "saint"})


@pytest.mark.parametrize("region", pack_codes())
def test_the_contacts_are_those_of_the_region(visit, region):
    page = visit("/aide/", {"region": region})
    assert len(page.one("main").all("article")) == len(contacts(region))
    assert page.one(id="region").one("option", selected=True).attrs["value"] == region


@pytest.mark.parametrize("structure", STRUCTURE_CODES)
def test_the_contacts_are_those_of_the_structure(visit, structure):
    page = visit("/aide/", {"region": "bretagne", "structure": structure})
    cards = page.one("main").all("article")
    assert cards
    assert all(structure in re.split(r"[ ,]+", card.all("p")[-1].text) for card in cards)


def test_what_is_not_known_is_not_filtered(visit):
    assert visit("/aide/", {"region": "atlantide", "structure": "ONU"}).one("h1").text == "Se faire aider"


def test_robots_are_told_what_to_leave(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /orientation/resultat" in response.content.decode()


def test_an_address_that_does_not_exist_is_told_with_the_way_out(visit):
    page = visit("/nulle-part/", status=404)
    assert page.one("h1").text == "Cette page n’existe pas"
    assert {"/", WIZARD} <= {link.attrs["href"] for link in page.one("main").all("a")}


def test_a_breakdown_is_told_without_details(client, monkeypatch):
    def broken(_today):
        raise RuntimeError("secret")

    monkeypatch.setattr("maillage.web.public.views.recent_news", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Une panne est de notre côté" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_a_host_that_is_not_ours_is_refused_in_french(client, settings):
    settings.ALLOWED_HOSTS = ["maillage.test"]
    response = client.get("/", headers={"Host": "ailleurs.test"})
    assert response.status_code == 400
    assert "Cette adresse n’est pas lisible" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/donnees/", "/territoires/", "/aide/", "/mentions/"])
def test_a_page_that_is_read_is_not_written(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/donnees/", ("CSV", "XLSX", "paramètre daté")),
        ("/regles/parametres/aci_msp.valeur_du_point/", ("JSON",)),
    ],
)
@pytest.mark.django_db
def test_the_links_of_a_line_are_high_enough_for_a_finger(visit, address, words):
    high = {link.text for link in visit(address).all("a") if "tap" in link.attrs.get("class", "")}
    assert high.issuperset(words)


def test_a_commune_leads_to_its_diagnosis_that_of_its_epci_and_what_is_around(visit):
    links = [link.attrs["href"] for link in visit(f"/territoires/communes/{REDON}/").one("main").all("a")]
    assert f"/territoires/diagnostic/?communes={REDON}" in links
    assert "/territoires/diagnostic/?epci=243500741" in links
    assert f"/territoires/?par=minutes&centre={REDON}#choisir" in links
