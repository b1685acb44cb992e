"""The weight of a distance: full near the professional, less by steps, none beyond the last bound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
CHUNK = 1 << 16
"""Durations weighed at once: the intermediate arrays stay small beside millions of pairs."""


@dataclass(frozen=True)
class Decay:
    """Weights by band of minutes: ``steps[k]`` up to ``bounds[k]``, then 0.

    A bound belongs to the next band when ``inner_included`` is false; the last one to its own when ``last_included``
    is true. Raises ``ValueError`` unless bounds rise, and weights are of the same number, fall and lie in [0; 1].

    >>> Decay((10, 15, 20), (1, 0.5, 0.25)).weights([0, 10, 15, 20, 20.1]).tolist()
    [1.0, 0.5, 0.25, 0.25, 0.0]
    """

    bounds: tuple[float, ...]
    steps: tuple[float, ...]
    inner_included: bool = False
    last_included: bool = True

    def __post_init__(self) -> None:
        bounds, steps = np.asarray(self.bounds, float), np.asarray(self.steps, float)
        if not bounds.size or bounds.size != steps.size:
            raise ValueError("a decay has as many weights as bounds, and at least one")
        if not (np.all(np.diff(bounds, prepend=0.0) > 0) and np.all(np.diff(steps, prepend=1.0) <= 0)):
            raise ValueError("the bounds of a decay rise from 0, its weights fall from 1")
        if steps[-1] < 0:
            raise ValueError("a weight is never negative")

    @property
    def reach(self) -> float:
        """Minutes beyond which the weight is 0."""
        return float(self.bounds[-1])

    def weights(self, minutes: ArrayLike) -> Floats:
        """The weight of each duration (minutes, any shape); 0 for an unknown one (not a number)."""
        ends = np.asarray(self.bounds, float).copy()
        included = np.full(ends.size, self.inner_included)
        included[-1] = self.last_included
        # A duration is in the first band whose end is above it: an included end is moved just above itself.
        ends[included] = np.nextafter(ends[included], np.inf)
        steps = np.append(np.asarray(self.steps, float), 0.0)
        times = np.asarray(minutes, float)
        found = np.empty(times.shape)
        for part in range(0, times.size, CHUNK):
            bands = np.searchsorted(ends, times.flat[part : part + CHUNK], side="right")
            found.flat[part : part + CHUNK] = steps[bands]
        return found
