"""Reading parameters that may not be established: not-a-number instead of an error, and the reading is seen."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.tracers import TracingParameterNodeAtInstant

from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.simulation.inputs import given


def known(node: Any, path: str, *, traced: bool = True) -> float:
    """The number of a parameter below ``node`` (``parameters(period)``), not-a-number when none is established.

    The reading is seen even then, unless ``traced`` is false: the line knows that the text is silent.
    """
    try:
        for part in path.split("."):
            node = getattr(node, part)
    except UnknownValue as unknown:
        if traced and isinstance(node, TracingParameterNodeAtInstant):
            node.tracer.record_parameter_access(unknown.path, unknown.at.isoformat(), None)
        return float("nan")
    return float(node)


def by_key(node: Any, path: str, keys: NDArray[np.float64], *, grid: str = "") -> NDArray[np.float64]:
    """For each key (a size), the parameter whose path is ``path`` filled with it; only those needed are read.

    ``keys``: whole numbers, not-a-number when not known; the answer has their shape. ``grid``: the parameter that says
    once that a whole table is not established; it is seen in place of each figure that lacks.
    """
    found = np.full(keys.shape, np.nan)
    for key in _distinct(keys):
        found[keys == key] = value = known(node, path.format(int(key)), traced=not grid)
        if grid and np.isnan(value):
            known(node, grid)
    return found


def by_day(parameters: Any, path: str, days: Any) -> NDArray[np.float64]:
    """The parameter as it stood on each day (that of a signature), not-a-number where the day is not given.

    ``parameters``: what OpenFisca hands to a formula; ``days``: ``datetime64[D]``, shape (n,), that of the answer.
    """
    found = np.full(days.shape, np.nan)
    for day in np.unique(days[given(days)]):
        found[days == day] = known(parameters(str(day)), path)
    return found


def _distinct(keys: NDArray[np.float64]) -> Iterable[float]:
    return sorted({float(key) for key in keys if not np.isnan(key)})
