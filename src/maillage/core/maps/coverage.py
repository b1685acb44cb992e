"""Polygons that share their borders (a coverage): mended where they do not, joined into larger places, set apart.

Shapes are arrays of shapely polygons in degrees (WGS84).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Shapes = NDArray[np.object_]
Ranks = NDArray[np.int64]


def joined(groups: Sequence[Sequence[bytes]]) -> Shapes:
    """One shape for each group of polygons in well-known binary, in the same order."""
    import shapely

    firsts: Shapes = np.array(shapely.from_wkb([group[0] for group in groups]), dtype=object)
    for rank, group in enumerate(groups):
        if len(group) > 1:
            firsts[rank] = shapely.union_all(shapely.from_wkb(list(group)))
    return firsts


def mended(shapes: Shapes) -> Shapes:
    """The same shapes with borders that match: gaps and overlaps are given to a neighbour.

    Only shapes whose borders do not match, and those that they touch, are drawn again; the others stay as given.
    """
    import shapely

    wrong = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    if not wrong.size:
        return shapes
    around = _touched(shapes, wrong)
    clean = shapes.copy()
    clean[around] = shapely.coverage_clean(shapes[around])
    return clean


def _touched(shapes: Shapes, ranks: Ranks) -> Ranks:
    """The ranks of these shapes and of those that they touch."""
    import shapely

    pairs = shapely.STRtree(shapes).query(shapes[ranks], predicate="intersects")
    return np.union1d(ranks, pairs[1])


def filled(shapes: Shapes, may_grow: Ranks) -> tuple[Shapes, int]:
    """The same shapes where the empty places inside the whole are given to the only neighbour that may have them.

    ``may_grow``: ranks of the shapes known to lack a part. Says how many places were given; a place next to none of
    them, or to several, stays empty.
    """
    import shapely

    whole = shapely.get_parts(shapely.coverage_union_all(shapes))
    holes = np.array([shapely.Polygon(ring) for part in whole for ring in part.interiors], dtype=object)
    if not holes.size or not may_grow.size:
        return shapes, 0
    hole, candidate = shapely.STRtree(shapes[may_grow]).query(holes, predicate="intersects")
    grown, count = shapes.copy(), 0
    for rank, place in enumerate(holes):
        owners = candidate[hole == rank]
        if len(owners) == 1:
            owner = may_grow[owners[0]]
            grown[owner] = shapely.union(grown[owner], place)
            count += 1
    return grown, count


def united(shapes: Shapes, places: Sequence[str | None]) -> dict[str, object]:
    """The shapes of larger places: ``places`` says of which one each shape is part (``None``: of none)."""
    import shapely

    ranks: dict[str, list[int]] = {}
    for rank, place in enumerate(places):
        if place is not None:
            ranks.setdefault(place, []).append(rank)
    return {place: shapely.coverage_union_all(shapes[ranks[place]]) for place in sorted(ranks)}


def neighbours(shapes: Shapes) -> list[tuple[int, int]]:
    """The pairs of shapes that share a border; a single point in common is not a border."""
    import shapely

    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes[left]), shapely.boundary(shapes[right])))
    inside = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    kept = (shared > 0) | (inside > 0)
    return list(zip(left[kept].tolist(), right[kept].tolist(), strict=True))


def in_one_piece(shapes: Shapes) -> list[list[int]]:
    """The ranks of the shapes, set apart by piece: in a piece one goes from any shape to any other by shared borders.

    The largest piece comes first. A shape made of islands is one shape.
    """
    parents = list(range(len(shapes)))

    def root(rank: int) -> int:
        while parents[rank] != rank:
            parents[rank] = parents[parents[rank]]
            rank = parents[rank]
        return rank

    for left, right in neighbours(shapes):
        parents[root(left)] = root(right)
    pieces: dict[int, list[int]] = {}
    for rank in range(len(shapes)):
        pieces.setdefault(root(rank), []).append(rank)
    return sorted(pieces.values(), key=lambda piece: (-len(piece), piece))
