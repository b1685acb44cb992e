"""From the metres of the official French projections to degrees (WGS84), many points at once."""

from collections.abc import Mapping
from dataclasses import dataclass

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


@dataclass(frozen=True)
class Projection:
    """An official projection: its EPSG code, and the box of the territory that it serves (west, south, east, north)."""

    epsg: int
    box: tuple[float, float, float, float]


LAMBERT_93 = Projection(2154, (-6, 41, 10, 52))
ANTILLES = Projection(5490, (-64, 14, -60, 19))
GUYANE = Projection(2972, (-55, 2, -51, 6))
REUNION = Projection(2975, (55, -22, 56, -20))
MAYOTTE = Projection(4471, (44, -14, 46, -12))
NAMED = {
    "LAMBERT_93": LAMBERT_93,
    "UTM_N20": ANTILLES,
    "UTM_N22": GUYANE,
    "UTM_S40": REUNION,
    "UTM_S38": MAYOTTE,
}
"""By the name that FINESS writes at the end of the source of its coordinates."""
OVERSEAS = {"971": ANTILLES, "972": ANTILLES, "973": GUYANE, "974": REUNION, "976": MAYOTTE}


def projection_of(source: str, commune: str) -> Projection | None:
    """The projection that a source of coordinates names, else that of the département of the commune.

    ``None`` in a collectivité d'outre-mer, whose projection no source at hand gives.

    >>> projection_of("1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93", "01004").epsg, projection_of("", "97411").epsg
    (2154, 2975)
    """
    for name, projection in NAMED.items():
        if source.upper().endswith(name):
            return projection
    if commune.startswith(("97", "98")):
        return OVERSEAS.get(commune[:3])
    return LAMBERT_93


def to_degrees(points: Mapping[str, tuple[float, float, Projection]]) -> dict[str, Point]:
    """The position of each key, from its metres; a point outside of the territory of its projection is left out."""
    # Opening the database of projections takes a tenth of a second.
    from pyproj import Transformer

    groups: dict[Projection, list[str]] = {}
    for key, (_x, _y, projection) in points.items():
        groups.setdefault(projection, []).append(key)
    found: dict[str, Point] = {}
    for projection, keys in groups.items():
        transformer = Transformer.from_crs(projection.epsg, 4326, always_xy=True)
        longitudes, latitudes = transformer.transform(
            [points[key][0] for key in keys], [points[key][1] for key in keys]
        )
        west, south, east, north = projection.box
        for key, longitude, latitude in zip(keys, longitudes, latitudes, strict=True):
            if west <= longitude <= east and south <= latitude <= north:
                found[key] = (round(longitude, 6), round(latitude, 6))
    return found
