"""« Où s'installer » : what is asked, what is found, what is refused, what is missing."""

import csv
import io
from dataclasses import replace

import pytest
from tests.web.test_what_if_page import series

from maillage.apps.territories.accessibility import forget
from maillage.apps.territories.accessibility.sites import best_sites
from maillage.web.territoires import sites

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PAGE = "/territoires/ou-s-installer/"
REDON, EPCI = "35236", "243500741"
ASKED = {"profession": "medecin_generaliste", "seuil": "2,5", "epci": EPCI}


@pytest.fixture
def offer(france):
    """One doctor in Redon: most of the EPCI is under the threshold."""
    series("equipement.medecin_generaliste", {REDON: 1}, absent_is_zero=True)
    yield
    forget()


def test_the_page_asks_and_searches_nothing_yet(visit):
    page = visit(PAGE)
    names = {field.attrs["name"] for field in page.one("form", class_="card").all("select", "input")}
    assert names == {"profession", "seuil", "nombre", "minutes_max", "departement", "epci"}
    assert page.all("section", id="resultat") == []


def test_the_places_found_are_ranked_with_the_inhabitants_that_they_lift(visit, offer):
    page = visit(PAGE, {**ASKED, "nombre": "2", "seuil": "0,3"})
    rows = page.one("section", id="resultat").one("tbody").all("tr")
    assert [row.all("td")[0].text for row in rows] == ["1", "2"]
    gains = [int("".join(filter(str.isdigit, row.all("td")[1].text))) for row in rows]
    total = int("".join(filter(str.isdigit, rows[-1].all("td")[2].text)))
    assert total == sum(gains)
    assert total > 0
    assert "Erreur" in page.one("section", aria_labelledby="methode").text


def test_the_list_is_exported(client, offer):
    content = client.get(PAGE, {**ASKED, "format": "csv"}).content.decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(content), delimiter=";")
    assert header[:3] == ["rang", "code_commune", "commune"]
    assert len(lines) == 1


def test_an_epci_named_in_words_becomes_its_code_in_the_address(client):
    response = client.get(PAGE, {**ASKED, "epci": "Redon Agglomération"})
    assert response.status_code == 302
    assert f"epci={EPCI}" in response["Location"]


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"seuil": "beaucoup"}, "seuil", "un nombre"),
        ({"seuil": ""}, "seuil", "À remplir"),
        ({"seuil": "-1"}, "seuil", "supérieur à 0"),
        ({"nombre": "1,5"}, "nombre", "un nombre entier"),
        ({"nombre": "900"}, "nombre", "un nombre de 1 à"),
        ({"minutes_max": "900"}, "minutes_max", "la portée de l’APL"),
        ({"epci": "zzzz"}, "epci", "« zzzz » n’est pas accepté"),
        ({"epci": "999999999"}, "epci", "« 999999999 » n’est pas accepté"),
        ({"profession": "zzz"}, "profession", "« zzz » n’est pas accepté"),
        ({"departement": "35"}, "departement", "pas les deux"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(visit, offer, asked, field, said):
    page = visit(PAGE, {**ASKED, **asked}, status=422)
    wrong = page.one("form", class_="card").one(id=field)
    assert wrong.attrs["aria-invalid"] == "true"
    assert said in wrong.described(page)


def test_without_data_the_page_says_what_to_import(visit):
    forget()
    assert "maillage donnees importer" in visit(PAGE, ASKED).one("div", class_="notice").text


def test_a_choice_that_was_not_proven_comes_with_the_command_that_proves_it(visit, offer, monkeypatch):
    def hurried(model, search):
        found = best_sites(model, search)
        return replace(found, plan=replace(found.plan, method="exact", proven=False))

    monkeypatch.setattr(sites, "best_sites", hurried)
    said = visit(PAGE, {**ASKED, "nombre": "3"}).one("p", class_="proof").one("code").text
    assert said == (
        "maillage territoire optimiser --profession medecin_generaliste --seuil 2.5 --nombre 3 "
        f"--epci {EPCI} --methode exact"
    )


def test_a_proven_choice_asks_for_no_command(visit, offer):
    assert visit(PAGE, ASKED).all("p", class_="proof") == []


def test_the_file_holds_the_answer_of_the_page_without_another_search(client, offer, monkeypatch):
    client.get(PAGE, ASKED)
    monkeypatch.setattr(sites, "best_sites", lambda *_: pytest.fail("searched again"))
    assert client.get(PAGE, {**ASKED, "format": "csv"}).status_code == 200
