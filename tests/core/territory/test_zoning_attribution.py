from maillage.core.territory.zoning.attribution import carried, region_of_code, shared

REGIONS = {"35": "53", "44": "52", "974": "04", "2A": "94"}


def test_a_bvcv_is_of_the_region_of_its_first_two_characters():
    codes = ("35236", "44001", "97411", "2A004", "99999")
    assert [region_of_code(code, REGIONS) for code in codes] == ["53", "52", "04", "94", None]


def test_a_territory_under_the_threshold_is_automatic_in_both_regions():
    found = shared({"53": 10, "52": 90}, value=2.5, threshold=2.5)
    assert (found.automatic, found.decides) == (True, None)


def test_without_agreement_the_larger_population_decides():
    found = shared({"53": 10, "52": 90}, value=3, threshold=2.5)
    assert (found.automatic, found.decides, found.population) == (False, "52", {"53": 10, "52": 90})


def test_equal_populations_leave_it_to_the_agreement():
    assert shared({"53": 50, "52": 50}, value=3, threshold=2.5).decides is None


def test_an_unknown_indicator_gives_the_decision_to_nobody():
    found = shared({"53": 10, "52": 90}, value=None, threshold=2.5)
    assert (found.automatic, found.decides) == (False, None)


def test_a_merged_commune_goes_with_the_code_it_keeps():
    found = carried({"35001": "A", "35002": "B", "35003": "B"}, {"35001": "35002"})
    assert found == {"35002": "B", "35003": "B"}


def test_territories_whose_poles_merge_are_one():
    territories = {"35001": "A", "35009": "A", "35002": "B", "35003": "B"}
    found = carried(territories, {"35001": "35002"}, poles={"A": "35001", "B": "35002"})
    assert found == {"35002": "B", "35009": "B", "35003": "B"}


def test_a_new_code_takes_the_territory_of_most_of_its_communes():
    found = carried({"35001": "A", "35002": "B", "35003": "B"}, dict.fromkeys(("35001", "35002", "35003"), "35999"))
    assert found == {"35999": "B"}
