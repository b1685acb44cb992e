"""What the page of a diagnosis says of each figure, of each rule, of each commune."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from tests.web.diagnosis_sample import ACCESS, POPULATION, POVERTY, many, sample

from maillage.core.territory.diagnosis.results import Comparator, Point
from maillage.web.territoires import communes, presenter

PLACE = "Redon et Sainte-Marie"
KEPT = [("communes", "35236"), ("communes", "35294")]


def page():
    return presenter.page(sample().as_dict())


def table(query="", told=None):
    return communes.table(told or sample().as_dict(), QueryDict(query), KEPT)


def test_a_figure_is_cited_with_its_place_its_comparators_and_its_source():
    assert presenter.citation(POPULATION.as_dict(), PLACE) == (
        "Habitants (Redon et Sainte-Marie) : 11\u202f000 habitants "
        "(Ille-et-Vilaine : 1\u202f100\u202f000 ; France : 66\u202f000\u202f000). Source : INSEE, 2020."
    )


def test_a_figure_that_is_not_known_is_cited_as_such_and_never_as_zero():
    said = presenter.citation(ACCESS.as_dict(), PLACE)
    assert ": à confirmer. Source : à confirmer." in said
    assert "0 " not in said


def test_a_figure_known_for_some_communes_says_for_how_many():
    assert presenter.citation(POVERTY.as_dict(), PLACE).endswith("Valeur connue pour 1 commune sur 2.")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (10_000, 11_000, "+10\u00a0% depuis 2010 (10\u202f000)"),
        (12_000, 11_000, "−8,3\u00a0% depuis 2010 (12\u202f000)"),
        (11_000, 11_000, "inchangé depuis 2010 (11\u202f000)"),
        (0, 11_000, "+11\u202f000 depuis 2010 (0)"),
        (None, 11_000, ""),
    ],
)
def test_the_trend_goes_from_the_first_vintage_known_to_the_last(first, last, said):
    figure = replace(POPULATION, trend=(Point("2010", first), Point("2020", last)))
    assert presenter.trend(figure.as_dict()) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (17.0, 17.04, "inchangé depuis 2010 (17)"),
        (17.0, 18.5, "+1,5 point depuis 2010 (17)"),
        (20.0, 17.0, "−3 points depuis 2010 (20)"),
    ],
)
def test_a_share_moves_by_points_and_not_at_all_when_it_reads_the_same(first, last, said):
    figure = replace(POVERTY, value=last, trend=(Point("2010", first), Point("2020", last)))
    assert presenter.trend(figure.as_dict()) == said


@pytest.mark.parametrize(("value", "unit"), [(0, "professionnel"), (1, "professionnel"), (2, "professionnels")])
def test_what_is_counted_agrees_with_its_number(value, unit):
    counted = replace(POPULATION, value=value, unit="professionnels").as_dict()
    assert presenter.figure(counted, PLACE)["unite_courte"] == unit


def test_a_count_and_its_density_are_one_row_compared_by_the_density():
    count = replace(POPULATION, code="offre.infirmier", value=9)
    density = replace(count, code="offre.infirmier.densite", value=81.8, unit="pour 100 000 habitants")
    told = {"code": "offre", "titre": "Offre", "chiffres": [count.as_dict(), density.as_dict()], "tableaux": []}

    (row,) = presenter.section(told, PLACE)["chiffres"]

    assert (row["valeur"], row["densite"]["valeur"]) == (9, 81.8)
    assert row["densite"]["ancre"] == "chiffre-offre-infirmier-densite"


def test_what_asks_something_of_the_reader_stands_before_what_is_only_to_know():
    warnings = page()["avertissements"]
    assert [(each["code"], each["mot"]) for each in warnings["a_voir"]] == [("population", "à revoir")]
    assert [(each["code"], each["mot"]) for each in warnings["autres"]] == [("un_champ", "à savoir")]


def test_each_level_that_a_figure_has_is_a_column_named_after_its_only_place():
    population = page()["sections"][0]
    assert population["colonnes"] == ["Ille-et-Vilaine", "France"]
    poverty = population["chiffres"][1]
    assert [repere["lieux"] for repere in poverty["reperes"]] == [[], []]


def test_several_places_of_a_level_are_named_in_the_cells():
    two = (*POPULATION.comparators, Comparator("departement", "56", "Morbihan", 760_000))
    section = {"code": "p", "titre": "P", "chiffres": [replace(POPULATION, comparators=two).as_dict()], "tableaux": []}
    shown = presenter.section(section, PLACE)
    assert shown["colonnes"][0] == "Départements"
    assert [place["nom"] for place in shown["chiffres"][0]["reperes"][0]["lieux"]] == ["Ille-et-Vilaine", "Morbihan"]


def test_the_key_figures_come_in_their_order():
    assert [each["code"] for each in page()["cles"]] == ["population.totale", "apl.medecin_generaliste"]


def test_a_page_without_any_value_says_that_it_is_empty():
    told = sample().as_dict()
    assert not presenter.page(told)["vide"]
    for section in told["sections"]:
        section["chiffres"] = [{**each, "valeur": None} for each in section["chiffres"]]
    assert presenter.page(told)["vide"]


def test_the_cells_of_a_table_know_their_column():
    (row, unknown) = page()["sections"][1]["tableaux"][0]["lignes"]
    assert [(cell["titre"], cell["texte"], cell["numerique"]) for cell in row] == [
        ("Métier", "Infirmiers", False),
        ("Nombre", "12", True),
    ]
    assert unknown[1]["texte"] == "à confirmer"


def test_the_communes_are_sorted_by_name_and_show_what_they_have():
    shown = table()
    assert [row["nom"] for row in shown["lignes"]] == ["Redon", "Sainte-Marie"]
    assert [header["titre"] for header in shown["entetes"]] == ["Commune", "Habitants"]
    assert shown["entetes"][0]["ordre"] == "ascending"


def test_a_heading_sorts_a_figure_from_the_greatest_then_turns_it_round():
    first = table()["entetes"][1]["adresse"]
    assert "tri=population.totale&sens=desc" in first
    sorted_once = table("tri=population.totale&sens=desc")
    assert [row["nom"] for row in sorted_once["lignes"]] == ["Redon", "Sainte-Marie"]
    assert sorted_once["entetes"][1]["ordre"] == "descending"
    assert "sens" not in sorted_once["entetes"][1]["adresse"]
    assert first.startswith("?communes=35236&communes=35294&")


@pytest.mark.parametrize("direction", ["", "&sens=desc"])
def test_a_commune_without_the_figure_comes_last_in_both_directions(direction):
    shown = table(f"col=revenus.taux_pauvrete&tri=revenus.taux_pauvrete{direction}")
    assert [(row["nom"], row["cellules"][0]["texte"]) for row in shown["lignes"]] == [
        ("Redon", "15,5"),
        ("Sainte-Marie", "à confirmer"),
    ]


def test_the_filter_finds_a_commune_by_its_name_or_its_code_and_stays_in_the_links():
    assert [row["nom"] for row in table("cherche=ste marie")["lignes"]] == ["Sainte-Marie"]
    assert [row["nom"] for row in table("cherche=35236")["lignes"]] == ["Redon"]
    assert table("cherche=zzz")["lignes"] == []
    assert "cherche=redon" in table("cherche=redon")["entetes"][1]["adresse"]


def test_an_order_or_a_column_that_does_not_exist_is_left_aside():
    shown = table("tri=nulle.part&col=nulle.part")
    assert [header["titre"] for header in shown["entetes"]] == ["Commune", "Habitants"]
    assert shown["tri"] == "nom"


def test_a_long_list_is_cut_and_says_how_to_see_it_all():
    told = sample(many(communes.SHOWN + 1)).as_dict()
    cut = table(told=told)
    assert len(cut["lignes"]) == communes.SHOWN
    assert "toutes=1" in cut["toutes"]
    whole = table("toutes=1", told=told)
    assert len(whole["lignes"]) == communes.SHOWN + 1
    assert whole["toutes"] == ""


def test_mainland_france_is_said_in_the_column_of_france():
    mainland = Comparator("france", "METROPOLE", "France métropolitaine", 64_000_000)
    figures = (POPULATION, replace(POPULATION, code="population.autre", comparators=(mainland,)))
    told = {"code": "x", "titre": "X", "chiffres": [each.as_dict() for each in figures], "tableaux": []}

    section = presenter.section(told, PLACE)

    assert section["colonnes"][-1] == "France"
    assert [row["reperes"][-1]["lieux"][0]["precision"] for row in section["chiffres"]] == ["", "métropole"]
