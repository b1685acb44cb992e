"""The figure of a set of communes: the mean of theirs, each weighing what the indicator says (APL-02, APL-T7).

A commune without a value is never counted as 0: it is left out, and the coverage says how much it weighs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Aggregates:
    """One entry per group, in the order of ``codes`` (sorted); every array has the shape (n_groups,).

    ``values`` is not a number where no commune with a value weighs anything. ``weights`` is what the communes with a
    known weight weigh together, ``coverage`` the share of it that has a value (not a number where it is 0). ``known``
    counts the communes that have a value and a weight, among the ``counted``; ``unweighted`` those whose weight is
    not known, which no coverage can hold.
    """

    codes: tuple[str, ...]
    values: Floats
    weights: Floats
    coverage: Floats
    counted: Ints
    known: Ints
    unweighted: Ints

    def rows(self) -> list["Aggregate"]:
        """The groups one by one; what is not a number is ``None``."""
        columns = (self.values, self.weights, self.coverage, self.counted, self.known, self.unweighted)
        return [
            Aggregate(code, _told(value), float(weight), _told(share), int(counted), int(known), int(bare))
            for code, value, weight, share, counted, known, bare in zip(self.codes, *columns, strict=True)
        ]


@dataclass(frozen=True)
class Aggregate:
    """The figure of a group: see :class:`Aggregates`."""

    code: str
    value: float | None
    weight: float
    coverage: float | None
    counted: int
    known: int
    unweighted: int

    @property
    def whole(self) -> bool:
        """Whether every commune that weighs something has a value."""
        return self.coverage == 1 and self.unweighted == 0


def aggregate(values: ArrayLike, weights: ArrayLike, groups: ArrayLike) -> Aggregates:
    """The weighted means of ``values`` by group, all of shape (n,): not a number means unknown, "" in no group.

    Raises ``ValueError`` on shapes that differ or a weight under 0.

    >>> aggregate([2, 4, float("nan")], [1, 3, 4], ["A", "A", "A"]).rows()
    [Aggregate(code='A', value=3.5, weight=8.0, coverage=0.5, counted=3, known=2, unweighted=0)]
    """
    given, weighs, names = np.asarray(values, float), np.asarray(weights, float), np.asarray(groups, np.str_)
    if not given.shape == weighs.shape == names.shape or given.ndim != 1:
        raise ValueError(f"one value, one weight and one group per commune: {given.shape} {weighs.shape} {names.shape}")
    if np.any(weighs < 0):
        raise ValueError("a weight is never negative")
    inside = names != ""
    codes, position = np.unique(names[inside], return_inverse=True)
    return _summed(tuple(codes.tolist()), position, given[inside], weighs[inside])


def _summed(codes: tuple[str, ...], position: NDArray[np.intp], values: Floats, weights: Floats) -> Aggregates:
    def total(amounts: ArrayLike) -> Floats:
        return np.bincount(position, weights=np.asarray(amounts, float), minlength=len(codes)).astype(float)

    weighed, valued = ~np.isnan(weights), ~np.isnan(values)
    known = weighed & valued
    every, covered = total(np.where(weighed, weights, 0)), total(np.where(known, weights, 0))
    sums = total(np.where(known, weights * values, 0))
    return Aggregates(
        codes,
        _ratio(sums, covered),
        every,
        _ratio(covered, every),
        total(np.ones(len(values))).astype(np.int64),
        total(known).astype(np.int64),
        total(~weighed).astype(np.int64),
    )


def share_at_most(values: ArrayLike, weights: ArrayLike, threshold: float, *, strictly: bool = False) -> float | None:
    """The share of the weight of the places with a value whose value is at most (or under) ``threshold``.

    ``None`` when nothing with a value weighs anything. Arrays of shape (n,).
    """
    given, weighs = np.asarray(values, float), np.asarray(weights, float)
    known = ~np.isnan(given) & ~np.isnan(weighs)
    every = float(weighs[known].sum())
    if not every:
        return None
    low = known & (given < threshold if strictly else given <= threshold)
    return float(weighs[low].sum()) / every


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0))


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
