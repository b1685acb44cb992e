"""The classes of a map: a few intervals of values, each with its words; the same on screen, in documents, in tables."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.core.kernel.french import MINUS, number

MOST = 6
SIDE = MOST // 2
"""Classes on each side of 0."""
UNKNOWN = -1
NOT_PUBLISHED = "non diffusé ou inconnu"
# From light to dark at a steady pace of luminance, with one hue: read without telling red from green, and in print.
PALETTE = ("#dff0ea", "#b2d8cd", "#7cbcae", "#469a8b", "#157365", "#063f37")
# Losses in brown, gains in green-blue, read without telling red from green; the palest stand on each side of 0.
SHIFTS = ("#8c510a", "#cf9a4c", "#f3e0b8", "#c3e6e0", "#56ab9f", "#01574d")
UNKNOWN_FILL, UNKNOWN_HATCH = "#f1f1ee", "#8d9691"


@dataclass(frozen=True)
class Scale:
    """Values cut at ``bounds`` (growing): class 0 is below the first, class i holds ``bounds[i - 1] <= value``.

    ``labels`` are the words of the classes, one more than the bounds; there is none where no value is known.
    ``shifts``: the rank of each class in the colours of losses and gains; empty for a figure that is no difference.
    """

    bounds: tuple[float, ...]
    labels: tuple[str, ...]
    unit: str = ""
    shifts: tuple[int, ...] = ()

    def ranks(self, values: Sequence[float | None] | NDArray[np.float64]) -> NDArray[np.int8]:
        """The class of each value; -1 where the value is unknown, which is never a class of small values."""
        known = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        found = np.searchsorted(np.array(self.bounds), known, side="right").astype(np.int8)
        found[np.isnan(known)] = UNKNOWN
        return found

    @property
    def colours(self) -> tuple[str, ...]:
        """One colour per class, as far apart as the palette allows."""
        palette = SHIFTS if self.shifts else PALETTE
        return tuple(palette[rank] for rank in self.colour_ranks)

    @property
    def colour_ranks(self) -> list[int]:
        """The rank of the colour of each class in its palette."""
        if self.shifts:
            return list(self.shifts)
        return spread(len(self.labels)) if self.labels else []


def spread(count: int, most: int = MOST) -> list[int]:
    """Which of the ``most`` colours of a palette ``count`` classes take, the first and the last included.

    >>> spread(3), spread(1)
    ([0, 2, 5], [2])
    """
    if count == 1:
        return [(most - 1) // 2]
    return [round(rank * (most - 1) / (count - 1) - 1e-9) for rank in range(count)]


def quantiles(
    values: Sequence[float | None] | NDArray[np.float64], count: int = 5, decimals: int = 0, unit: str = ""
) -> Scale:
    """Classes that hold about as many known values each; bounds are round numbers that keep them apart,
    with at most ``decimals`` decimals.

    Equal values stay together, so there are fewer classes where many places have the same value. Raises
    ``ValueError`` when ``count`` is not between 1 and 6.
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"a map has 1 to {MOST} classes, not {count}")
    known = np.array([value for value in values if value is not None], dtype=np.float64)
    known = np.sort(known[~np.isnan(known)])
    if not known.size:
        return Scale((), (), unit)
    cuts = np.unique(np.quantile(known, np.arange(1, count) / count, method="higher"))
    shown = min(decimals, _enough(cuts))
    kept = [float(cut) for cut in np.unique(np.round(cuts, shown)) if known[0] < cut <= known[-1]]
    return thresholds(kept, max(shown, 0), unit, float(known[-1])) if kept else _one_class(known, decimals, unit)


def _enough(cuts: NDArray[np.float64]) -> int:
    """The decimals (negative: tens, hundreds) that keep bounds apart: 1,881 and 2,489 are read as 1,9 and 2,5."""
    gaps = np.diff(cuts)
    nearest = float(gaps.min()) if gaps.size else float(np.abs(cuts).max(initial=0)) / 10
    return -math.floor(math.log10(nearest)) if nearest else 0


def _one_class(known: NDArray[np.float64], decimals: int, unit: str) -> Scale:
    return thresholds([], decimals, unit, float(known[-1]))


def thresholds(bounds: Sequence[float], decimals: int = 0, unit: str = "", greatest: float | None = None) -> Scale:
    """Classes cut at given bounds: those of a rule (« 2,5 consultations »). ``greatest`` is the largest value known.

    >>> thresholds([2.5, 4], 1).labels
    ('moins de 2,5', '2,5 à moins de 4', '4 ou plus')
    """
    cuts = sorted(set(bounds))
    shown = [number(cut, decimals) for cut in cuts]
    if not shown:
        only = "toutes les valeurs" if greatest is None else f"jusqu’à {number(greatest, decimals)}"
        return Scale((), (only,), unit)
    between = [f"{low} à moins de {high}" for low, high in itertools.pairwise(shown)]
    return Scale(tuple(cuts), (f"moins de {shown[0]}", *between, f"{shown[-1]} ou plus"), unit)


def changes(values: Sequence[float], decimals: int = 0, unit: str = "") -> Scale:
    """Classes of differences, the same on both sides of 0: losses, then gains; a side where nothing is has no class.

    >>> changes([-0.02, -0.01, 0.04, 0.11], 2).labels[:3]
    ('au-delà de −0,04 (perte)', 'de −0,04 à −0,02 (perte)', 'de −0,02 à 0 (perte)')
    >>> changes([0.01, 0.02, 0.04], 2).labels
    ('de 0 à +0,02 (gain)', 'de +0,02 à +0,04 (gain)', '+0,04 ou plus (gain)')
    """
    sizes = quantiles([abs(value) for value in values], SIDE, decimals).bounds
    shown = ["0", *(number(size, decimals) for size in sizes)]
    losses, gains = any(value < 0 for value in values), any(value > 0 for value in values)
    bounds = [-size for size in reversed(sizes)] * losses + [0.0] * (losses and gains) + list(sizes) * gains
    labels = _losses(shown) * losses + _gains(shown) * gains
    ranks = spread(len(shown), SIDE)
    shifts = ranks * losses + [MOST - 1 - rank for rank in reversed(ranks)] * gains
    return Scale(tuple(bounds), tuple(labels), unit, tuple(shifts))


def _gains(shown: Sequence[str]) -> list[str]:
    """The classes above 0, the smallest first. ``shown``: 0 then the bounds, in French."""
    signed = ["0", *(f"+{size}" for size in shown[1:])]
    between = [f"de {low} à {high} (gain)" for low, high in itertools.pairwise(signed)]
    return [*between, f"{signed[-1]} ou plus (gain)" if between else "gain"]


def _losses(shown: Sequence[str]) -> list[str]:
    """The classes under 0, the greatest loss first."""
    signed = [*(f"{MINUS}{size}" for size in reversed(shown[1:])), "0"]
    between = [f"de {low} à {high} (perte)" for low, high in itertools.pairwise(signed)]
    return [f"au-delà de {signed[0]} (perte)" if between else "perte", *between]


def named(labels: Sequence[str]) -> Scale:
    """One class per name, in order: the value of a place is the rank of its class (zonages).

    >>> named(["zac", "zip"]).ranks([1, None, 0]).tolist()
    [1, -1, 0]
    """
    return Scale(tuple(rank - 0.5 for rank in range(1, len(labels))), tuple(labels))
