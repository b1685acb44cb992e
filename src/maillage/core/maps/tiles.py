"""Which polygons fall in which tile of the Web Mercator pyramid, and their shape there, in pixels of the tile.

Shapes are in world units: the whole Web Mercator square is 1 wide, x from the west and y from the north. Only for
drawing: Web Mercator never measures a distance.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.core.maps.mvt import EXTENT

BUFFER = 64  # pixels drawn around a tile, so that lines meet across tiles
SCREEN = 512  # pixels of a screen that a tile fills
Shapes = NDArray[np.object_]
Ranks = NDArray[np.int64]


@dataclass(frozen=True, order=True)
class Tile:
    """A tile: zoom, column from the west, row from the north."""

    zoom: int
    x: int
    y: int

    def bounds(self, buffer: float = 0) -> tuple[float, float, float, float]:
        """West, north, east, south in world units, widened by ``buffer`` pixels of the tile."""
        side, wide = 1 / 2**self.zoom, buffer / EXTENT / 2**self.zoom
        return self.x * side - wide, self.y * side - wide, (self.x + 1) * side + wide, (self.y + 1) * side + wide


def to_world(shapes: Shapes) -> Shapes:
    """Shapes in degrees (WGS84), in world units."""
    import shapely

    def placed(points: NDArray[np.float64]) -> NDArray[np.float64]:
        sine = np.sin(np.radians(points[:, 1]))
        return np.column_stack([points[:, 0] / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)])

    moved: Shapes = shapely.transform(shapes, placed)
    return moved


def simplified(shapes: Shapes, zoom: int, pixels: float) -> Shapes:
    """The coverage in world units without the detail smaller than about ``pixels`` of a screen at a zoom.

    Shared borders stay shared. ``shapes`` must be a valid coverage (no overlap, borders that match).
    """
    import shapely

    simple: Shapes = shapely.coverage_simplify(shapes, pixels / SCREEN / 2**zoom)
    return simple


def tiles_of(shapes: Shapes, zoom: int) -> Iterator[tuple[Tile, Ranks]]:
    """Each tile that shapes fall in (their box, with the buffer), with the ranks of those shapes."""
    import shapely

    boxes = shapely.bounds(shapes)
    known = np.flatnonzero(~np.isnan(boxes[:, 0]))
    wide = BUFFER / EXTENT
    low = np.floor(boxes[known, :2] * 2**zoom - wide).astype(int).clip(0)
    high = np.floor(boxes[known, 2:] * 2**zoom + wide).astype(int).clip(None, 2**zoom - 1)
    found: dict[Tile, list[int]] = {}
    for rank, (left, top), (right, bottom) in zip(known.tolist(), low.tolist(), high.tolist(), strict=True):
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                found.setdefault(Tile(zoom, x, y), []).append(rank)
    for tile in sorted(found):
        yield tile, np.array(found[tile])


def in_tile(shapes: Shapes, tile: Tile) -> Shapes:
    """Shapes in world units as they stand in a tile: cut at its buffer, in pixels."""
    import shapely

    left, top, right, bottom = tile.bounds(BUFFER)
    boxes = shapely.bounds(shapes)
    out = (boxes[:, 0] < left) | (boxes[:, 1] < top) | (boxes[:, 2] > right) | (boxes[:, 3] > bottom)
    cut = shapes.copy()
    cut[out] = shapely.clip_by_rect(shapes[out], left, top, right, bottom)
    west, north, *_ = tile.bounds()
    placed: Shapes = shapely.transform(cut, lambda points: (points - (west, north)) * (2**tile.zoom * EXTENT))
    return placed
