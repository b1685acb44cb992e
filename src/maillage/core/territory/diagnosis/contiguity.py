"""Whether the communes of a territory hold together: by their outlines, else by where their mairies are.

Without outlines, two communes are neighbours when their zones touch: each zone is all that is nearer to this mairie
than to any other (the Delaunay graph). No distance is chosen; a sea or a river between two zones is not seen.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

BY = "d'après la position des mairies"
BY_SHAPES = "d'après les contours des communes"
FEWEST = 4
"""Points below which there is no triangulation: so few communes are each other's neighbours."""


def pieces(points: ArrayLike, chosen: Sequence[int]) -> int:
    """How many separate parts the ``chosen`` rows of ``points`` (degrees WGS84, shape (n, 2)) make.

    ``points`` holds the communes around as well: those that are not chosen separate those that are.
    """
    from scipy.spatial import Delaunay

    places = np.asarray(points, float)
    if len(chosen) < 2 or len(places) < FEWEST:
        return min(len(chosen), 1)
    flat = np.column_stack((places[:, 0] * np.cos(np.radians(places[:, 1].mean())), places[:, 1]))
    indptr, neighbours = Delaunay(flat, qhull_options="QJ").vertex_neighbor_vertices
    kept = np.zeros(len(places), bool)
    kept[list(chosen)] = True
    rows = np.repeat(np.arange(len(places)), np.diff(indptr))
    both = kept[rows] & kept[neighbours]
    return len(set(_parts(rows[both], neighbours[both], len(places))[kept]))


def pieces_of_shapes(shapes: Sequence[Any]) -> int:
    """How many separate parts polygons make: two that touch, even at one point, hold together."""
    import shapely

    rows, neighbours = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    return len(set(_parts(rows, neighbours, len(shapes))))


def _parts(rows: ArrayLike, neighbours: ArrayLike, count: int) -> NDArray[np.int64]:
    """The part of each of ``count`` nodes, shape (count,), from the pairs that touch.

    Each node takes the least name among its own and that of its neighbours, until none changes; the name of a part is
    followed at once, so that a long chain costs few turns.
    """
    first, second = np.asarray(rows, np.int64), np.asarray(neighbours, np.int64)
    parts = np.arange(count)
    while True:
        least = parts.copy()
        np.minimum.at(least, parts[first], parts[second])
        np.minimum.at(least, parts[second], parts[first])
        least = least[least[least[parts]]]
        if np.array_equal(least, parts):
            return parts
        parts = least
