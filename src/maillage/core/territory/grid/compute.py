"""The accessibility of tiles, partition by partition: what is summed over all of them is one number per site.

The 2SFCA needs, of the whole country, only the demand that each site serves. So a partition is read twice and never
kept: once to add its demand to the sites (step 1), once to give its tiles their access (step 2).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from maillage.core.territory.decay import Decay
from maillage.core.territory.grid.tiles import Tiles
from maillage.core.territory.travel import Estimate, chord_of_km, km_of_chord, unit_vectors

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sites:
    """Where the professionals are: degrees WGS84, supply, and what multiplies the minutes; arrays of one length."""

    lon: Floats
    lat: Floats
    supply: Floats
    factor: Floats

    def __len__(self) -> int:
        return len(self.lon)


@dataclass(frozen=True)
class Reach:
    """How far people go: the decay by minutes, and the estimate of minutes from the distance."""

    decay: Decay
    estimate: Estimate


def demand_of_sites(tiles: Tiles, sites: Sites, reach: Reach) -> Floats:
    """Step 1, for these tiles: the weighted demand they bring to each site. Shape (sites,)."""
    return np.asarray(weights_of(tiles, sites, reach).T @ tiles.demand)


def ratios_of(sites: Sites, demand: Floats) -> Floats:
    """Supply per standardised inhabitant of each site; 0 where no tile reaches it."""
    return np.divide(sites.supply, demand, out=np.zeros_like(demand), where=demand > 0)


def access_of_tiles(tiles: Tiles, sites: Sites, reach: Reach, ratios: Floats) -> Floats:
    """Step 2, for these tiles: the supply accessible to one standardised inhabitant. Shape (tiles,)."""
    return np.asarray(weights_of(tiles, sites, reach) @ ratios)


def weights_of(tiles: Tiles, sites: Sites, reach: Reach) -> sparse.csr_array:
    """Weight of each pair of a tile and a site within reach, shape (tiles, sites); other pairs are not stored."""
    shape = (len(tiles), len(sites))
    if not all(shape):
        return sparse.csr_array(shape)
    least = (tiles.factor.min() + sites.factor.min()) / 2
    radius = chord_of_km(float(reach.estimate.km(reach.decay.reach / least)))
    near, there = (cKDTree(unit_vectors(places.lon, places.lat)) for places in (tiles, sites))
    found = near.sparse_distance_matrix(there, radius, output_type="ndarray")
    factor = (tiles.factor[found["i"]] + sites.factor[found["j"]]) / 2
    weights = reach.decay.weights(reach.estimate.minutes(km_of_chord(found["v"])) * factor)
    return sparse.csr_array((weights, (found["i"], found["j"])), shape=shape)


def nearest(tiles: Tiles, lon: Floats, lat: Floats) -> NDArray[np.int64]:
    """The position of the place (degrees WGS84) nearest to each tile. Shape (tiles,)."""
    return np.asarray(cKDTree(unit_vectors(lon, lat)).query(unit_vectors(tiles.lon, tiles.lat))[1], np.int64)
