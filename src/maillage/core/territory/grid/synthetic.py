"""A synthetic national grid: invented tiles around real communes, to measure and to test, never to inform.

The real grid (INSEE, FILOSOFI at 200 m) has 2.3 million inhabited tiles. This one has the same size and the same
shape of task: each commune spreads its inhabitants over distinct tiles, denser at the centre.
"""

import numpy as np
from numpy.typing import NDArray

from maillage.core.territory.grid.tiles import Tiles

SIDE = 200.0
"""Side of a tile, in metres."""
METRES_PER_DEGREE = 111_320.0
SPREAD = 0.6
"""How the number of tiles of a commune grows with its inhabitants: less than in proportion, cities are dense."""
STRETCH = 3
"""Between two inhabited tiles, how many tiles there are on the way."""


def synthetic_tiles(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    population: NDArray[np.float64],
    region: NDArray[np.str_],
    count: int,
    seed: int = 2026,
) -> Tiles:
    """About ``count`` tiles for these communes (degrees WGS84, inhabitants, code of région), always the same.

    Each commune keeps its inhabitants exactly; one without inhabitant has no tile.
    """
    per_commune = _shares(population, count)
    commune = np.repeat(np.arange(len(population)), per_commune)
    rank = np.arange(len(commune)) - np.repeat(np.cumsum(per_commune) - per_commune, per_commune)
    east, north = _spiral(int(per_commune.max(initial=0)))
    north_degrees = STRETCH * SIDE * north[rank] / METRES_PER_DEGREE
    tile_lat = lat[commune] + north_degrees
    tile_lon = lon[commune] + STRETCH * SIDE * east[rank] / (METRES_PER_DEGREE * np.cos(np.radians(lat[commune])))
    people = _inhabitants(population, commune, rank, per_commune, seed)
    return Tiles(tile_lon, tile_lat, people, region[commune], np.ones(len(commune)))


def _shares(population: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Tiles of each commune: at least one where somebody lives."""
    weight = np.where(population > 0, population, 0.0) ** SPREAD
    shares = np.floor(count * weight / weight.sum()).astype(np.int64)
    return np.where(population > 0, np.maximum(shares, 1), 0)


def _spiral(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ``count`` cells of a lattice nearest to its centre, as whole steps east and north."""
    half = int(np.ceil(np.sqrt(count))) + 1
    steps = np.arange(-half, half + 1, dtype=np.float64)
    east, north = (axis.ravel() for axis in np.meshgrid(steps, steps))
    nearest = np.lexsort((north, east, east**2 + north**2))[:count]
    return east[nearest], north[nearest]


def _inhabitants(
    population: NDArray[np.float64],
    commune: NDArray[np.int64],
    rank: NDArray[np.int64],
    per_commune: NDArray[np.int64],
    seed: int,
) -> NDArray[np.float64]:
    """Inhabitants of each tile: fewer away from the centre, drawn at random, adding up to those of the commune."""
    chance = np.random.default_rng(seed).uniform(0.5, 1.5, len(commune))
    weight = chance * np.exp(-rank / per_commune[commune])
    totals = np.bincount(commune, weights=weight, minlength=len(population))
    return np.asarray(population[commune] * weight / totals[commune])
