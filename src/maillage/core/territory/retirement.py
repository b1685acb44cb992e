"""Who leaves when those above an age stop: from ages, from counts by age, or from the published variants of the APL."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Basis = Literal["ages", "effectifs_par_age", "variantes_publiees"]


@dataclass(frozen=True)
class Departures:
    """Professionals who leave each place, shape (n,); ``unknown`` those whose age is not known, who are kept.

    ``basis`` says how the ages are known. « variantes_publiees » is an indication: see :func:`from_variants`.
    """

    leaving: Floats
    unknown: Floats
    basis: Basis

    @property
    def removals(self) -> dict[int, float]:
        """Position → professionals to remove, for a what-if; the places that lose nobody are left out."""
        return {int(place): float(self.leaving[place]) for place in np.flatnonzero(self.leaving > 0)}

    @property
    def indicative(self) -> bool:
        """Whether this is an indication only."""
        return self.basis == "variantes_publiees"


def from_ages(positions: ArrayLike, quantities: ArrayLike, ages: ArrayLike, over: float, size: int) -> Departures:
    """From an offer with ages: one entry per line, its place, its professionals, their age (not a number: unknown).

    Only those strictly older than ``over`` leave; who has no known age stays, and is counted in ``unknown``.
    """
    where, many, years = np.asarray(positions, np.int64), np.asarray(quantities, float), np.asarray(ages, float)
    if not where.shape == many.shape == years.shape:
        raise ValueError("one place, one number of professionals and one age per line")
    gone = np.bincount(where, weights=np.where(years > over, many, 0.0), minlength=size)
    bare = np.bincount(where, weights=np.where(np.isnan(years), many, 0.0), minlength=size)
    return Departures(gone.astype(float), bare.astype(float), "ages")


def from_counts(older: ArrayLike, present: ArrayLike) -> Departures:
    """From the professionals of each place above the age (not a number: unknown) and all of them, shapes (n,).

    No more leave than are there: the two files may not be of the same year.
    """
    above, everyone = np.asarray(older, float), np.asarray(present, float)
    known = ~np.isnan(above)
    leaving = np.minimum(np.where(known, above, 0.0), everyone)
    return Departures(leaving, np.where(known, 0.0, everyone), "effectifs_par_age")


def from_variants(
    every: ArrayLike, younger: ArrayLike, demand: ArrayLike, present: ArrayLike, inside: NDArray[np.bool_]
) -> Departures:
    """From two published variants of the APL (all ages, and at most the age): an indication of who would leave.

    What the second lacks, Σ (every − younger) × demand over the places ``inside``, is the activity of the older ones
    that these places reach, not that of the professionals who practise there: neighbours share it. The share of
    activity that it is, one for all the places, is taken off the professionals ``present`` in each. All shapes (n,);
    nothing leaves where no value is published, and ``unknown`` then counts everyone.
    """
    whole, part, weight = (np.asarray(each, float) for each in (every, younger, demand))
    everyone = np.asarray(present, float)
    known = inside & ~np.isnan(whole) & ~np.isnan(part) & ~np.isnan(weight)
    reached = float((whole * weight)[known].sum())
    lost = float(((whole - part) * weight)[known].sum())
    share = min(max(lost / reached, 0.0), 1.0) if reached > 0 else 0.0
    leaving = np.where(inside, everyone * share, 0.0)
    unknown = np.where(inside & ~known, everyone, 0.0) if reached > 0 else np.where(inside, everyone, 0.0)
    return Departures(np.where(known, leaving, 0.0), unknown, "variantes_publiees")
