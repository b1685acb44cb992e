"""Sums of what is given by the fields of a simulator."""

import numpy as np

from maillage.core.rules.simulation.sums import sum_given


def test_what_is_not_said_counts_for_nothing():
    np.testing.assert_array_equal(sum_given(np.array([1.0, 2.0]), np.array([np.nan, 3.0])), [1.0, 5.0])


def test_a_sum_of_which_nothing_is_said_is_not_known():
    np.testing.assert_array_equal(sum_given(np.array([np.nan]), np.array([np.nan])), [np.nan])


def test_a_zero_that_is_said_is_known():
    np.testing.assert_array_equal(sum_given(np.array([0.0]), np.array([np.nan])), [0.0])
