"""The few marks our charts are made of: Vega-Lite layers, in the units of the data, on a frame whose size is known.

The description is plain Vega-Lite: building it through altair costs 0.3 s to import and 90 ms a chart, for the same
result. vl-convert takes 0.5 s for its first drawing: it is imported then, not before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Layer = dict[str, Any]

INK, SOFT_INK, GRID, SURFACE = "#14302b", "#48605b", "#dfe5e1", "#ffffff"
MUTED = "#7d928b"  # at least 3:1 on white: bars that stand beside the one that matters
# At least 4.5:1 on white: the colours of our pages (primary, accent), the second one darkened.
COLOURS = ("#0a6b5d", "#b23c22")
DASHES = ((1, 0), (9, 5))
SHAPES = ("circle", "diamond")
FONT = "Atkinson Hyperlegible Next, system-ui, sans-serif"
FRENCH = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]}
CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "aria": False,
    "axis": {
        "labelColor": SOFT_INK, "labelFontSize": 14, "labelPadding": 6, "titleColor": INK, "titleFontSize": 15,
        "titleFontWeight": "normal", "titlePadding": 12, "gridColor": GRID, "domainColor": SOFT_INK, "ticks": False,
    },
}  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """The plot: its size and margins in pixels, and the values at its right and top edges (its origin is 0, 0)."""

    width: int
    height: int
    right: float
    top: float
    margins: tuple[int, int, int, int]  # left, top, right, bottom

    def across(self, pixels: float) -> float:
        """The width of ``pixels`` in units of the horizontal axis."""
        return pixels * self.right / self.width

    def up(self, pixels: float) -> float:
        """The height of ``pixels`` in units of the vertical axis."""
        return pixels * self.top / self.height


@dataclass(frozen=True)
class Label:
    """A text written on the plot at (x, y), in units of the data."""

    x: float
    y: float
    text: str
    colour: str = INK
    align: str = "left"
    bold: bool = False


@dataclass(frozen=True)
class Axis:
    """An axis: its graduations, its d3 number format, its name, whether lines cross the plot at each graduation."""

    values: Sequence[float]
    format: str
    title: str = ""
    grid: bool = False


def line(points: Iterable[tuple[float, float]], rank: int) -> Layer:
    """A line through ``points``; ``rank`` chooses its colour and its dash."""
    style = {"type": "line", "color": COLOURS[rank], "strokeDash": DASHES[rank], "strokeWidth": 3}
    return _layer(style, ({"x": x, "y": y} for x, y in points))


def marker(point: tuple[float, float], rank: int) -> Layer:
    """A dot at ``point``, of the colour of the line of the same ``rank`` and of another shape for each rank."""
    style = {"type": "point", "filled": True, "opacity": 1, "size": 170, "stroke": SURFACE, "strokeWidth": 2}
    return _layer({**style, "color": COLOURS[rank], "shape": SHAPES[rank]}, [{"x": point[0], "y": point[1]}])


def rule(x: float, top: float) -> Layer:
    """A thin dotted vertical reference line at ``x``, from 0 to ``top``."""
    style = {"type": "line", "color": SOFT_INK, "strokeDash": [2, 4], "strokeWidth": 1.5}
    return _layer(style, [{"x": x, "y": 0}, {"x": x, "y": top}])


def bar(length: float, y: float, rank: int, colour: str = "") -> Layer:
    """A horizontal bar from 0 to ``length`` at the height ``y``, of the colour of ``rank`` unless one is given."""
    style = {"type": "line", "color": colour or COLOURS[rank], "strokeWidth": 20}
    return _layer(style, [{"x": 0, "y": y}, {"x": length, "y": y}])


def texts(labels: Sequence[Label], size: int = 15) -> list[Layer]:
    """The labels, with a halo of the colour of the paper so that a line behind does not hurt reading."""
    groups: dict[tuple[str, bool], list[Label]] = {}
    for label in labels:
        groups.setdefault((label.align, label.bold), []).append(label)
    return [_texts(group, size) for group in groups.values()]


def _texts(labels: Sequence[Label], size: int) -> Layer:
    look = {"type": "text", "align": labels[0].align, "baseline": "middle", "fontSize": size, "limit": 0}
    halo = {"stroke": SURFACE, "strokeWidth": 5, "strokeJoin": "round"}
    rows = ({"x": label.x, "y": label.y, "text": label.text, "colour": label.colour} for label in labels)
    encoding = {"text": {"field": "text"}, "fill": {"field": "colour", "type": "nominal", "scale": None}}
    return _layer({**look, **halo, "fontWeight": "bold" if labels[0].bold else "normal"}, rows, encoding)


def _layer(mark: dict[str, Any], rows: Iterable[dict[str, Any]], encoding: dict[str, Any] | None = None) -> Layer:
    return {"mark": mark, "data": {"values": list(rows)}, "encoding": encoding or {}}


def render(layers: Sequence[Layer], frame: Frame, across: Axis | None, up: Axis | None) -> str:
    """The SVG of ``layers`` laid on ``frame``, as Vega draws it; nothing is fetched."""
    import vl_convert

    left, top, right, bottom = frame.margins
    spec = {
        "width": frame.width,
        "height": frame.height,
        "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        "autosize": "none",
        "background": SURFACE,
        "encoding": {"x": _channel("x", frame.right, across), "y": _channel("y", frame.top, up)},
        "layer": list(layers),
        "config": CONFIG,
    }
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=FRENCH)


def _channel(field: str, end: float, axis: Axis | None) -> dict[str, Any]:
    drawn = axis and {
        "values": list(axis.values), "format": axis.format, "title": axis.title or None, "grid": axis.grid,
        "labelOverlap": False,
    }  # fmt: skip
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, end], "nice": False}, "axis": drawn}
