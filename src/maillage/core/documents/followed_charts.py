"""Two plain charts: the dated values of an indicator as a line, the answers to a question as bars."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from maillage.core.documents.drawing import SOFT_INK, Frame, Label, bar, line, marker, render, texts
from maillage.core.documents.svg import accessible
from maillage.core.kernel import french
from maillage.core.kernel.problems import shorten

ROW = 58  # height of a bar, of its name above it and of their gap, in pixels
LEFT, WIDTH, RIGHT = 8, 262, 50  # as wide as a phone: nothing to scroll
NAME = 38  # letters of the name of a bar
MOST_POINTS = 12
"""The last ones are drawn: the table beside the chart has them all."""
MOST_WRITTEN = 5
"""Values that are all written beside their point; above, the first, the last and the highest are."""


def trend(title: str, points: Sequence[tuple[datetime.date, Decimal]]) -> str:
    """The SVG of the values of an indicator, by day; "" below two values: there is no line to draw."""
    kept = sorted(points)[-MOST_POINTS:]
    if len(kept) < 2:
        return ""
    first, last = kept[0][0], kept[-1][0]
    top = float(max(value for _day, value in kept)) or 1.0
    frame = Frame(220, 170, max((last - first).days, 1), top * 1.15, (46, 40, 50, 50))
    pairs = [(float((day - first).days), float(value)) for day, value in kept]
    labels = [
        Label(x, y + frame.up(20), french.number(value, 2), align="center", bold=True)
        for rank, ((x, y), (_day, value)) in enumerate(zip(pairs, kept, strict=True))
        if rank in _written([value for _day, value in kept])
    ]
    ends = [
        Label(pairs[0][0], -frame.up(20), _short(first), SOFT_INK, "center"),
        Label(pairs[-1][0], -frame.up(20), _short(last), SOFT_INK, "center"),
    ]
    layers = [line(pairs, 0), *(marker(pair, 0) for pair in pairs), *texts([*labels, *ends])]
    said = " ; ".join(f"{french.day(day)} : {french.number(value, 2)}" for day, value in kept)
    return accessible(render(layers, frame, None, None), f"{title} : évolution", f"{said}.")


def _written(values: Sequence[Decimal]) -> set[int]:
    """The ranks of the values that are written: side by side, more would cover each other."""
    if len(values) <= MOST_WRITTEN:
        return set(range(len(values)))
    return {0, values.index(max(values)), len(values) - 1}


def counted_bars(title: str, rows: Sequence[tuple[str, int]], unit: str = "réponse") -> str:
    """The SVG of how many chose each answer; "" when nobody did."""
    longest = max((count for _name, count in rows), default=0)
    if not longest:
        return ""
    height = ROW * len(rows)
    frame = Frame(WIDTH, height, longest, height, (LEFT, 16, RIGHT, 12))
    layers = []
    for rank, (name, count) in enumerate(rows):
        y = height - ROW * rank - ROW * 2 / 3
        layers += [bar(count, y, 0)] if count else []
        layers += texts(
            [
                Label(0, y + 25, shorten(name, NAME), SOFT_INK),
                Label(count + frame.across(10), y, french.number(count), bold=True),
            ]
        )
    said = " ; ".join(f"{name} : {french.number(count)} {french.plural(count, unit)}" for name, count in rows)
    return accessible(render(layers, frame, None, None), title, f"{said}.")


def _short(day: datetime.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"
