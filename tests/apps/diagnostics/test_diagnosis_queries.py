"""The diagnosis of the small world."""

import datetime
import json

import pytest
from tests.apps.diagnostics.conftest import REDON, RENNES, SAINTE_MARIE, series, source

from maillage.apps.diagnostics.queries import diagnose, from_recipe
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.territories.models import DataSource, Grouping, GroupMember
from maillage.core.kernel.problems import BadInput

TODAY = datetime.date(2026, 11, 22)
EPCI = {"epci": ["243500741"]}


def made(**given):
    return diagnose(read_selection(given or EPCI), today=TODAY)


def compared(figure):
    return {each.level: each.value for each in figure.comparators}


@pytest.mark.usefixtures("world")
def test_communes_alone_give_a_population_and_say_all_that_is_missing():
    found = made()

    assert found.figures["population.totale"].value == 11_000
    assert compared(found.figures["population.totale"]) == {
        "departement": 231_000,
        "region": 231_000,
        "france": 231_000,
    }
    assert "Accessibilité potentielle localisée (APL)" in {gap.subject for gap in found.missing}
    assert {"Besoins et attentes de la population", "Besoins et attentes des professionnels"} <= {
        gap.subject for gap in found.missing
    }


@pytest.mark.usefixtures("world")
def test_ages_known_for_a_part_of_the_communes_are_given_with_how_many():
    found = made().figures

    assert found["population.65_plus"].coverage == "1 commune sur 2"
    assert found["population.65_plus.part"].value == pytest.approx(100 * 2_500 / 9_000)
    assert found["population.indice_vieillissement"].value == pytest.approx(125)


@pytest.mark.usefixtures("figures")
def test_accessibility_is_the_published_mean_weighted_by_inhabitants_with_its_trend():
    found = made().figures["apl.medecin_generaliste.65_ans"]

    assert found.value == pytest.approx((3 * 9_000 + 1 * 2_000) / 11_000)
    assert [point.vintage for point in found.trend] == ["2019", "2021"]
    assert found.trend[0].value == pytest.approx((2 * 9_000 + 1 * 2_000) / 11_000)
    assert compared(found)["departement"] == pytest.approx((3 * 9_000 + 1 * 2_000 + 5 * 220_000) / 231_000)


@pytest.mark.usefixtures("figures")
def test_the_part_of_the_accessibility_due_to_the_oldest_is_what_leaves_with_them():
    mean = {"aggregation": "moyenne", "weight": "population.totale", "theme": "accessibilite"}
    series("apl.medecin_generaliste", "2021", {REDON: 4.0, SAINTE_MARIE: 1.0}, **mean)

    found = made()
    figure = found.figures["apl.medecin_generaliste.part_plus_de_65_ans"]

    assert figure.value == pytest.approx(100 * (1 - (3 * 9 + 1 * 2) / (4 * 9 + 1 * 2)))
    assert found.communes[0].values[figure.code] == pytest.approx(25)


@pytest.mark.usefixtures("figures")
def test_bassins_de_vie_say_how_much_of_them_is_here():
    group = Grouping.objects.create(
        source=source("bassins-de-vie", "bassins-de-vie", "2022"), kind="bassin_de_vie", code="35236", nom="Redon"
    )
    for code in (REDON, SAINTE_MARIE, RENNES):
        GroupMember.objects.create(grouping=group, commune=code)
    tables = {table.code: table for section in made().sections for table in section.tables}

    assert tables["bassins"].rows == (("Bassin de vie", "Redon", 2, 3, "Le petit monde, 2022"),)


@pytest.mark.usefixtures("figures")
def test_a_recipe_names_the_figures_of_method_and_of_the_rules_that_it_used():
    used = diagnose(read_selection({**EPCI, "structure": "cpts"}), today=TODAY).recipe["parametres"]

    assert used["cpts.territoire.population_minimale"] == 20_000
    assert used["territoire.diagnostic.couverture_minimale"] == 0.95


@pytest.mark.usefixtures("figures")
def test_a_median_is_a_range_beside_the_published_one_of_the_departement():
    found = made().figures["revenus.mediane"]

    assert (found.value, found.text) == (None, "20\u202f000")
    assert compared(found) == {"departement": 21_500, "region": None, "france": None}


@pytest.mark.usefixtures("figures")
def test_the_vintage_published_for_the_whole_epci_is_shown_even_when_a_newer_one_is_by_commune_only():
    about = {"aggregation": "aucune", "theme": "revenus"}
    series("revenus.d1", "2016", {REDON: 11_000.0, SAINTE_MARIE: 12_000.0}, **about)
    series("revenus.d1", "2015", {REDON: 10_000.0, SAINTE_MARIE: 12_500.0}, **about)
    series("revenus.d1", "2015", {"243500741": 10_700.0}, level="epci", **about)

    found = made().figures["revenus.d1"]

    assert (found.value, found.vintage) == (10_700, "2015")


@pytest.mark.usefixtures("figures")
def test_what_is_only_published_by_epci_is_listed_for_a_part_of_one():
    series("ald.part", "2025", {"243500741": 21.5}, level="epci", aggregation="aucune", theme="sante", decimals=1)

    part, whole = made(communes=[REDON]), made()
    tables = {table.code: table for section in part.sections for table in section.tables}

    assert tables["par_epci"].rows == (("ald.part", "Redon Agglomération", "21,5", "unité", "2025"),)
    assert whole.figures["ald.part"].value == 21.5


@pytest.mark.usefixtures("figures")
def test_a_figure_hidden_everywhere_is_among_what_is_missing():
    series("revenus.d9", "2016", {REDON: None, SAINTE_MARIE: None}, aggregation="aucune", theme="revenus")

    found = made()

    assert "revenus.d9" not in found.figures
    assert any("revenus.d9" in gap.subject for gap in found.missing)


@pytest.mark.usefixtures("figures")
def test_a_professional_of_two_communes_counts_once_and_hospitals_do_not_count():
    found = made()

    assert found.figures["offre.infirmier"].value == 2
    assert compared(found.figures["offre.infirmier"])["departement"] == 3
    assert found.figures["offre.infirmier.densite"].value == pytest.approx(100_000 * 2 / 11_000)
    assert {row.code: row.values["offre.infirmier"] for row in found.communes} == {REDON: 2, SAINTE_MARIE: 1}


@pytest.mark.usefixtures("figures")
def test_structures_are_counted_and_those_of_coordinated_practice_are_named():
    found = made()
    tables = {table.code: table for section in found.sections for table in section.tables}

    assert found.figures["structure.pharmacie"].value == 2
    assert [row[0] for row in tables["structures"].rows] == ["350000001"]


@pytest.mark.usefixtures("figures")
def test_the_zonage_and_the_neighbourhoods_of_each_commune_are_there():
    found = made()
    zoning = next(section for section in found.sections if section.code == "zonage")

    assert found.communes[0].zonings["medecin_generaliste"].startswith("zone d'intervention prioritaire")
    assert [(zone.profession, zone.zone_code, zone.communes) for zone in zoning.aids] == [
        ("medecin_generaliste", "zip", 1),
        ("infirmier", "tres_sous_dotee", 1),
    ]
    assert any(row[1] == "Bellevue" for section in found.sections for table in section.tables for row in table.rows)


@pytest.mark.usefixtures("figures", "cpts")
def test_a_known_cpts_on_the_territory_is_warned_of():
    found = diagnose(read_selection({**EPCI, "structure": "cpts"}), today=TODAY)
    warning = next(each for each in found.warnings if each.code == "cpts.unicite")

    assert warning.state == "alerte"
    assert "CPTS de Rennes (1 commune sur ses 2)" in warning.text


@pytest.mark.usefixtures("figures")
def test_the_key_figures_are_five_at_most_and_exist():
    found = made()

    assert 0 < len(found.key_figures) <= 5
    assert set(found.key_figures) <= set(found.figures)


@pytest.mark.usefixtures("figures")
def test_an_indicator_added_by_its_description_joins_without_code():
    series("enquete.renoncement", "2026", {REDON: 12.0, SAINTE_MARIE: 8.0}, theme="enquete", aggregation="moyenne")

    others = next(section for section in made().sections if section.code == "autres")

    assert [figure.code for figure in others.figures] == ["enquete.renoncement"]


@pytest.mark.usefixtures("figures")
def test_the_comparison_is_not_given_where_too_few_inhabitants_are_known():
    series("enquete.part", "2026", {REDON: 12.0}, theme="enquete", aggregation="moyenne")

    assert compared(made().figures["enquete.part"])["departement"] is None


@pytest.mark.usefixtures("figures")
def test_a_recipe_makes_the_same_diagnosis_again():
    first = made()

    second, differences = from_recipe(json.loads(json.dumps(first.recipe)))

    assert second.as_dict() == first.as_dict()
    assert differences == ()


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("state", [DataSource.State.RUNNING, DataSource.State.FAILED])
def test_a_loading_that_runs_or_failed_takes_nothing_of_what_is_in_place(state):
    before = made().as_dict()

    DataSource.objects.update(state=state)

    assert made().as_dict() == before


@pytest.mark.usefixtures("figures")
def test_a_recipe_whose_vintages_are_gone_says_which():
    recipe = json.loads(json.dumps(made().recipe))
    DataSource.objects.filter(key="zonage").update(vintage="2027")

    _, differences = from_recipe(recipe)

    assert differences == ("zonage : 2026 dans la recette, 2027 aujourd'hui.",)


@pytest.mark.parametrize("recipe", [{}, {"selection": {}}, {"selection": EPCI}, {"selection": EPCI, "format": 9}])
@pytest.mark.usefixtures("world")
def test_what_is_not_a_recipe_is_refused_in_french(recipe):
    with pytest.raises(BadInput):
        from_recipe(recipe)


@pytest.mark.usefixtures("figures")
def test_the_json_of_a_diagnosis_holds_no_unreadable_value():
    told = made().as_dict()

    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert {figure["code"] for section in told["sections"] for figure in section["chiffres"]} == set(made().figures)


@pytest.mark.usefixtures("figures")
def test_the_newest_population_is_shown_with_its_vintage_and_the_other_is_its_trend():
    about = {"label": "Population", "theme": "population"}
    series("population.totale", "2012", {REDON: 8_000, SAINTE_MARIE: 2_500, RENNES: 200_000}, **about)
    found = made().figures
    people, carers = found["population.totale"], found["offre.infirmier.densite"]

    assert (people.value, compared(people)["departement"]) == (11_000, 231_000)
    assert [point.value for point in people.trend] == [10_500, 11_000]
    assert carers.vintage == f"2025 ; {people.vintage}"


@pytest.mark.usefixtures("figures")
def test_a_newer_file_of_populations_stands_before_what_comes_with_the_communes():
    about = {"label": "Population", "theme": "population"}
    series("population.totale", "2030", {REDON: 10_000, SAINTE_MARIE: 3_000, RENNES: 220_000}, **about)
    found = diagnose(read_selection({**EPCI, "structure": "cpts"}), today=TODAY)

    assert (found.figures["population.totale"].value, found.figures["population.totale"].vintage) == (13_000, "2030")
    assert "13\u202f000 (2030)" in next(each.text for each in found.warnings if each.code == "cpts.population")


@pytest.mark.usefixtures("figures")
def test_a_newer_file_of_the_departements_leaves_the_figures_of_the_communes():
    series("apl.medecin_generaliste.65_ans", "2024", {"35": 9.0}, level="departement")
    figure = made().figures["apl.medecin_generaliste.65_ans"]

    assert figure.vintage == "2021"
    assert compared(figure)["departement"] == pytest.approx((3 * 9_000 + 1 * 2_000 + 5 * 220_000) / 231_000)


@pytest.mark.usefixtures("figures")
def test_what_does_not_add_up_is_compared_where_it_is_published_and_said_so_elsewhere():
    told = made().figures["revenus.mediane"].as_dict()

    assert [each["texte"] for each in told["comparaisons"]] == ["21\u202f500", "non additif", "non additif"]
    assert "Non additif" in told["pourquoi"]


@pytest.mark.usefixtures("world")
def test_a_gap_tells_all_where_the_file_is_and_the_administrator_what_to_type():
    gaps = {gap.subject: gap for gap in made().missing}

    income, places = gaps["Revenus et pauvreté"], gaps["Territoires des CPTS"]
    assert "INSEE" in income.how
    assert income.command == "maillage donnees importer filosofi FICHIER"
    assert "maillage donnees" not in f"{income.how} {places.how}"
    assert "ARS" in places.how


@pytest.mark.usefixtures("world")
def test_the_offer_begins_with_the_doctors_and_ends_with_the_places_of_care():
    for slug in ("maternite", "infirmier", "urgences", "medecin_generaliste", "pharmacie", "cardiologue"):
        series(f"equipement.{slug}", "2024", {REDON: 1, SAINTE_MARIE: 1}, label=slug, theme="equipements")
    [offer] = [section for section in made().sections if section.code == "offre"]

    counts = [figure.label for figure in offer.figures if not figure.code.endswith(".densite")]
    assert counts == ["medecin_generaliste", "infirmier", "cardiologue", "pharmacie", "urgences", "maternite"]


@pytest.mark.usefixtures("figures")
def test_accessibility_begins_with_the_doctors_up_to_65_years():
    mean = {"aggregation": "moyenne", "weight": "population.totale", "theme": "accessibilite"}
    for code in ("apl.infirmier", "apl.medecin_generaliste", "apl.medecin_generaliste.62_ans"):
        series(code, "2021", {REDON: 4.0, SAINTE_MARIE: 1.0}, **mean)
    [access] = [section for section in made().sections if section.code == "accessibilite"]

    assert [figure.code for figure in access.figures] == [
        "apl.medecin_generaliste.65_ans",
        "apl.medecin_generaliste",
        "apl.medecin_generaliste.62_ans",
        "apl.medecin_generaliste.part_plus_de_62_ans",
        "apl.medecin_generaliste.part_plus_de_65_ans",
        "apl.infirmier",
    ]


@pytest.mark.usefixtures("figures")
def test_the_chart_of_a_profession_is_that_of_its_newest_variant_and_never_mixes_two():
    mean = {"aggregation": "moyenne", "weight": "population.totale", "theme": "accessibilite"}
    here = {REDON: 4.0, SAINTE_MARIE: 1.0, RENNES: 2.0}
    for code, vintage in (("apl.infirmier.65_ans", "2021"), ("apl.infirmier", "2022"), ("apl.infirmier", "2023")):
        series(code, vintage, here, **mean)
    [access] = [section for section in made().sections if section.code == "accessibilite"]

    assert set(access.charts) == {
        *(f"{kind}:apl.medecin_generaliste.65_ans" for kind in ("comparaison", "evolution")),
        *(f"{kind}:apl.infirmier" for kind in ("comparaison", "evolution")),
    }
    trends = {figure.code: [point.vintage for point in figure.trend] for figure in access.figures}
    assert (trends["apl.infirmier"], trends["apl.infirmier.65_ans"]) == (["2022", "2023"], [])
