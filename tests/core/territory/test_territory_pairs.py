"""Pairs of places: from points, from a table of travel times."""

import numpy as np
import pytest

from maillage.core.territory.pairs import Pairs, pairs_from_table, pairs_within
from maillage.core.territory.travel import Estimate, chord_of_km, km_of_chord, unit_vectors

ESTIMATE = Estimate(1.88, 0.838, 1.3)


def times(pairs: Pairs) -> dict[tuple[int, int], float]:
    rows = np.repeat(np.arange(pairs.n_demand), np.diff(pairs.indptr))
    return dict(zip(zip(rows.tolist(), pairs.indices.tolist(), strict=True), pairs.minutes.tolist(), strict=True))


def test_an_estimate_gives_back_the_distance_of_its_minutes() -> None:
    assert float(ESTIMATE.km(ESTIMATE.minutes(12.5))) == pytest.approx(12.5, abs=1e-12)


def test_a_degree_of_latitude_is_111_km() -> None:
    ends = unit_vectors([2, 2], [46, 47])

    assert float(km_of_chord(np.linalg.norm(ends[0] - ends[1]))) == pytest.approx(111.195, abs=0.001)
    assert float(km_of_chord(chord_of_km(80))) == pytest.approx(80)


def test_every_pair_within_the_reach_is_found_and_no_other() -> None:
    rng = np.random.default_rng(4)
    lon, lat = rng.uniform(1, 2, 200), rng.uniform(46, 47, 200)
    correction = rng.uniform(0.7, 1.6, 200)
    vectors = unit_vectors(lon, lat)
    km = km_of_chord(np.linalg.norm(vectors[:, None] - vectors[None], axis=2))
    expected = ESTIMATE.minutes(km) * (correction[:, None] + correction[None]) / 2
    within = {(int(i), int(j)): expected[i, j] for i, j in np.argwhere(expected <= 20)}

    found = times(pairs_within(lon, lat, 20, ESTIMATE, correction))

    assert found.keys() == within.keys()
    assert [found[pair] for pair in within] == pytest.approx(list(within.values()), abs=1e-9)


def test_a_place_without_coordinates_only_reaches_itself() -> None:
    assert times(pairs_within([2, np.nan, 2], [46, np.nan, 46], 20, ESTIMATE)) == {
        (0, 0): 0, (0, 2): 0, (1, 1): 0, (2, 0): 0, (2, 2): 0
    }  # fmt: skip


def test_no_place_makes_no_pair() -> None:
    assert len(pairs_within([], [], 20, ESTIMATE)) == 0
    assert len(pairs_within([np.nan], [np.nan], 20, ESTIMATE)) == 1


def test_a_correction_that_stops_time_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        pairs_within([2], [46], 20, ESTIMATE, [0.0])


def test_a_table_without_its_diagonal_gets_it_at_0_minute() -> None:
    pairs = pairs_from_table([0, 1, 2], [1, 0, 2], [12, 14, 3], 3, 3, 20)

    assert times(pairs) == {(0, 0): 0, (0, 1): 12, (1, 0): 14, (1, 1): 0, (2, 2): 3}


def test_a_table_is_read_from_who_seeks_care_to_who_gives_it() -> None:
    assert times(pairs_from_table([0], [2], [5], 2, 3, 20)) == {(0, 2): 5}


def test_of_a_pair_given_twice_the_shorter_time_stands_and_far_pairs_are_left_out() -> None:
    pairs = pairs_from_table([0, 0, 0, 1], [1, 1, 0, 0], [15, 12, 0, 21], 2, 2, 20)

    assert times(pairs) == {(0, 0): 0, (0, 1): 12, (1, 1): 0}


def test_a_table_with_an_unknown_duration_leaves_the_pair_out() -> None:
    assert times(pairs_from_table([0, 0], [1, 0], [np.nan, np.nan], 2, 2, 20)) == {(0, 0): 0, (1, 1): 0}


def test_a_table_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        pairs_from_table([0], [0], [-1], 1, 1, 20)
    with pytest.raises(ValueError, match="out of range"):
        pairs_from_table([0], [3], [1], 1, 2, 20)
