"""Sums of what is given: what is not said counts for nothing, and nothing said at all is not known."""

import numpy as np
from numpy.typing import NDArray


def sum_given(*amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of what is given; not-a-number when nothing is.

    >>> sum_given(np.array([1.0, np.nan]), np.array([np.nan, np.nan]))
    array([ 1., nan])
    """
    stacked = np.stack(np.broadcast_arrays(*amounts))
    return np.where(np.isnan(stacked).all(axis=0), np.nan, np.nan_to_num(stacked).sum(axis=0))
