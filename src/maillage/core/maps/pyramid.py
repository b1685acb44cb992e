"""Every tile of a country: communes at each zoom, and the places that they make, cut from the same simplified shapes.

A border simplified once is the same for a commune, its EPCI, its département and its région: nothing gapes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from maillage.core.maps import tiles
from maillage.core.maps.coverage import Shapes, united
from maillage.core.maps.mvt import Layer, encode
from maillage.core.maps.tiles import Tile
from maillage.core.maps.zooms import NAMED, ZOOMS

DETAIL = 1.0
"""Pixels of a screen under which a detail is left out."""
COARSE = 2.0
"""The same for larger places seen from afar, whose borders are many."""
SIMPLE, WHOLE = 5, 8
"""Under ``SIMPLE`` shapes have nothing more to lose; from ``WHOLE`` on they are drawn as they are."""


@dataclass(frozen=True)
class Country:
    """Communes in degrees (a valid coverage) with their codes and names, and what is drawn with them.

    ``places``: for each layer of larger places (« epci »), the code of the place of each commune, or ``None``.
    ``inside``: shapes drawn over the communes from ``WHOLE`` on, by code (arrondissements).
    """

    shapes: Shapes
    codes: Sequence[str]
    names: Sequence[str]
    places: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    inside: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Drawn:
    """A layer at one zoom, in world units."""

    name: str
    shapes: Shapes
    attributes: Mapping[str, Sequence[str]]


def pyramid(country: Country, zooms: Sequence[int] = ZOOMS) -> Iterator[tuple[Tile, bytes]]:
    """The tiles of the country, from the largest zoom down; a tile where nothing shows is not given."""
    shapes = tiles.to_world(country.shapes)
    inside = tiles.to_world(np.array(list(country.inside.values()), dtype=object))
    places: dict[str, dict[str, object]] = {}
    for zoom in sorted(zooms, reverse=True):
        if SIMPLE <= zoom < WHOLE:
            shapes = tiles.simplified(shapes, zoom, DETAIL)
        if zoom >= SIMPLE or not places:
            places = {name: united(shapes, of_communes) for name, of_communes in country.places.items()}
        communes = _Drawn("communes", shapes, {"code": country.codes, **_names(country, zoom)})
        over = [_Drawn("arrondissements", inside, {"code": list(country.inside)})] if zoom >= WHOLE else []
        yield from _tiles([communes, *over, *_larger(places, zoom)], zoom)


def _names(country: Country, zoom: int) -> dict[str, Sequence[str]]:
    return {"nom": country.names} if zoom >= NAMED else {}


def _larger(places: Mapping[str, Mapping[str, object]], zoom: int) -> Iterator[_Drawn]:
    for name, by_code in places.items():
        shapes = np.array(list(by_code.values()), dtype=object)
        far = zoom < NAMED and shapes.size
        yield _Drawn(name, tiles.simplified(shapes, zoom, COARSE) if far else shapes, {"code": list(by_code)})


def _tiles(layers: Sequence[_Drawn], zoom: int) -> Iterator[tuple[Tile, bytes]]:
    ranks = [dict(tiles.tiles_of(layer.shapes, zoom)) for layer in layers]
    for tile in sorted(set().union(*ranks)):
        drawn = [
            _cut(layer, of_layer[tile], tile) for layer, of_layer in zip(layers, ranks, strict=True) if tile in of_layer
        ]
        content = encode(drawn)
        if content:
            yield tile, content


def _cut(layer: _Drawn, ranks: tiles.Ranks, tile: Tile) -> Layer:
    attributes = {name: [column[rank] for rank in ranks.tolist()] for name, column in layer.attributes.items()}
    return Layer(layer.name, tiles.in_tile(layer.shapes[ranks], tile), attributes)
