"""Reading parameters that may not be established: not-a-number instead of an error, and the reading is seen."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.tracers import TracingParameterNodeAtInstant

from maillage.core.rules.errors import UnknownValue


def known(node: Any, path: str) -> float:
    """The number of a parameter below ``node`` (``parameters(period)``), not-a-number when none is established.

    The reading is traced even then: the line knows that the text is silent.
    """
    try:
        for part in path.split("."):
            node = getattr(node, part)
    except UnknownValue as unknown:
        if isinstance(node, TracingParameterNodeAtInstant):
            node.tracer.record_parameter_access(unknown.path, unknown.at.isoformat(), None)
        return float("nan")
    return float(node)


def by_key(node: Any, path: str, keys: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each key (a size), the parameter whose path is ``path`` filled with it; only those needed are read.

    ``keys``: whole numbers, not-a-number when not known; the answer has their shape.
    """
    found = np.full(keys.shape, np.nan)
    for key in _distinct(keys):
        found[keys == key] = known(node, path.format(int(key)))
    return found


def _distinct(keys: NDArray[np.float64]) -> Iterable[float]:
    return sorted({float(key) for key in keys if not np.isnan(key)})
