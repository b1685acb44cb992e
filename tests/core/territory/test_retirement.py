import numpy as np
import pytest
from tests.official import official
from tools.published import number, sheet

from maillage.core.territory.retirement import from_ages, from_counts, from_variants

NAN = float("nan")


def test_those_strictly_older_leave():
    found = from_ages([0, 0, 1, 2], [1, 0.5, 2, 1], [61, 60, 64, 30], over=60, size=3)
    assert found.leaving.tolist() == [1, 2, 0]
    assert found.removals == {0: 1.0, 1: 2.0}


def test_who_has_no_known_age_stays_and_is_counted():
    found = from_ages([0, 1], [1, 3], [65, NAN], over=60, size=2)
    assert (found.removals, found.unknown.tolist()) == ({0: 1.0}, [0, 3])


def test_an_offer_of_lines_that_do_not_match_is_refused():
    with pytest.raises(ValueError, match="per line"):
        from_ages([0], [1, 2], [60], 60, 1)


def test_no_more_leave_than_are_there():
    found = from_counts([3, 1, NAN], [2, 4, 5])
    assert (found.leaving.tolist(), found.unknown.tolist()) == ([2, 1, 0], [0, 0, 5])
    assert not found.indicative


def test_the_published_variants_give_the_share_of_activity_that_leaves():
    inside = np.array([True, True, False])
    found = from_variants([4, 2, 9], [3, 1, 1], [10, 10, 10], [6, 3, 7], inside)
    # 20 acts of 60 are lost: one third of those who practise in the two places.
    assert found.leaving == pytest.approx([2, 1, 0])
    assert found.indicative


def test_nothing_leaves_where_nothing_is_published():
    inside = np.array([True, True])
    found = from_variants([4, NAN], [3, NAN], [10, 10], [8, 3], inside)
    assert (found.leaving.tolist(), found.unknown.tolist()) == ([2, 0], [0, 3])
    nothing = from_variants([NAN, NAN], [NAN, NAN], [10, 10], [8, 3], inside)
    assert (nothing.leaving.tolist(), nothing.unknown.tolist()) == ([0, 0], [8, 3])


def test_a_variant_above_the_whole_never_adds_anyone():
    assert from_variants([1], [2], [10], [5], np.array([True])).leaving.tolist() == [0]


@pytest.mark.donnees
def test_doctors_over_65_hold_the_published_share_of_the_activity_of_france():
    rows = sheet(official("APL_mg_2021.xlsx"))
    every, younger, demand = (np.array([number(row[at]) for row in rows]) for at in (3, 4, 6))
    nation = np.ones(len(rows), bool)
    found = from_variants(every, younger, demand, np.full(len(rows), 1.0), nation)
    # 225.7 of 255.3 million acts are those of doctors of at most 65 years.
    assert found.leaving.max() == pytest.approx(1 - 225.7 / 255.3, abs=5e-4)
