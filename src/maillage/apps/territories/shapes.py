"""Reads of the shapes: of places by their code, of a territory as a whole, and whether it is in one piece."""

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from maillage.apps.territories.contours import folders, store

NOT_READY = "Les contours ne sont pas préparés : maillage donnees importer contours."


def shapes_of(codes: Iterable[str], level: str = "commune") -> dict[str, Any]:
    """The polygon (shapely, WGS84) of each place whose shape is known, by code; empty when none is prepared.

    ``level``: « commune » (an arrondissement is found too), « epci », « departement » or « region ».
    """
    import shapely

    home = folders.folder()
    if home is None:
        return {}
    wanted = sorted(set(codes))
    levels = ("commune", "arrondissement") if level == "commune" else (level,)
    found = dict(pair for each in levels for pair in _level(home, each).find(wanted))
    return dict(zip(found, shapely.from_wkb(list(found.values())), strict=True))


def outline(codes: Iterable[str]) -> Any:
    """The outline of the communes together, as one polygon or several; ``None`` when one of them has no shape."""
    import shapely

    wanted = set(codes)
    shapes = shapes_of(wanted)
    return shapely.union_all(list(shapes.values())) if wanted and len(shapes) == len(wanted) else None


def pieces(codes: Iterable[str]) -> list[list[str]] | None:
    """The communes set apart by piece, the largest first: in a piece, one goes from any to any other by their borders.

    A point in common is not a border. ``None`` when one of them has no shape: nothing can then be said.
    """
    from maillage.core.maps.coverage import in_one_piece

    wanted = set(codes)
    shapes = shapes_of(wanted)
    if not wanted or len(shapes) < len(wanted):
        return None
    named = list(shapes)
    return [[named[rank] for rank in piece] for piece in in_one_piece(np.array(list(shapes.values()), dtype=object))]


def are_contiguous(codes: Iterable[str]) -> bool | None:
    """Whether the communes are in one piece; ``None`` when the shape of one of them is not known."""
    found = pieces(codes)
    return None if found is None else len(found) == 1


def bounds(codes: Sequence[str], level: str = "commune") -> tuple[float, float, float, float] | None:
    """West, south, east and north of these places, in degrees; ``None`` when no shape is known."""
    import shapely

    shapes = shapes_of(codes, level)
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(np.array(list(shapes.values()), dtype=object)).tolist()
    return west, south, east, north


def communes_within(contour: Any) -> list[str]:
    """The codes of the communes whose middle falls in a polygon (shapely, WGS84), by code."""
    import shapely

    home = folders.folder()
    if home is None:
        return []
    communes = _level(home, "commune")
    inside = shapely.STRtree(_middles(home)).query(contour, predicate="contains")
    return sorted(communes.codes[inside].tolist())


@functools.lru_cache(maxsize=8)
def _level(home: Path, level: str) -> store.Shapes:
    """The shapes of a level, kept in memory: a new preparation has a new folder."""
    return store.read_shapes(home, level)


@functools.lru_cache(maxsize=1)
def _middles(home: Path) -> Any:
    import shapely

    return shapely.point_on_surface(_level(home, "commune").all())
