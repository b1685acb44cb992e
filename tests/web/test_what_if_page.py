"""« Et si… » : lines added one at a time, all in the address; what they change, or what is missing to say it."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from maillage.apps.territories.accessibility import forget
from maillage.apps.territories.models import DataSource, Indicator, PopulationByAge, Series, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PAGE = "/territoires/et-si/"
REDON, SAINTE_MARIE, EPCI = "35236", "35294", "243500741"
COMES = {"profession": "medecin_generaliste", "ajouter": f"{REDON}:1"}


def series(code, values, **given):
    source = DataSource.objects.create(
        key=code.replace(".", "-"), source="essai", label=code, producer="DREES", carrier="essai", vintage="2021",
        licence="LO", rows_written=len(values), loaded_at="2026-11-22T08:00:00Z", state="complete", checksum="0" * 64,
    )  # fmt: skip
    indicator = Indicator.objects.create(code=code, label=code, unit="u", producer="DREES", aggregation="somme")
    row = Series.objects.create(source=source, indicator=indicator, level="commune", vintage="2021", **given)
    Value.objects.bulk_create(Value(series=row, code=place, value=value) for place, value in values.items())


@pytest.fixture
def offer(france):
    """Ten doctors in Redon, one in Sainte-Marie, and the accessibility that the DREES published for both."""
    series("equipement.medecin_generaliste", {REDON: 10, SAINTE_MARIE: 1}, absent_is_zero=True)
    series("apl.medecin_generaliste", {REDON: 3.48, SAINTE_MARIE: 2.72})
    yield
    forget()


def sent_to(client, data):
    response = client.get(PAGE, data)
    assert response.status_code == 302, response.status_code
    return parse_qs(urlsplit(response["Location"]).query)


def rows(page):
    return {row.one("th").text: row.all("td") for row in page.one("section", id="resultat").one("tbody").all("tr")}


def test_the_page_asks_a_profession_who_and_where_and_computes_nothing_yet(visit):
    page = visit(PAGE)
    names = [field.attrs["name"] for field in page.one("section", id="lignes").one("form").all("select", "input")]
    assert names == ["avant", "profession", "sens", "nombre", "lieu", "vers", "age"]
    assert page.all("section", id="resultat") == []


def test_a_line_typed_in_words_goes_to_the_address_after_those_already_there(client):
    typed = {**COMES, "sens": "retirer", "lieu": "Sainte-Marie (35294)", "nombre": "0,5"}
    query = sent_to(client, typed)
    assert query == {
        "profession": ["medecin_generaliste"],
        "ajouter": [f"{REDON}:1"],
        "retirer": [f"{SAINTE_MARIE}:0.5"],
    }


def test_retirements_may_be_those_of_an_epci(client):
    typed = {"profession": "infirmier", "sens": "partants", "lieu": f"Redon Agglomération ({EPCI})", "age": "62"}
    assert sent_to(client, typed)["partants"] == [f"plus_de_62@{EPCI}"]


def test_one_who_passes_from_a_commune_to_another_is_a_line_of_the_address(client):
    typed = {
        "profession": "infirmier",
        "sens": "deplacer",
        "lieu": "Redon (35236)",
        "vers": SAINTE_MARIE,
        "nombre": "2",
    }
    assert sent_to(client, typed)["deplacer"] == [f"{REDON}:{SAINTE_MARIE}:2"]


def test_a_move_says_beside_its_field_that_it_goes_nowhere(visit):
    typed = {"profession": "infirmier", "sens": "deplacer", "lieu": "Redon (35236)", "vers": "zzzz"}
    field = visit(PAGE, typed, status=422).one(id="vers")
    assert field.attrs["aria-invalid"] == "true"


def test_another_profession_may_be_asked_without_another_line(client):
    typed = {**COMES, "profession": "infirmier", "avant": "medecin_generaliste", "sens": "ajouter", "lieu": ""}
    assert sent_to(client, typed) == {"profession": ["infirmier"], "ajouter": [f"{REDON}:1"]}


def test_each_line_is_told_in_words_and_can_be_taken_back(visit, offer):
    page = visit(PAGE, {**COMES, "retirer": f"{SAINTE_MARIE}:1", "deplacer": f"{REDON}:{SAINTE_MARIE}:2"})
    lines = page.one("ul", class_="chosen").all("li")
    assert [line.all("span")[0].text for line in lines] == [
        "1 médecin généraliste s’installe : Redon (35236)",
        "1 médecin généraliste s’en va : Sainte-Marie (35294)",
        "2 médecins généralistes passent : Redon (35236) → Sainte-Marie (35294)",
    ]
    without = parse_qs(urlsplit(lines[0].one("a").attrs["href"]).query)
    assert without.keys() == {"profession", "retirer", "deplacer"}


def test_one_more_doctor_lowers_no_commune_and_the_published_value_stands_beside(visit, offer):
    page = visit(PAGE, COMES)
    found = rows(page)
    assert {"Redon", "Sainte-Marie"} <= found.keys()
    assert all(cells[2].text.startswith("+") for cells in found.values())
    assert found["Redon"][1].text == "3,48"
    assert "Valeur publiée (2021, sans limite d’âge)" in page.one("section", id="resultat").text


def test_the_page_says_which_times_which_offer_and_which_error(visit, offer):
    said = visit(PAGE, COMES).one("section", aria_labelledby="methode").text
    for part in ("La référence est la valeur publiée par la DREES", "Temps de trajet", "Erreur", "Professionnels"):
        assert part in said


def test_without_published_values_only_the_change_is_to_be_read(visit, offer):
    Series.objects.filter(indicator_id="apl.medecin_generaliste").delete()
    forget()
    page = visit(PAGE, COMES)
    assert "seul le changement est à lire" in page.one("section", id="resultat").text
    assert rows(page)["Redon"][1].text == "à confirmer"


def test_without_an_offer_the_page_says_what_to_import(visit):
    forget()
    page = visit(PAGE, COMES)
    assert "maillage donnees importer" in page.one("div", class_="notice").text


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"profession": "zzz", "ajouter": f"{REDON}:1"}, "profession", "« zzz » n’est pas accepté"),
        ({"sens": "ajouter", "lieu": "zzzz"}, "lieu", "« zzzz » n’est pas accepté"),
        ({"sens": "ajouter", "lieu": "redon 35", "nombre": "beaucoup"}, "nombre", "un nombre supérieur à 0"),
        ({"sens": "partants", "lieu": "redon 35", "age": "soixante"}, "age", "un nombre supérieur à 0"),
        ({"sens": "ajouter", "lieu": "", "avant": "medecin_generaliste"}, "lieu", "À remplir"),
        ({"retirer": f"{REDON}:90"}, "lieu", "au plus 10"),
        ({"retirer": f"{REDON}:90"}, "lieu", "90 médecins généralistes s’en vont : Redon (35236)"),
        ({"retirer": f"{REDON}:90"}, "lieu", "comptés à Redon (35236)"),
        ({"ajouter": "99999:1"}, "lieu", "99999"),
        ({"ajouter": f"{REDON}:-1"}, "lieu", "supérieur à 0"),
        ({"partants": f"plus_de_60@{EPCI}"}, "lieu", "le répertoire ne le donne pas"),
    ],
)
def test_what_cannot_be_stands_beside_its_field(visit, offer, asked, field, said):
    page = visit(PAGE, {"profession": "medecin_generaliste", **asked}, status=422)
    wrong = page.one("section", id="lignes").one(id=field)
    assert wrong.attrs["aria-invalid"] == "true"
    assert said in wrong.described(page)
    assert page.one(id="erreurs").one("a").attrs["href"] == f"#{field}"


def test_the_list_is_exported_whole_with_its_units(client, offer):
    response = client.get(PAGE, {**COMES, "format": "csv"})
    header, *lines = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert header[:2] == ["code_commune", "commune"]
    redon = next(dict(zip(header, line, strict=True)) for line in lines if line[0] == REDON)
    assert redon["unite"].startswith("consultations")
    assert client.get(PAGE, {**COMES, "format": "xlsx"}).content.startswith(b"PK")


def test_the_published_value_shown_first_is_that_of_the_zonage(visit, offer):
    series("apl.medecin_generaliste.65_ans", {REDON: 3.01})
    page = visit(PAGE, COMES)
    assert rows(page)["Redon"][1].text == "3,01"
    assert "Valeur publiée (2021, 65 ans et moins)" in page.one("section", id="resultat").text


def test_an_effect_that_nobody_can_know_is_not_told_as_no_change(visit, offer):
    PopulationByAge.objects.filter(commune__departement_id="976").delete()
    forget()
    said = visit(PAGE, {"profession": "medecin_generaliste", "ajouter": "97611:1"}).one("section", id="resultat").text
    assert "Aucune commune ne change" not in said
    assert "Inconnu" in said
