"""The data of a diagnosis as files."""

import csv
import io
import json

import openpyxl
import pytest
from tests.core.documents.diagnosis_told import diagnosis

from maillage.core.documents.diagnosis_files import (
    diagnosis_csv,
    diagnosis_geojson,
    diagnosis_recipe,
    diagnosis_xlsx,
    short_name,
)


@pytest.fixture(scope="module")
def told():
    return diagnosis()


@pytest.fixture(scope="module")
def book(told):
    return openpyxl.load_workbook(io.BytesIO(diagnosis_xlsx(told)))


def lines(told):
    return list(csv.DictReader(io.StringIO(diagnosis_csv(told).decode("utf-8-sig")), delimiter=";"))


def test_the_csv_has_a_line_per_figure_and_place(told):
    found = [line for line in lines(told) if line["indicateur"] == "apl.medecin_generaliste.65_ans"]

    assert [(line["niveau"], line["code"], line["valeur"]) for line in found] == [
        ("territoire", "", "2,5"),
        ("departement", "35", "3,9"),
        ("region", "53", ""),
        ("france", "FRANCE", "3,4"),
        ("commune", "35001", "3"),
        ("commune", "35002", "1"),
    ]


def test_a_hidden_value_is_empty_in_the_csv_never_zero(told):
    hidden = next(line for line in lines(told) if (line["indicateur"], line["code"]) == ("revenus.mediane", "35002"))

    assert hidden["valeur"] == ""


def test_a_name_that_a_spreadsheet_would_run_is_given_as_text(told, book):
    assert any(line["lieu"] == "'=Aval" for line in lines(told))
    assert book["Communes"]["B3"].value == "'=Aval"


def test_the_workbook_holds_figures_communes_lists_and_sources(book):
    assert {"Chiffres", "Évolutions", "Communes", "Règles", "Ce qui manque", "Sources", "Recette"} <= set(
        book.sheetnames
    )
    assert [row[0].value for row in book["Communes"].iter_rows(min_row=2)] == ["35001", "35002"]
    assert book["Chiffres"].freeze_panes == "A2"


def test_numbers_are_numbers_in_the_workbook(book):
    values = {row[1].value: row[3].value for row in book["Chiffres"].iter_rows(min_row=2)}

    assert values["population.totale"] == 4_000
    assert values["apl.medecin_generaliste.65_ans"] == 2.5


def test_a_comparison_of_another_vintage_says_it_in_the_table_and_in_the_workbook(told):
    section = next(each for each in told["sections"] if each["code"] == "revenus")
    other = {"niveau": "departement", "code": "35", "nom": "Ille-et-Vilaine", "valeur": 1.0, "millesime": "2015"}
    figure = {**section["chiffres"][0], "comparaisons": [other]}
    told = {**told, "sections": [{**section, "chiffres": [figure]}]}

    [line] = [line for line in diagnosis_csv(told).decode("utf-8-sig").splitlines() if line.startswith("departement")]
    [row] = openpyxl.load_workbook(io.BytesIO(diagnosis_xlsx(told)))["Chiffres"].iter_rows(min_row=2, values_only=True)

    assert ";2015;" in line
    assert "Ille-et-Vilaine : millésime 2015." in row[-1]


def test_the_geojson_draws_the_outline_else_the_mairie_else_nothing(told):
    outline = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}

    drawn = json.loads(diagnosis_geojson(told, {"35001": outline}))
    points = json.loads(diagnosis_geojson(told, {}))

    assert drawn["features"][0]["geometry"] == outline
    assert points["features"][0]["geometry"] == {"type": "Point", "coordinates": [-2.0, 48.0]}
    assert points["features"][1]["geometry"] is None


def test_the_geojson_says_what_its_figures_are(told):
    found = json.loads(diagnosis_geojson(told, {}))

    assert found["features"][0]["properties"]["apl.medecin_generaliste.65_ans"] == 3
    assert found["features"][0]["properties"]["zonage.medecin_generaliste"].startswith("zone d'intervention")
    assert "petites communes" in found["indicateurs"]["revenus.mediane"]["secret"]
    assert found["sources"][0]["producteur"] == "DREES"


def test_the_recipe_is_readable(told):
    assert json.loads(diagnosis_recipe(told)) == told["recette"]


def test_a_sheet_without_a_row_is_left_out():
    told = diagnosis()
    for section in told["sections"]:
        section["aides"] = []
        section["chiffres"] = [{**each, "evolution": []} for each in section["chiffres"]]

    names = openpyxl.load_workbook(io.BytesIO(diagnosis_xlsx(told))).sheetnames

    assert not {"Évolutions", "Aides du zonage"} & set(names)
    assert "Chiffres" in names


def test_the_name_of_a_sheet_ends_with_a_word_that_means_something():
    assert short_name("Les bassins de vie et les territoires de vie-santé") == "Les bassins de vie"
    assert short_name("Communes", ["Communes"]) == "Communes 2"
    assert len(short_name("a" * 40)) == 31


def test_the_states_of_the_rules_are_french_words(book):
    states = {row[1] for row in book["Règles"].iter_rows(min_row=2, values_only=True)}

    assert states
    assert not states & {"a_verifier", "respecte"}
