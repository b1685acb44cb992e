"""From degrees to the pixels of a small map: equirectangular around its middle, which no eye tells from a projection.

Only for drawing: distances and areas are never measured on it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

HATCH = 7  # pixels between two lines of a hatching
DECIMALS = 1


@dataclass(frozen=True)
class Plan:
    """Where a degree falls: ``pixels`` per degree of latitude, ``narrowing`` of a degree of longitude."""

    west: float
    north: float
    pixels: float
    narrowing: float
    left: float
    top: float
    width: float
    height: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The pixel of a place, from the top left corner."""
        x = self.left + (longitude - self.west) * self.narrowing * self.pixels
        return round(x, DECIMALS), round(self.top + (self.north - latitude) * self.pixels, DECIMALS)

    def shape(self, shape: Any) -> Any:
        """A shapely geometry in pixels."""
        import shapely

        def placed(points: Any) -> Any:
            across = self.left + (points[:, 0] - self.west) * self.narrowing * self.pixels
            return np.column_stack([across, self.top + (self.north - points[:, 1]) * self.pixels]).round(DECIMALS)

        return shapely.transform(shape, placed)

    def hatching(self, shapes: Sequence[Any]) -> Any:
        """Slanting lines over ``shapes`` (in pixels); ``None`` when there is nothing to hatch."""
        return self.hatched(shapes)

    @staticmethod
    def hatched(shapes: Sequence[Any]) -> Any:
        """See :meth:`hatching`."""
        import shapely

        if not shapes:
            return None
        whole = shapely.make_valid(shapely.union_all(shapely.make_valid(np.array(shapes, dtype=object))))
        left, top, right, bottom = whole.bounds
        starts = np.arange(math.floor((left - bottom) / HATCH) * HATCH, right - top + HATCH, HATCH)
        lines = shapely.linestrings([[(start + top, top), (start + bottom, bottom)] for start in starts])
        parts = shapely.get_parts(shapely.intersection(lines, whole))
        # Where a line only touches a corner, it leaves a point.
        kept = parts[shapely.length(parts) > 0.5]
        lines = shapely.get_parts(kept)
        return (
            shapely.transform(shapely.multilinestrings(lines), lambda points: points.round(DECIMALS))
            if len(lines)
            else None
        )


def fitted(shapes: Sequence[Any], width: float, height: float, margin: float) -> Plan:
    """The plan where ``shapes`` fill a frame at most ``height`` pixels high and exactly ``width`` wide."""
    import shapely

    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    narrowing = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * narrowing, 1e-6), max(north - south, 1e-6)
    pixels = min((width - 2 * margin) / across, (height - 2 * margin) / up)
    left = (width - across * pixels) / 2
    return Plan(west, north, pixels, narrowing, left, margin, width, up * pixels + 2 * margin)
