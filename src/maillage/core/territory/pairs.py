"""Pairs of a place that demands and a place that supplies, with their minutes, in CSR (one row per demand)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from maillage.core.territory.travel import Estimate, chord_of_km, km_of_chord, unit_vectors

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Pairs:
    """Row ``i`` (a demand) reaches the columns ``indices[indptr[i]:indptr[i + 1]]`` (supplies), sorted, in ``minutes``.

    ``indptr`` has one entry more than there are rows, ``indices`` and ``minutes`` one per pair; a pair is there once.
    """

    indptr: NDArray[np.int64]
    indices: Ints
    minutes: Floats
    n_supply: int

    @property
    def n_demand(self) -> int:
        """How many rows."""
        return len(self.indptr) - 1

    def __len__(self) -> int:
        return len(self.indices)

    def where(self, kept: NDArray[np.bool_]) -> "Pairs":
        """The pairs for which ``kept`` (shape (pairs,)) is true."""
        before = np.concatenate(([0], np.cumsum(kept)))
        return Pairs(before[self.indptr], self.indices[kept], self.minutes[kept], self.n_supply)


def pairs_within(
    lon: ArrayLike,
    lat: ArrayLike,
    max_minutes: float,
    estimate: Estimate,
    correction: ArrayLike | None = None,
) -> Pairs:
    """Every pair of places (degrees WGS84, shape (n,)) within ``max_minutes`` by the estimate, the diagonal at 0.

    ``correction`` (shape (n,), above 0) multiplies the minutes of a pair by the mean of its two ends. A place without
    coordinates (not a number) is only paired with itself.
    """
    # Half a second and tens of megabytes, that pairs made before do not need.
    from scipy.spatial import cKDTree

    vectors = unit_vectors(lon, lat)
    count = len(vectors)
    factors = np.ones(count) if correction is None else np.asarray(correction, float)
    if count and not np.all(factors > 0):
        raise ValueError("a correction of minutes is above 0")
    placed = np.flatnonzero(np.isfinite(vectors).all(axis=1))
    least = float(factors[placed].min()) if placed.size else 1.0
    radius = chord_of_km(float(estimate.km(max_minutes / least)))
    near = cKDTree(vectors[placed]).query_pairs(radius, output_type="ndarray") if placed.size else _no_pair()
    rows, columns = placed[near[:, 0]], placed[near[:, 1]]
    km = km_of_chord(np.linalg.norm(vectors[rows] - vectors[columns], axis=1))
    minutes = estimate.minutes(km) * (factors[rows] + factors[columns]) / 2
    kept = minutes <= max_minutes
    return _both_ways(rows[kept], columns[kept], minutes[kept], count)


def pairs_from_table(
    origins: ArrayLike, destinations: ArrayLike, minutes: ArrayLike, n_demand: int, n_supply: int, max_minutes: float
) -> Pairs:
    """The pairs of a table of travel times, from ``origins`` (rows, who seeks care) to ``destinations`` (columns).

    Positions, shape (k,). Pairs beyond ``max_minutes`` or without a duration are left out; of a pair given twice the
    shorter time stands. When rows and columns are the same places (``n_demand == n_supply``), a place that the table
    does not join to itself gets 0 minute. Raises ``ValueError`` on a negative duration or a position out of range.
    """
    rows, columns = np.asarray(origins, np.int64), np.asarray(destinations, np.int64)
    times = np.asarray(minutes, float)
    _check_table(rows, columns, times, n_demand, n_supply)
    if n_demand == n_supply:
        alone = np.setdiff1d(np.arange(n_demand), rows[(rows == columns) & ~np.isnan(times)])
        rows, columns = np.append(rows, alone), np.append(columns, alone)
        times = np.append(times, np.zeros(alone.size))
    kept = np.flatnonzero(times <= max_minutes)
    order = kept[np.lexsort((times[kept], columns[kept], rows[kept]))]
    rows, columns, times = rows[order], columns[order], times[order]
    first = np.ones(rows.size, bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows[first], minlength=n_demand))))
    return Pairs(indptr.astype(np.int64), columns[first].astype(np.int32), times[first], n_supply)


def _check_table(rows: NDArray[np.int64], columns: NDArray[np.int64], times: Floats, n: int, m: int) -> None:
    if rows.size and (rows.min() < 0 or rows.max() >= n or columns.min() < 0 or columns.max() >= m):
        raise ValueError("a travel time joins a place out of range")
    if np.any(times < 0):
        raise ValueError("a travel time is never negative")


def _both_ways(rows: NDArray[np.int64], columns: NDArray[np.int64], minutes: Floats, count: int) -> Pairs:
    """The symmetric pairs of a half, with the diagonal at 0 minute."""
    itself = np.arange(count)
    # scipy would add the stored zeros up and keep them: a pair is there once, so the sums are the values.
    matrix = sparse.csr_array(
        (
            np.concatenate((minutes, minutes, np.zeros(count))),
            (np.concatenate((rows, columns, itself)), np.concatenate((columns, rows, itself))),
        ),
        shape=(count, count),
    )
    matrix.sort_indices()
    return Pairs(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data, count)


def _no_pair() -> NDArray[np.int64]:
    return np.empty((0, 2), np.int64)
