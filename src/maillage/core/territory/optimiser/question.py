"""The question, and its greedy answer: one site after the other, each the best once those before are there.

Access is linear in the professionals added, and adding lowers no one: what one more in a place brings to a commune is
fixed (its supply over the demand of the catchment, times the weight of the trip), wherever the others settle.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maillage.core.territory.catchment import Catchments

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
NOISE = 1e-9
"""A commune this close to the threshold (relative) has reached it: the noise of floats."""


@dataclass(frozen=True)
class Question:
    """What one more professional brings, over the communes under the threshold that can be lifted.

    ``effects`` (r, c): the access that one professional of a candidate brings to a row, over what the row misses:
    1 lifts it. ``near`` (r, c): whether the row is within the limit of travel of the candidate. ``people`` (r,): its
    inhabitants. ``candidates`` (c,): the column of each candidate; ``rows`` (r,): the row of the engine.
    ``below`` are all the inhabitants counted who are under the threshold today.
    """

    effects: sparse.csc_array
    near: sparse.csc_array
    people: Floats
    rows: Ints
    candidates: Ints
    below: float

    @cached_property
    def entries(self) -> tuple[Ints, Ints, Floats, Mask]:
        """Row, candidate, effect and whether it is near, of each pair with an effect; shapes (k,)."""
        pairs = self.effects.tocoo()
        rows, columns = pairs.coords
        near = np.asarray(self.near[rows, columns]).ravel().astype(bool) if rows.size else np.zeros(0, bool)
        return rows.astype(np.int64), columns.astype(np.int64), pairs.data, near

    def lifted(self, counts: Floats) -> Mask:
        """The rows that reach the threshold with ``counts`` professionals more at each candidate, shape (r,)."""
        return np.asarray((self.effects @ counts >= 1 - NOISE) & (self.near @ counts > 0))

    def people_lifted(self, counts: Floats) -> float:
        """The inhabitants of the rows lifted."""
        return float(self.people[self.lifted(counts)].sum())


@dataclass(frozen=True)
class Site:
    """A site chosen: its column, how many professionals, the inhabitants that it lifts once those before are there."""

    column: int
    gain: float


@dataclass(frozen=True)
class Plan:
    """The sites in order (one entry per professional), the inhabitants lifted in all, and of how many under today.

    ``proven``: no other choice lifts more. ``method`` is « glouton » or « exact ».
    """

    sites: tuple[Site, ...]
    lifted: float
    below: float
    rows: Ints
    method: str
    proven: bool = False


def question(
    catchments: Catchments,
    supply: Floats,
    amount: float,
    threshold: float,
    people: Floats,
    *,
    inside: Mask,
    candidates: Ints,
    near: sparse.csc_array | None = None,
    access: Floats | None = None,
) -> Question:
    """Where would ``amount`` more (the supply of one professional) lift the most of ``people`` above ``threshold``?

    ``threshold`` is in the unit of ``supply`` per inhabitant. ``people`` (n,): inhabitants, not a number where unknown
    (nobody is counted). ``inside`` (n,): the communes whose inhabitants count. ``candidates``: columns where one may
    settle; those of a catchment where nobody lives bring nothing. ``near`` (n, n_supply): the pairs within the limit of
    travel, ``None`` for the reach of the method. ``access`` (n,): what each place has today, ``None`` for what the
    catchments give it; an unknown one counts nobody. Raises ``ValueError`` unless amount and threshold are above 0.
    """
    if amount <= 0 or threshold <= 0:
        raise ValueError("the supply of a professional and the threshold are above 0")
    today, counted = catchments.access(supply) if access is None else access, np.nan_to_num(people)
    under = inside & (today < threshold * (1 - NOISE)) & (counted > 0)
    rows, columns = np.flatnonzero(under), np.unique(candidates).astype(np.int64)
    weights = catchments.columns[:, columns][rows]
    demand = catchments.catchment_demand[columns]
    brought = np.divide(amount, demand, out=np.zeros(demand.size), where=demand > 0)
    effects = sparse.diags_array(1 / (threshold - today[rows])) @ weights @ sparse.diags_array(brought)
    within = weights if near is None else near[:, columns][rows]
    close = sparse.csc_array(within.astype(bool).astype(float))
    return Question(sparse.csc_array(effects), close, counted[rows], rows, columns, float(counted[under].sum()))


def greedy(asked: Question, count: int) -> Plan:
    """``count`` professionals one after the other, each where it lifts the most inhabitants.

    When no single place lifts anyone, the one that brings the most people nearest to the threshold is taken. It stops
    early when nothing more can be brought. The answer is not proven the best.
    """
    counts, sites = np.zeros(asked.candidates.size), []
    for _ in range(count):
        gains, progress = _gains(asked, counts)
        if not gains.size or (gains.max() <= 0 and progress.max() <= NOISE):
            break
        best = int(np.lexsort((-progress, -gains))[0])
        counts[best] += 1
        sites.append(Site(int(asked.candidates[best]), float(gains[best])))
    lifted = asked.lifted(counts) if counts.size else np.zeros(asked.rows.size, bool)
    return Plan(tuple(sites), float(asked.people[lifted].sum()), asked.below, asked.rows[lifted], "glouton")


def in_order(asked: Question, counts: Floats) -> tuple[Site, ...]:
    """The sites of ``counts`` as a greedy choice among them alone would order them, with what each adds."""
    left, done, sites = counts.copy(), np.zeros(counts.size), []
    while left.any():
        gains, progress = _gains(asked, done)
        open_ = np.flatnonzero(left)
        best = int(open_[np.lexsort((-progress[open_], -gains[open_]))[0]])
        done[best] += 1
        left[best] -= 1
        sites.append(Site(int(asked.candidates[best]), float(gains[best])))
    return tuple(sites)


def _gains(asked: Question, counts: Floats) -> tuple[Floats, Floats]:
    """For one more at each candidate: inhabitants newly lifted, and people × share of what they miss that it brings."""
    rows, columns, effects, near = asked.entries
    have, close, lifted = asked.effects @ counts, asked.near @ counts > 0, asked.lifted(counts)
    reached = (have[rows] + effects >= 1 - NOISE) & (near | close[rows]) & ~lifted[rows]
    brought = (np.minimum(have[rows] + effects, 1) - np.minimum(have[rows], 1)) * near
    size = counts.size
    return (
        np.bincount(columns, weights=asked.people[rows] * reached, minlength=size).astype(float),
        np.bincount(columns, weights=asked.people[rows] * brought, minlength=size).astype(float),
    )
