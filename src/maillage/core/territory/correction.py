"""The correction of estimated minutes: slower where people live close together, slower or faster by région.

The factor of a place is that of its class of density (inhabitants per km² around it) times that of its région; a
pair takes the mean of its two ends (:func:`maillage.core.territory.pairs.pairs_within`). The values are those of
``tools/calibrate_times.py`` (parameters ``territoire.temps.correction``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maillage.core.territory.travel import chord_of_km, unit_vectors

Floats = NDArray[np.float64]
Classes = NDArray[np.int64]


@dataclass(frozen=True)
class Correction:
    """``by_class[k]`` from the density ``bounds[k - 1]`` (included, inhabitants per km²), times ``by_region``.

    ``radius_km`` is that of the disc in which the density of a place is counted. A région that is not in
    ``by_region`` has no factor of its own. Raises ``ValueError`` unless bounds rise and factors are above 0.
    """

    radius_km: float
    bounds: tuple[float, ...]
    by_class: tuple[float, ...]
    by_region: Mapping[str, float]

    def __post_init__(self) -> None:
        if len(self.by_class) != len(self.bounds) + 1 or np.any(np.diff(self.bounds) <= 0):
            raise ValueError("one factor more than bounds of density, which rise")
        if min((*self.by_class, *self.by_region.values())) <= 0:
            raise ValueError("a correction of minutes is above 0")

    def classes(self, lon: ArrayLike, lat: ArrayLike, population: ArrayLike) -> Classes:
        """The class of density of each place, shape (n,): 0 is the least dense."""
        density = density_around(lon, lat, population, self.radius_km)
        return np.searchsorted(np.asarray(self.bounds, float), density, side="right").astype(np.int64)

    def factors(self, lon: ArrayLike, lat: ArrayLike, population: ArrayLike, regions: ArrayLike) -> Floats:
        """What multiplies the estimated minutes of each place, shape (n,).

        ``population`` in inhabitants (not a number: unknown, counts nobody), ``regions`` INSEE codes ("" when unknown).
        """
        own = np.asarray(self.by_class, float)[self.classes(lon, lat, population)]
        names, position = np.unique(np.asarray(regions, np.str_), return_inverse=True)
        return np.asarray(own * np.array([self.by_region.get(str(name), 1.0) for name in names])[position])


def density_around(lon: ArrayLike, lat: ArrayLike, population: ArrayLike, radius_km: float) -> Floats:
    """Inhabitants per km² of the disc around each place (degrees WGS84, shape (n,)), as if all lived at the points.

    A place without coordinates has the density of itself alone; an unknown population counts nobody.

    >>> density_around([0, 0, 9], [0, 0.01, 0], [314.16, 314.16, 628.32], 5).round(2).tolist()
    [8.0, 8.0, 8.0]
    """
    vectors, people = unit_vectors(lon, lat), np.nan_to_num(np.asarray(population, float))
    placed = np.flatnonzero(np.isfinite(vectors).all(axis=1))
    around = people.copy()
    if placed.size:
        from scipy.spatial import cKDTree  # Half a second to import: the web process waits for nothing else.

        near = placed[cKDTree(vectors[placed]).query_pairs(chord_of_km(radius_km), output_type="ndarray")]
        around += np.bincount(near[:, 0], weights=people[near[:, 1]], minlength=people.size)
        around += np.bincount(near[:, 1], weights=people[near[:, 0]], minlength=people.size)
    return np.asarray(around / (np.pi * radius_km**2))
