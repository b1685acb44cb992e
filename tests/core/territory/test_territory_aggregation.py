import numpy as np
import pytest
from tests.official import official
from tools.published import history, number, published, sheet, zones

from maillage.core.territory.aggregation import aggregate, share_at_most

NAN = float("nan")


def test_a_mean_weighs_each_commune():
    (one, other) = aggregate([1, 3, 10], [3, 1, 5], ["A", "A", "B"]).rows()
    assert (one.code, one.value, one.weight) == ("A", 1.5, 4)
    assert (other.code, other.value) == ("B", 10)


def test_an_unknown_value_is_left_out_and_the_coverage_says_it():
    (row,) = aggregate([4, NAN], [1, 3], ["A", "A"]).rows()
    assert (row.value, row.coverage, row.known, row.counted, row.whole) == (4, 0.25, 1, 2, False)


def test_a_group_without_any_value_is_unknown_and_not_zero():
    (row,) = aggregate([NAN, NAN], [1, 3], ["A", "A"]).rows()
    assert (row.value, row.coverage) == (None, 0)


def test_a_village_where_nobody_lives_does_not_lower_the_coverage():
    (row,) = aggregate([2, NAN], [5, 0], ["A", "A"]).rows()
    assert (row.value, row.coverage, row.whole) == (2, 1, True)


def test_an_unknown_weight_is_counted_apart():
    (row,) = aggregate([2, 8], [5, NAN], ["A", "A"]).rows()
    assert (row.value, row.unweighted, row.whole) == (2, 1, False)


def test_a_group_where_nobody_lives_has_no_mean():
    (row,) = aggregate([2], [0], ["A"]).rows()
    assert (row.value, row.coverage) == (None, None)


def test_a_commune_of_no_group_is_in_none():
    assert aggregate([2, 3], [1, 1], ["", "B"]).codes == ("B",)


def test_the_mean_of_the_groups_is_that_of_the_whole():
    random = np.random.default_rng(1)
    values, weights = random.uniform(0, 9, 500), random.uniform(0, 99, 500)
    parts = aggregate(values, weights, random.integers(0, 20, 500).astype(str))
    whole = aggregate(values, weights, np.full(500, "FR"))
    assert np.average(parts.values, weights=parts.weights) == pytest.approx(whole.values[0], abs=1e-12)


def test_no_group_at_all_gives_nothing():
    assert aggregate([], [], []).rows() == []


@pytest.mark.parametrize(
    ("values", "weights", "groups"), [([1], [1, 2], ["A"]), ([1], [-1], ["A"]), ([[1]], [[1]], [["A"]])]
)
def test_what_cannot_be_weighed_is_refused(values, weights, groups):
    with pytest.raises(ValueError, match=r"weight"):
        aggregate(values, weights, groups)


def test_the_share_under_a_threshold_is_of_the_known_only():
    assert share_at_most([1, 2, 3, NAN], [1, 1, 2, 9], 2) == 0.5
    assert share_at_most([1, 2, 3, NAN], [1, 1, 2, 9], 2, strictly=True) == 0.25
    assert share_at_most([NAN], [9], 2) is None


@pytest.mark.donnees
def test_the_national_means_are_those_published():
    data = published(official("APL_mg_2021.xlsx").parent)
    means = {
        each.profession: aggregate(each.published, each.demand, np.full(data.codes.size, "FR")).values[0]
        for each in data.observed
    }
    assert means["medecin_generaliste"] == pytest.approx(3.811, abs=5e-4)
    assert means["infirmier"] == pytest.approx(156.07, abs=5e-3)
    assert means["masseur_kinesitherapeute"] == pytest.approx(111.58, abs=5e-3)


@pytest.mark.donnees
def test_the_gp_of_at_most_65_years_have_the_published_means_and_shares():
    folder = official("APL_mg_2021.xlsx").parent
    rows = sheet(folder / "APL_mg_2021.xlsx")
    people, every, younger = (np.array([number(row[at]) for row in rows]) for at in (2, 3, 4))
    demand = np.array([number(row[-1]) for row in rows])
    nation = np.full(len(rows), "FR")
    assert aggregate(younger, demand, nation).values[0] == pytest.approx(3.369, abs=5e-4)
    assert share_at_most(every, people, 2.5, strictly=True) == pytest.approx(0.140, abs=5e-4)
    assert share_at_most(younger, people, 2.5, strictly=True) == pytest.approx(0.237, abs=5e-4)


@pytest.mark.donnees
def test_486_bassins_de_vie_of_1705_are_under_the_threshold():
    folder = official("APL_mg_2021.xlsx").parent
    rows, now, basins = sheet(folder / "APL_mg_2021.xlsx"), history(folder), zones(folder, "BV2022")
    groups = [basins.get(arrondissement_parent(now.get(str(row[0]), str(row[0]))), "") for row in rows]
    people, younger = (np.array([number(row[at]) for row in rows]) for at in (2, 4))
    found = aggregate(younger, people, groups)
    low = found.values <= 2.5
    assert np.isfinite(found.values).sum() == 1705
    assert low.sum() == 486
    # The published share leaves Paris, Lyon and Marseille out (their arrondissements are in no table of bassins).
    cities = np.isin(found.codes, [basins[code] for code in ("75056", "69123", "13055")])
    arrondissements = np.array([arrondissement_parent(str(row[0])) != str(row[0]) for row in rows])
    assert not low[cities].any()
    assert found.weights[low].sum() / np.nansum(people[~arrondissements]) == pytest.approx(0.143, abs=5e-4)
    assert found.weights[low].sum() / np.nansum(people) == pytest.approx(0.135, abs=5e-4)


def arrondissement_parent(code: str) -> str:
    """Paris, Lyon, Marseille for their arrondissements: the table of the bassins has the commune only."""
    return {"751": "75056", "132": "13055", "6938": "69123"}.get(code[:4] if code.startswith("693") else code[:3], code)
