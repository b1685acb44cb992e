"""The map of a territory as SVG or PNG: one description (Vega-Lite), the same image in pages and in documents.

Shapes are projected here, into pixels, so that the same values give the same image everywhere. A place whose figure
is not published is hatched: it never takes the colour of a small value.
Nothing is clipped: a clip has an identifier that two images of one page would share.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.documents.drawing import COLOURS, CONFIG, FRENCH, INK, SOFT_INK, SURFACE, Label, Layer, texts
from maillage.core.documents.fonts import DIRECTORY
from maillage.core.documents.map_projection import Plan, fitted
from maillage.core.documents.svg import accessible
from maillage.core.kernel.french import number, plural
from maillage.core.maps.classes import NOT_PUBLISHED, UNKNOWN_FILL, UNKNOWN_HATCH, Scale

WIDTH, HEIGHT, MARGIN = 520, 420, 14
ROW, TEXT = 26, 16  # height of a line of the legend and of its letters, in pixels
LETTER = 8.2  # a wide letter, in pixels: a name is written only where it surely fits
MOST_NAMES = 40
DETAIL = 0.8  # pixels under which a detail is left out; borders stay shared


@dataclass(frozen=True)
class Area:
    """A place of the map: ``shape`` is a shapely polygon in WGS84, ``value`` is ``None`` when it is not published."""

    code: str
    name: str
    shape: Any
    value: float | None


@dataclass(frozen=True)
class Site:
    """A point of the map (degrees, WGS84) and its name: a practice, an establishment."""

    longitude: float
    latitude: float
    name: str


def map_svg(
    areas: Sequence[Area],
    scale: Scale,
    *,
    title: str,
    outline: Any = None,
    sites: Sequence[Site] = (),
    sites_label: str = "Sites",
    noun: str = "commune",
) -> str:
    """The SVG of ``areas`` coloured by their class in ``scale``, with its legend, its name and its description.

    ``outline``: the shape of the territory studied, drawn over; ``noun``: what an area is, in the singular.
    Areas without a shape are told in the description only; where none has one, there is nothing to draw: "".
    """
    drawn = [area for area in areas if area.shape is not None and not area.shape.is_empty]
    if not drawn:
        return ""
    plan = fitted([area.shape for area in drawn], WIDTH, HEIGHT, MARGIN)
    legend = _legend(drawn, scale, bool(sites), sites_label, plan.height)
    layers = [*_fills(drawn, scale, plan), *_over(drawn, outline, sites, plan), *legend.layers]
    svg = _render(layers, WIDTH, legend.bottom)
    return accessible(svg, title, _told(areas, drawn, scale, noun))


def map_png(svg: str, ratio: float = 2) -> bytes:
    """The same image as PNG, ``ratio`` pixels for one of the drawing, for documents that cannot hold an SVG."""
    import vl_convert

    if DIRECTORY.is_dir():
        vl_convert.register_font_directory(str(DIRECTORY))
    png: bytes = vl_convert.svg_to_png(svg, scale=ratio)
    return png


def shape_of(png: bytes) -> float:
    """How tall an image (PNG) is for its width."""
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    return height / width


def _fills(areas: Sequence[Area], scale: Scale, plan: Plan) -> list[Layer]:
    """Every area in the colour of its class; a hatching over those whose value is unknown."""
    import shapely

    ranks = scale.ranks([area.value for area in areas])
    fills = [scale.colours[rank] if rank >= 0 else UNKNOWN_FILL for rank in ranks]
    # In degrees: once rounded to pixels, a small shape may have lost the corners that make it one.
    simple = shapely.coverage_simplify([area.shape for area in areas], DETAIL / plan.pixels)
    shapes = [plan.shape(shape) for shape in simple]
    unknown = [shape for shape, rank in zip(shapes, ranks, strict=True) if rank < 0]
    hatching = plan.hatching(unknown)
    return [
        _shapes(shapes, fills, {"stroke": SURFACE, "strokeWidth": 0.8, "strokeJoin": "round"}),
        *([_lines([hatching], UNKNOWN_HATCH, 1)] if hatching is not None else []),
    ]


def _over(areas: Sequence[Area], outline: Any, sites: Sequence[Site], plan: Plan) -> list[Layer]:
    """The outline of the territory, the names that fit and the sites."""
    points = [plan.point(site.longitude, site.latitude) for site in sites]
    return [
        *([_lines([plan.shape(outline).boundary], INK, 2.2)] if outline is not None else []),
        *texts(_names(areas, plan), TEXT - 2),
        *([_marks(points)] if points else []),
    ]


def _names(areas: Sequence[Area], plan: Plan) -> list[Label]:
    if len(areas) > MOST_NAMES:
        return []
    labels = []
    for area in areas:
        shape = plan.shape(area.shape)
        left, top, right, bottom = shape.bounds
        if len(area.name) * LETTER <= right - left and bottom - top >= ROW:
            middle = shape.representative_point()
            labels.append(Label(middle.x, middle.y, area.name, INK, "center"))
    return labels


@dataclass(frozen=True)
class _Legend:
    """Its marks, and the height at which it ends, in pixels."""

    layers: list[Layer]
    bottom: int


def _legend(areas: Sequence[Area], scale: Scale, with_sites: bool, sites_label: str, top: float) -> _Legend:
    """The unit, then one line per class in two columns, under the map."""
    import shapely

    unknown = any(area.value is None for area in areas)
    lines = [*zip(scale.colours, scale.labels, strict=True), *([(UNKNOWN_FILL, NOT_PUBLISHED)] if unknown else [])]
    start = top + (ROW if scale.unit else 0)
    per_column = math.ceil((len(lines) + with_sites) / 2)
    places = [
        (MARGIN + (WIDTH / 2) * (rank // per_column), start + ROW * (rank % per_column + 0.5))
        for rank in range(len(lines) + with_sites)
    ]
    boxes = [shapely.box(x, y - 8, x + 28, y + 8) for x, y in places[: len(lines)]]
    words = [label for _, label in lines] + ([sites_label] if with_sites else [])
    labels = [Label(x + 38, y, word) for (x, y), word in zip(places, words, strict=True)]
    head = [Label(MARGIN, top + ROW / 2, scale.unit[:1].upper() + scale.unit[1:], SOFT_INK)] if scale.unit else []
    hatching = Plan.hatched(boxes[-1:]) if unknown else None
    layers = [
        _shapes(boxes, [colour for colour, _ in lines], {"stroke": SOFT_INK, "strokeWidth": 0.8}),
        *([_lines([hatching], UNKNOWN_HATCH, 1)] if hatching is not None else []),
        *([_marks([(places[-1][0] + 14, places[-1][1])])] if with_sites else []),
        *texts([*head, *labels], TEXT),
    ]
    return _Legend(layers, round(start + ROW * per_column + MARGIN))


def _shapes(shapes: Sequence[Any], fills: Sequence[str], style: dict[str, Any]) -> Layer:
    features = [_feature(shape, fill) for shape, fill in zip(shapes, fills, strict=True)]
    encoding = {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}}
    return {"mark": {"type": "geoshape", "clip": False, **style}, "data": {"values": features}, "encoding": encoding}


def _lines(shapes: Sequence[Any], colour: str, width: float) -> Layer:
    mark = {"type": "geoshape", "clip": False, "filled": False, "stroke": colour, "strokeWidth": width}
    return {"mark": mark, "data": {"values": [_feature(shape, colour) for shape in shapes]}}


def _marks(points: Sequence[tuple[float, float]]) -> Layer:
    mark = {"type": "point", "shape": "diamond", "filled": True, "opacity": 1, "size": 110, "color": COLOURS[1],
            "stroke": SURFACE, "strokeWidth": 1.5}  # fmt: skip
    return {"mark": mark, "data": {"values": [{"x": x, "y": y} for x, y in points]}, "encoding": _places()}


def _feature(shape: Any, fill: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape.__geo_interface__, "properties": {"fill": fill}}


def _places() -> dict[str, Any]:
    return {field: {"field": field, "type": "quantitative", "scale": None} for field in ("x", "y")}


def _render(layers: Sequence[Layer], width: int, height: int) -> str:
    """The SVG of layers whose coordinates are pixels, from the top left corner; nothing is fetched."""
    import vl_convert

    placed = [
        {**layer, "encoding": {**_places(), **layer["encoding"]}} if layer["mark"]["type"] == "text" else layer
        for layer in layers
    ]
    spec = {
        "width": width, "height": height, "padding": 0, "autosize": "none", "background": SURFACE,
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]}, "layer": placed, "config": CONFIG,
    }  # fmt: skip
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=FRENCH)


def _told(areas: Sequence[Area], drawn: Sequence[Area], scale: Scale, noun: str) -> str:
    """How many areas each class holds, in words, for who does not see the map."""
    ranks = scale.ranks([area.value for area in areas]).tolist()
    counts = [(label, ranks.count(rank)) for rank, label in enumerate(scale.labels)] + [
        (NOT_PUBLISHED, ranks.count(-1))
    ]
    told = " ; ".join(f"{label} : {number(count)}" for label, count in counts if count)
    unit = f", en {scale.unit}" if scale.unit else ""
    text = f"Carte de {number(len(areas))} {plural(len(areas), noun)}{unit}. Par classe : {told}."
    missing = len(areas) - len(drawn)
    return f"{text} Sans contour connu, donc absentes du dessin : {missing}." if missing else text
