"""The best choice of sites, proven, for a question of modest size: an integer program (branch and bound of HiGHS)."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.core.territory.optimiser.question import Plan, Question, greedy, in_order

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Floats = NDArray[np.float64]
MOST_ROWS = 3000
"""Communes under the threshold, and candidates, above which no proof is attempted."""
OPTIMAL = 0
"""What scipy answers when the optimum is proven."""


def small(asked: Question) -> bool:
    """Whether a proof may be attempted."""
    return asked.rows.size <= MOST_ROWS and asked.candidates.size <= MOST_ROWS


def exact(asked: Question, count: int, *, seconds: float = 30.0) -> Plan:
    """The ``count`` sites that lift the most inhabitants; never fewer than the greedy answer.

    ``proven`` is false when ``seconds`` were not enough: the best choice found is then given. Raises ``ValueError``
    when the question is too large (:func:`small`).
    """
    if not small(asked):
        raise ValueError(f"more than {MOST_ROWS} communes or candidates: ask for the greedy answer")
    first = greedy(asked, count)
    useful = _useful(asked, count)
    if not useful.any():
        return Plan(first.sites, first.lifted, first.below, first.rows, "exact", proven=True)
    found = _solve(asked, count, useful, seconds)
    if found.x is None:
        return first
    counts, proven = np.round(found.x[: asked.candidates.size]), found.status == OPTIMAL
    if asked.people_lifted(counts) <= first.lifted:
        return Plan(first.sites, first.lifted, first.below, first.rows, "exact", proven=proven)
    lifted = asked.lifted(counts)
    sites = in_order(asked, counts)
    return Plan(sites, float(asked.people[lifted].sum()), asked.below, asked.rows[lifted], "exact", proven=proven)


def _useful(asked: Question, count: int) -> NDArray[np.bool_]:
    """The rows that ``count`` professionals could lift at best."""
    if not asked.effects.nnz:
        return np.zeros(asked.rows.size, bool)
    best = asked.effects.max(axis=1).toarray().ravel() * count
    return np.asarray((best >= 1 - TOLERANCE) & (asked.near.sum(axis=1) > 0))


TOLERANCE = 1e-6
"""That of the solver on a constraint."""


def _solve(asked: Question, count: int, useful: NDArray[np.bool_], seconds: float) -> "OptimizeResult":
    """Variables: professionals at each candidate (0 to ``count``), then whether each useful row is lifted (0 or 1)."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # Half a second to import.

    size, rows = asked.candidates.size, int(useful.sum())
    lifted = -sparse.eye_array(rows)
    reached = sparse.hstack([asked.effects.tocsr()[useful], lifted])
    close = sparse.hstack([asked.near.tocsr()[useful], lifted])
    total = sparse.csr_array(np.concatenate((np.ones(size), np.zeros(rows)))[None, :])
    return milp(
        np.concatenate((np.zeros(size), -asked.people[useful])),
        integrality=np.ones(size + rows),
        bounds=Bounds(0, np.concatenate((np.full(size, count), np.ones(rows)))),
        constraints=[
            LinearConstraint(sparse.csr_array(reached), 0, np.inf),
            LinearConstraint(sparse.csr_array(close), 0, np.inf),
            LinearConstraint(total, 0, count),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
