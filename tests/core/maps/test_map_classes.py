"""The classes of a map."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.maps.classes import MOST, PALETTE, SHIFTS, changes, quantiles, spread, thresholds

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_quantiles_hold_as_many_places_each():
    scale = quantiles(list(range(100)), 5)
    assert scale.bounds == (20, 40, 60, 80)
    ranks = scale.ranks(list(range(100)))
    assert [int((ranks == rank).sum()) for rank in range(5)] == [20] * 5
    assert scale.labels[0] == "moins de 20"
    assert scale.labels[-1] == "80 ou plus"


def test_bounds_are_round_numbers_that_stay_apart():
    apl = quantiles([1.1, 1.881, 2.489, 3.47, 9], 5, 3)
    assert apl.labels == ("moins de 1,9", "1,9 à moins de 2,5", "2,5 à moins de 3,5", "3,5 à moins de 9", "9 ou plus")
    people = quantiles([120, 9_855, 16_566, 33_468, 64_943], 5)
    assert people.bounds == (10_000, 17_000, 33_000)


def test_an_unknown_value_has_no_class_and_is_never_zero():
    scale = quantiles([1, 2, 3, 4, None], 2)
    assert scale.ranks([None, 0, 4]).tolist() == [-1, 0, 1]


def test_equal_values_stay_in_one_class():
    scale = quantiles([0, 0, 0, 0, 5], 5)
    assert scale.bounds == (5,)
    assert quantiles([7, 7, 7], 5).labels == ("jusqu’à 7",)


def test_nothing_known_makes_no_class():
    scale = quantiles([None, None], 5)
    assert scale.labels == ()
    assert scale.ranks([None]).tolist() == [-1]


def test_a_value_on_the_threshold_of_a_rule_is_in_the_class_above():
    assert thresholds([2.5], 1).ranks([2.4999, 2.5]).tolist() == [0, 1]


def test_too_many_classes_are_refused():
    with pytest.raises(ValueError, match="1 to 6"):
        quantiles([1, 2], 7)


def test_the_palette_darkens_at_each_step():
    lights = [luminance(colour) for colour in PALETTE]
    assert all(low / high < 0.76 for high, low in itertools.pairwise(lights))


@pytest.mark.parametrize("count", range(2, MOST + 1))
def test_classes_use_the_whole_palette(count):
    ranks = spread(count)
    assert ranks[0] == 0
    assert ranks[-1] == MOST - 1
    assert len(set(ranks)) == count


@given(st.lists(st.one_of(st.none(), NUMBERS), min_size=1), st.integers(1, MOST))
def test_each_known_value_has_a_class_with_words(values, count):
    scale = quantiles(values, count, 2)
    for value, rank in zip(values, scale.ranks(values), strict=True):
        assert (rank == -1) == (value is None)
        assert rank < max(len(scale.labels), 1)


def test_losses_and_gains_are_cut_at_the_same_sizes_on_each_side_of_zero():
    scale = changes([-0.02, -0.01, 0.04, 0.11], 2)
    assert scale.bounds == (-0.04, -0.02, 0, 0.02, 0.04)
    assert scale.ranks([-0.05, -0.01, 0.01, 0.11]).tolist() == [0, 2, 3, 5]
    assert scale.colours == SHIFTS


def test_a_side_where_nothing_changes_has_no_class():
    gains = changes([1, 2, 3])
    assert all(label.endswith("(gain)") for label in gains.labels)
    assert gains.colours == SHIFTS[3:]
    assert changes([-0.1]).labels == ("perte",)


def test_the_two_sides_of_zero_are_told_apart_without_red_and_green():
    for loss, gain in zip(SHIFTS[:3], reversed(SHIFTS[3:]), strict=True):
        blue_of_loss, blue_of_gain = int(loss[5:], 16), int(gain[5:], 16)
        assert blue_of_gain - blue_of_loss > 20
    lights = [luminance(colour) for colour in SHIFTS]
    assert lights[:3] == sorted(lights[:3])
    assert lights[3:] == sorted(lights[3:], reverse=True)


@given(st.lists(NUMBERS.filter(lambda value: value != 0), min_size=1))
def test_a_loss_is_never_in_a_class_of_gains(values):
    scale = changes(values, 3)
    for value, rank in zip(values, scale.ranks(values).tolist(), strict=True):
        assert scale.labels[rank].endswith("gain)" if value > 0 else "perte)") or scale.labels[rank] in (
            "gain",
            "perte",
        )
        assert (scale.shifts[rank] >= 3) == (value > 0)
