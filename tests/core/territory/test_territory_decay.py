"""Weights of distance: steps, bounds and refusals."""

import numpy as np
import pytest

from maillage.core.territory.decay import Decay

THIRDS = Decay((10, 15, 20), (1, 2 / 3, 1 / 3))


def test_a_weight_falls_by_thirds_and_the_last_minute_still_counts() -> None:
    minutes = [0, 9.99, 10, 14.99, 15, 20, 20.01, 9999]

    assert THIRDS.weights(minutes).tolist() == [1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3, 0, 0]


def test_a_bound_minute_can_belong_to_the_band_it_ends() -> None:
    within = Decay((10, 15, 20), (1, 2 / 3, 1 / 3), inner_included=True)
    short = Decay((10, 15, 20), (1, 2 / 3, 1 / 3), last_included=False)

    assert within.weights([10, 10.01, 15, 20]).tolist() == [1, 2 / 3, 2 / 3, 1 / 3]
    assert short.weights([10, 15, 20]).tolist() == [2 / 3, 1 / 3, 0]


def test_an_unknown_duration_has_no_weight() -> None:
    assert THIRDS.weights([np.nan, np.inf]).tolist() == [0, 0]


def test_the_shape_of_the_minutes_is_kept() -> None:
    assert THIRDS.weights(np.zeros((2, 3))).shape == (2, 3)


@pytest.mark.parametrize(
    ("bounds", "steps"),
    [((), ()), ((10, 15), (1,)), ((15, 10), (1, 0.5)), ((0, 10), (1, 0.5)), ((10, 15), (0.5, 1)), ((10,), (-1,)),
     ((10,), (1.5,))],
)  # fmt: skip
def test_a_decay_that_makes_no_sense_is_refused(bounds: tuple[float, ...], steps: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"decay|negative"):
        Decay(bounds, steps)
