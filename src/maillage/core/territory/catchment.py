"""The two-step floating catchment area (2SFCA) of the DREES, and what changes when the supply of a few places does.

    step 1, supply j:  R_j = S_j / Σ_i w(t_ij) · P_i
    step 2, demand i:  A_i = Σ_j w(t_ij) · R_j

Invariants, held by tests: the supply reached is conserved (Σ A_i · P_i = Σ S_j over the catchments with demand); more
supply lowers no one; a place that reaches nothing has 0, and so does a catchment where nobody lives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from maillage.core.territory.decay import Decay
from maillage.core.territory.pairs import Pairs

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """The rows touched by a change of supply, sorted, with their access before and after (same shape)."""

    rows: NDArray[np.int64]
    before: Floats
    after: Floats

    @property
    def difference(self) -> Floats:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True)
class Weights:
    """The weights of the pairs, zeros left out: by row to sum, by column to find who a place serves.

    They depend on travel alone: professions of the same decay share them, whatever their demand.
    """

    rows: sparse.csr_array

    @cached_property
    def columns(self) -> sparse.csc_array:
        """The same by column; made the first time that a change is asked."""
        return self.rows.tocsc()

    def ready(self) -> "Weights":
        """Itself, its columns made: the first change is then as quick as the next."""
        _ = self.columns
        return self

    @classmethod
    def of(cls, pairs: Pairs, decay: Decay) -> "Weights":
        """The weights of these pairs, shape (n_demand, n_supply)."""
        shape = (pairs.n_demand, pairs.n_supply)
        weights, kept = decay.weights(pairs.minutes), pairs
        if not np.all(weights > 0):
            kept = pairs.where(weights > 0)
            weights = weights[weights > 0]
        rows = sparse.csr_array((weights, kept.indices, kept.indptr.astype(kept.indices.dtype)), shape=shape)
        return cls(rows)


class Catchments:
    """The catchment of each supply: who reaches it, with which weight, and what they demand together.

    ``demand`` has shape (n_demand,), in standardised inhabitants, finite and not negative (``ValueError`` otherwise):
    who calls decides what an unknown population is, it is never guessed here.
    """

    def __init__(self, pairs: Pairs, decay: Decay, demand: ArrayLike) -> None:
        self._hold(Weights.of(pairs, decay), demand)

    @classmethod
    def over(cls, weights: Weights, demand: ArrayLike) -> "Catchments":
        """The catchments of weights already known."""
        catchments = cls.__new__(cls)
        catchments._hold(weights, demand)
        return catchments

    def _hold(self, weights: Weights, demand: ArrayLike) -> None:
        self.weights, self.rows = weights, weights.rows
        self.demand = _checked(demand, self.rows.shape[0], "demand")
        self.catchment_demand: Floats = self.rows.T @ self.demand

    @property
    def columns(self) -> sparse.csc_array:
        """The weights by column, shape (n_demand, n_supply)."""
        return self.weights.columns

    @property
    def n_supply(self) -> int:
        """How many columns."""
        return int(self.rows.shape[1])

    def ratios(self, supply: ArrayLike) -> Floats:
        """Step 1: supply per standardised inhabitant of each catchment, 0 where nobody is. Shape (n_supply,)."""
        given = _checked(supply, self.n_supply, "supply")
        return np.divide(given, self.catchment_demand, out=np.zeros_like(given), where=self.catchment_demand > 0)

    def access(self, supply: ArrayLike) -> Floats:
        """Step 2: supply accessible to one standardised inhabitant of each row, in the unit of ``supply``."""
        return np.asarray(self.rows @ self.ratios(supply))

    def reached(self, supply: ArrayLike) -> float:
        """The supply of the catchments that hold some demand: what Σ access × demand adds up to."""
        return float(_checked(supply, self.n_supply, "supply")[self.catchment_demand > 0].sum())

    def touched(self, columns: ArrayLike) -> NDArray[np.int64]:
        """The rows that reach one of these columns, sorted."""
        starts, ends = self.columns.indptr[:-1], self.columns.indptr[1:]
        slices = [self.columns.indices[starts[column] : ends[column]] for column in np.atleast_1d(columns)]
        return np.unique(np.concatenate(slices)).astype(np.int64) if slices else np.empty(0, np.int64)

    def change(self, supply: ArrayLike, deltas: Mapping[int, float]) -> Change:
        """What ``deltas`` (column → supply added, negative when removed) does to the rows that reach them.

        Only those rows are computed, in milliseconds for all France. Raises ``ValueError`` when a place would supply
        less than nothing, ``IndexError`` when a column is out of range.
        """
        before = _checked(supply, self.n_supply, "supply")
        after = before.copy()
        for column, delta in deltas.items():
            after[column] += delta
        rows = self.touched(list(deltas))
        part = self.rows[rows]
        return Change(rows, np.asarray(part @ self.ratios(before)), np.asarray(part @ self.ratios(after)))


def _checked(values: ArrayLike, size: int, name: str) -> Floats:
    """The values as an array of this size, finite and not negative. Raises ``ValueError``."""
    array = np.asarray(values, float)
    if array.shape != (size,):
        raise ValueError(f"{name}: {size} values expected, got the shape {array.shape}")
    if not np.all(array >= 0) or not np.all(np.isfinite(array)):
        raise ValueError(f"{name}: every value is a finite number of at least 0")
    return array
