"""Choosing a territory: five ways, each in the address, each without JavaScript."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

CHOOSE, DIAGNOSIS = "/territoires/", "/territoires/diagnostic/"
REDON, SAINTE_MARIE, EPCI = "35236", "35294", "243500741"


def form(page):
    return page.one("section", id="choisir").one("form")


def named(page):
    return {field.attrs.get("name") for field in form(page).all("input", "select", "textarea")} - {None}


def chosen(page):
    return [field.attrs["value"] for field in form(page).all("input", name="communes")]


def sent_to(client, address, data):
    response = client.get(address, data)
    assert response.status_code == 302, response.status_code
    parts = urlsplit(response["Location"])
    return parts.path, parse_qs(parts.query)


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        ("communes", {"ajouter"}),
        ("epci", {"epci"}),
        ("rayon", {"centre", "rayon_km"}),
        ("minutes", {"centre", "minutes"}),
        ("contour", {"contour", "aller"}),
    ],
)
def test_each_way_has_its_form_and_says_that_it_is_the_current_one(visit, way, asked):
    page = visit(CHOOSE, {"par": way})
    assert named(page) == {"par", "nom", "structure", *asked}
    current = page.one("nav", aria_label="Manières de choisir un territoire").one("a", aria_current="true")
    assert f"par={way}" in current.attrs["href"]


def test_a_commune_is_added_by_its_name_beside_those_already_chosen(client):
    typed = {"par": "communes", "communes": [REDON], "ajouter": "Sainte-Marie 35", "structure": "cpts"}
    path, query = sent_to(client, CHOOSE, typed)
    assert path == CHOOSE
    assert query == {"communes": [REDON, SAINTE_MARIE], "structure": ["cpts"]}


def test_several_communes_are_added_at_once_and_once_each(client):
    _path, query = sent_to(client, CHOOSE, {"par": "communes", "ajouter": "redon; bains-sur-oust, Redon (35236)"})
    assert query["communes"] == [REDON, "35013"]


def test_a_homonym_is_that_of_the_departement_already_chosen(client):
    _path, query = sent_to(client, CHOOSE, {"par": "communes", "communes": ["35288"], "ajouter": "Sainte-Marie"})
    assert query["communes"] == ["35288", SAINTE_MARIE]


def test_a_commune_chosen_is_shown_with_the_address_without_it(visit):
    page = visit(CHOOSE, {"communes": [REDON, SAINTE_MARIE]})
    assert chosen(page) == [REDON, SAINTE_MARIE]
    assert "2 communes choisies" in page.one("main").text
    without = page.one("ul", class_="chosen").all("a")[0].attrs["href"]
    assert parse_qs(urlsplit(without).query)["communes"] == [SAINTE_MARIE]


def test_a_name_that_several_communes_have_is_asked_and_a_click_adds_the_right_one(visit):
    page = visit(CHOOSE, {"par": "communes", "communes": [REDON], "ajouter": "Saint-Denis"}, status=422)
    field = page.one("input", id="ajouter")
    assert field.attrs["value"] == "Saint-Denis"
    assert "plusieurs communes" in field.described(page)
    choices = form(page).one("fieldset").all("a")
    assert "93066" in {choice.text[-6:-1] for choice in choices}
    first = parse_qs(urlsplit(choices[0].attrs["href"]).query)
    assert first["communes"][0] == REDON
    assert len(first["communes"]) == 2


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"par": "communes", "ajouter": "zzzz"}, "ajouter", "« zzzz » n’est pas accepté"),
        ({"par": "epci", "epci": "zzzz"}, "epci", "« zzzz » n’est pas accepté"),
        ({"par": "rayon", "centre": "zzzz", "rayon_km": "20"}, "centre", "« zzzz » n’est pas accepté"),
        ({"par": "rayon", "centre": "redon", "rayon_km": "loin"}, "rayon_km", "un nombre"),
        ({"par": "rayon", "centre": "redon", "rayon_km": "-3"}, "rayon_km", "un nombre supérieur à 0"),
        ({"par": "minutes", "centre": "redon", "minutes": "900"}, "minutes", "un nombre d’au plus 60"),
        ({"par": "contour", "contour": "1,2"}, "contour", "au moins trois sommets"),
        ({"par": "communes", "communes": REDON, "structure": "zzz"}, "structure", "cpts"),
        ({"par": "epci"}, "epci", "À remplir"),
        ({"par": "communes"}, "ajouter", "un territoire à choisir"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_is_kept_as_typed(visit, typed, field, said):
    page = visit(DIAGNOSIS, typed, status=422)
    wrong = form(page).one(id=field)
    assert wrong.attrs["aria-invalid"] == "true"
    assert said in wrong.described(page)
    assert page.one(id="erreurs").one("a").attrs["href"] == f"#{field}"
    if wrong.tag == "input":
        assert wrong.attrs["value"] == typed.get(field, "")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ({"par": "epci", "epci": "Redon Agglomération"}, {"epci": [EPCI]}),
        ({"par": "epci", "epci": f"Redon Agglomération ({EPCI})"}, {"epci": [EPCI]}),
        (
            {"par": "rayon", "centre": "redon 35", "rayon_km": "12,5", "nom": "Pays de Redon"},
            {"centre": [REDON], "rayon_km": ["12,5"], "nom": ["Pays de Redon"]},
        ),
        (
            {"par": "minutes", "centre": "Redon (35236)", "minutes": "20", "structure": "msp"},
            {"centre": [REDON], "minutes": ["20"], "structure": ["msp"]},
        ),
        ({"par": "communes", "communes": REDON, "ajouter": "bains-sur-oust"}, {"communes": [REDON, "35013"]}),
    ],
)
def test_words_are_brought_to_codes_that_the_address_then_holds(client, typed, query):
    path, found = sent_to(client, DIAGNOSIS, typed)
    assert path == DIAGNOSIS
    assert found == query


def test_a_postal_code_typed_in_a_form_is_not_taken_for_a_code_of_the_insee(visit):
    page = visit(DIAGNOSIS, {"par": "rayon", "centre": "35350", "rayon_km": "20"}, status=422)
    assert "plusieurs communes" in form(page).one(id="centre").described(page)


def test_nothing_asked_leads_to_the_choice(client):
    assert client.get(DIAGNOSIS)["Location"] == CHOOSE


def test_changing_the_way_keeps_the_structure_and_the_centre(visit):
    page = visit(CHOOSE, {"par": "rayon", "centre": REDON, "rayon_km": "10", "structure": "cpts"})
    links = {link.text: link.attrs["href"] for link in page.one("nav", class_="ways").all("a")}
    kept = parse_qs(urlsplit(links["Autour de mon cabinet"]).query)
    assert kept == {"par": ["minutes"], "centre": [REDON], "structure": ["cpts"]}


def test_the_proposals_of_epci_say_how_many_communes_and_through_which(client):
    said = client.get(f"{CHOOSE}propositions/epci/", {"q": "bains sur oust"}).content.decode()
    assert 'role="option"' in said
    assert f"Redon Agglomération ({EPCI})" in said
    assert "avec Bains-sur-Oust" in said
    assert "31 communes" in said


def hidden(page):
    return {(field.attrs["name"], field.attrs["value"]) for field in form(page).all("input", type="hidden")}


def test_a_mixture_is_whole_when_one_modifies_it(visit, client):
    page = visit(CHOOSE, {"communes": SAINTE_MARIE, "epci": EPCI})
    assert form(page).one(id="epci").attrs["value"].endswith(f"({EPCI})")
    assert ("communes", SAINTE_MARIE) in hidden(page)
    typed = {"par": "epci", "communes": SAINTE_MARIE, "epci": "Redon Agglomération"}
    assert sent_to(client, DIAGNOSIS, typed)[1] == {"communes": [SAINTE_MARIE], "epci": [EPCI]}


def test_what_is_chosen_one_way_stays_beside_what_is_chosen_another_way(visit):
    page = visit(CHOOSE, {"par": "communes", "communes": REDON})
    ways = page.one("nav", aria_label="Manières de choisir un territoire").all("a")
    other = next(way.attrs["href"] for way in ways if "par=epci" in way.attrs["href"])
    assert ("communes", REDON) in hidden(visit(other.split("#")[0]))


def test_a_circle_and_a_commune_stay_together_and_each_can_be_taken_back(visit):
    page = visit(CHOOSE, {"par": "communes", "communes": SAINTE_MARIE, "centre": REDON, "rayon_km": "5"})
    line = next(each for each in form(page).all("li") if "5 km autour de" in each.text)
    assert {("centre", REDON), ("rayon_km", "5")} <= hidden(page)
    left = parse_qs(urlsplit(line.one("a").attrs["href"]).query)
    assert left == {"par": ["communes"], "communes": [SAINTE_MARIE]}


@pytest.mark.parametrize("way", ["rayon", "minutes", "epci", "contour"])
def test_turning_to_another_way_shows_its_form_and_keeps_what_is_chosen(client, way):
    page = client.get("/territoires/", {"par": way, "communes": REDON})

    assert page.status_code == 200
    assert "Redon" in page.content.decode()
