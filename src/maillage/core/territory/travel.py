"""Minutes of travel when no table gives them: an estimate from the distance as the crow flies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG), in kilometres."""


@dataclass(frozen=True)
class Estimate:
    """``minutes = scale × km^exponent × factor``, km as the crow flies (parameters ``territoire.temps``).

    >>> round(float(Estimate(2.0, 0.5, 1.5).minutes(4)), 6), round(float(Estimate(2.0, 0.5, 1.5).km(6)), 6)
    (6.0, 4.0)
    """

    scale: float
    exponent: float
    factor: float = 1.0

    def minutes(self, km: ArrayLike) -> Floats:
        """Estimated minutes of each distance (km, any shape)."""
        return np.asarray(self.scale * self.factor * np.power(np.asarray(km, float), self.exponent))

    def km(self, minutes: ArrayLike) -> Floats:
        """Distance (km) whose estimate is each duration (minutes, any shape)."""
        return np.asarray(np.power(np.asarray(minutes, float) / (self.scale * self.factor), 1 / self.exponent))


def unit_vectors(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Points of the unit sphere, shape (n, 3), from degrees WGS84: their chords are ordered as their distances."""
    east, north = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    return np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))


def km_of_chord(chord: ArrayLike) -> Floats:
    """Distance on the sphere (km) of a chord of the unit sphere."""
    return np.asarray(2 * EARTH_KM * np.arcsin(np.clip(np.asarray(chord, float) / 2, 0, 1)))


def chord_of_km(km: float) -> float:
    """Chord of the unit sphere of a distance (km); the diameter beyond half a turn."""
    return float(2 * np.sin(min(km / (2 * EARTH_KM), np.pi / 2)))
