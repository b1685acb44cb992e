"""From the values of communes to a figure of the territory."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.territory.diagnosis.measures import Elsewhere, Indicator, Layer, Layers, Place, ratio

PLACES = [Place(code, name, "35", "53") for code, name in (("35001", "Amont"), ("35002", "Aval"), ("35003", "Hameau"))]
COUNT = Indicator("offre.infirmier", "Infirmiers", "professionnels", "ANS")
PEOPLE = Indicator("population.totale", "Population", "habitants", "INSEE")
MEAN = Indicator("apl.infirmier", "APL", "ETP", "DREES", "moyenne", "population.totale", decimals=1)
MEDIAN = Indicator("revenus.mediane", "Médiane", "euros", "INSEE", "aucune", secrecy="masquée")


def measured(*layers, places=PLACES, exactly=None, code=None):
    found = Layers(layers, places, exactly).measure(code or layers[0].indicator.code)
    assert found is not None
    return found


def people(values):
    return Layer(PEOPLE, "2023", values)


def test_a_count_is_the_sum_of_its_communes():
    assert measured(people({"35001": 100, "35002": 50, "35003": 25})).total.value == 175


def test_an_unknown_commune_is_never_counted_as_zero_and_is_said():
    found = measured(people({"35001": 100, "35002": None, "35003": 25})).figure()

    assert (found.value, found.coverage) == (125, "2 communes sur 3")
    assert "seules communes" in found.why


def test_a_commune_that_a_count_of_equipment_does_not_name_has_none_of_it():
    found = measured(Layer(COUNT, "2024", {"35001": 3}, absent_is_zero=True))

    assert found.by_place == {"35001": 3, "35002": 0, "35003": 0}
    assert (found.total.value, found.total.known) == (3, 3)


def test_a_mean_weighs_each_commune_by_its_inhabitants():
    found = measured(Layer(MEAN, "2021", {"35001": 1, "35002": 4, "35003": 10}), people({"35001": 200, "35002": 100}))

    assert found.total.value == pytest.approx((1 * 200 + 4 * 100) / 300)


def test_a_median_does_not_add_up_and_shows_its_range_instead():
    found = measured(Layer(MEDIAN, "2016", {"35001": 20_000, "35002": 24_500, "35003": None})).figure()

    assert found.value is None
    assert found.text == "de 20\u202f000 à 24\u202f500"
    assert found.as_dict()["etendue"] == {"min": 20_000, "max": 24_500}
    assert "ne s'additionne pas" in found.why


def test_the_median_published_for_an_epci_is_that_of_a_territory_that_is_exactly_it():
    layer = Layer(MEDIAN, "2016", {"35001": 20_000, "35002": 24_500}, {("epci", "243500741"): 21_300})

    assert measured(layer, exactly=("epci", "243500741")).total.value == 21_300
    assert measured(layer, exactly=("epci", "200000000")).total.value is None


def test_the_median_of_a_single_commune_is_its_own():
    assert measured(Layer(MEDIAN, "2016", {"35001": 20_000}), places=PLACES[:1]).total.value == 20_000


def test_nothing_known_gives_no_figure_but_the_secrecy_of_the_producer():
    found = measured(Layer(MEDIAN, "2016", {"35001": None, "35002": None})).figure()

    assert (found.value, found.text, found.why) == (None, "à confirmer", "masquée")


def test_a_city_given_by_its_arrondissements_is_their_sum():
    city = Place("75056", "Paris", "75", "11", parts=("75101", "75102"))

    assert measured(people({"75101": 10, "75102": 20}), places=[city]).total.value == 30


def test_a_city_given_with_its_arrondissements_counts_once():
    city = Place("75056", "Paris", "75", "11", parts=("75101", "75102"))

    assert measured(people({"75056": 31, "75101": 10, "75102": 20}), places=[city]).total.value == 31


def test_older_vintages_make_the_trend_that_ends_with_the_value():
    layers = [
        Layer(PEOPLE, year, {"35001": count, "35002": 1, "35003": 1}) for year, count in (("2023", 9), ("2017", 7))
    ]

    trend = measured(*layers).figure().trend

    assert [(point.vintage, point.value) for point in trend] == [("2017", 9), ("2023", 11)]


def test_a_professional_of_two_communes_is_one():
    layer = Layer(COUNT, "2025", {"35001": 1, "35002": 1}, absent_is_zero=True, whole=1.0)

    assert measured(layer).total.value == 1


def test_a_figure_is_compared_with_the_places_asked_for_even_unknown():
    layer = Layer(PEOPLE, "2023", {"35001": 1}, {("departement", "35"): 1_000})
    compared = [Elsewhere("departement", "35", "Ille-et-Vilaine"), Elsewhere("region", "53", "Bretagne")]

    found = measured(layer).figure(compared)

    assert [(each.name, each.value) for each in found.comparators] == [("Ille-et-Vilaine", 1_000), ("Bretagne", None)]


def test_what_is_only_published_for_the_mainland_is_said_so():
    layer = Layer(MEDIAN, "2016", {"35001": 1}, {("france", "METROPOLE"): 20_500})

    found = measured(layer).figure([Elsewhere("france", "FRANCE", "France")])

    assert (found.comparators[0].name, found.comparators[0].value) == ("France métropolitaine", 20_500)


def test_a_density_divides_what_is_known_of_both():
    nurses = measured(Layer(COUNT, "2025", {"35001": 4, "35002": 2}, {("departement", "35"): 30}, absent_is_zero=True))
    around = people({"35001": 1_000, "35002": None, "35003": 500})
    inhabitants = measured(dataclasses.replace(around, elsewhere={("departement", "35"): 10_000}))

    found = ratio(MEAN, nurses, inhabitants, 100_000)

    assert found is not None
    assert found.total.value == pytest.approx(100_000 * 4 / 1_500)
    assert (found.total.known, found.total.total) == (2, 3)
    assert found.by_place["35002"] is None
    assert found.elsewhere[("departement", "35")] == pytest.approx(300)


def test_a_density_is_not_infinite_where_nobody_lives():
    nobody = measured(people({"35001": 0, "35002": 0, "35003": 0}))
    nurses = measured(Layer(COUNT, "2025", {}, absent_is_zero=True))

    found = ratio(MEAN, nurses, nobody, 100_000)

    assert found is not None
    assert found.total.value is None


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=3, max_size=3),
    st.lists(st.integers(1, 10_000), min_size=3, max_size=3),
)
def test_a_mean_stays_between_its_communes(values, weights):
    codes = [place.code for place in PLACES]
    found = measured(
        Layer(MEAN, "2021", dict(zip(codes, values, strict=True))), people(dict(zip(codes, weights, strict=True)))
    )

    known = [value for value in values if value is not None]
    if known:
        assert min(known) - 1e-6 <= found.total.value <= max(known) + 1e-6
    else:
        assert found.total.value is None


DEPARTMENT = Elsewhere("departement", "35", "Ille-et-Vilaine")
THERE = ("departement", "35")


def test_a_newer_file_of_the_departements_hides_no_figure_of_the_communes():
    communes = Layer(COUNT, "2021", {"35001": 3, "35002": 1, "35003": 2}, {THERE: 60.0})
    found = measured(Layer(COUNT, "2023", {}, {THERE: 70.0}), communes)

    assert (found.vintage, found.total.value) == ("2021", 6)
    assert found.figure([DEPARTMENT]).comparators[0].value == 60


def test_a_place_only_known_for_another_vintage_is_compared_with_its_vintage_said():
    communes = Layer(MEAN, "2021", {"35001": 3, "35002": 1, "35003": 2})
    found = measured(communes, Layer(MEAN, "2019", {}, {THERE: 2.5}), people({"35001": 1, "35002": 1, "35003": 1}))
    told = found.figure([DEPARTMENT]).as_dict()

    assert (told["comparaisons"][0]["texte"], told["comparaisons"][0]["millesime"]) == ("2,5 (2019)", "2019")
    assert told["evolution"] == []


def test_a_median_of_a_larger_place_is_not_to_be_confirmed_but_does_not_add_up():
    told = measured(Layer(MEDIAN, "2016", {"35001": 20_000})).figure([DEPARTMENT]).as_dict()

    assert told["comparaisons"][0]["texte"] == "non additif"
    assert "ne se déduit pas" in told["pourquoi"]


def test_the_median_published_for_a_larger_place_is_shown():
    told = measured(Layer(MEDIAN, "2016", {"35001": 20_000}, {THERE: 21_300})).figure([DEPARTMENT]).as_dict()

    assert told["comparaisons"][0]["texte"] == "21\u202f300"
    assert "Non additif" not in told["pourquoi"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2021", "population municipale 2023 (INSEE)"),
        ("recensement 2021 (INSEE), géographie 2024", "2022"),
        ("à confirmer", "1999"),
        ("2025-04", "2025-11"),
    ],
)
def test_the_newest_vintage_is_that_of_the_latest_year_however_it_is_written(older, newer):
    found = measured(Layer(PEOPLE, older, {"35001": 90}), Layer(PEOPLE, newer, {"35001": 100}), places=PLACES[:1])

    assert (found.vintage, found.total.value) == (newer, 100)
    assert [point.vintage for point in found.older] == [older]


def test_the_variants_of_an_accessibility_never_make_one_trend():
    """The DREES wrote an age limit for the nurses of 2021, none for those of 2022 and 2023."""
    limited = Indicator("apl.infirmier.65_ans", "APL, 65 ans et moins", "ETP", "DREES", "moyenne", "population.totale")
    layers = Layers(
        [
            Layer(limited, "2021", {"35001": 100}),
            Layer(MEAN, "2022", {"35001": 110}),
            Layer(MEAN, "2023", {"35001": 120}),
            people({"35001": 10}),
        ],
        PLACES[:1],
    )

    assert [point.vintage for point in layers.measure("apl.infirmier").figure().trend] == ["2022", "2023"]
    assert layers.measure("apl.infirmier.65_ans").figure().trend == ()
