"""A radar as SVG: the levels of a round of scoring beside those of the last one. The page shows the same as a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.core.documents.drawing import COLOURS, FONT, GRID, SOFT_INK, SURFACE
from maillage.core.documents.svg import accessible

SIZE, RADIUS, LABEL = 360, 140, 160
FEWEST = 3
"""Directions below which a radar says nothing."""
DASHES = ("", ' stroke-dasharray="7 5"')


@dataclass(frozen=True)
class Curve:
    """A name, and a level for each direction; ``None`` when the team has no level there."""

    name: str
    levels: Sequence[int | None]


def radar(title: str, directions: Sequence[str], curves: Sequence[Curve], top: int) -> str:
    """The SVG of at most two curves; the directions are numbered from 1, as in the table. "" below three directions."""
    if len(directions) < FEWEST or top < 1:
        return ""
    count = len(directions)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">',
        f'<rect width="{SIZE}" height="{SIZE}" fill="{SURFACE}"/>',
        *(_ring(level / top, count) for level in range(1, top + 1)),
        *(_spoke(rank, count) for rank in range(count)),
        *(_curve(each, rank, top) for rank, each in enumerate(curves[: len(DASHES)])),
        "</svg>",
    ]
    return accessible("".join(parts), title, _said(directions, curves, top))


def _at(rank: int, count: int, distance: float) -> tuple[float, float]:
    angle = 2 * math.pi * rank / count - math.pi / 2
    return round(SIZE / 2 + distance * math.cos(angle), 1), round(SIZE / 2 + distance * math.sin(angle), 1)


def _ring(share: float, count: int) -> str:
    points = " ".join(f"{x},{y}" for x, y in (_at(rank, count, RADIUS * share) for rank in range(count)))
    return f'<polygon points="{points}" fill="none" stroke="{GRID}"/>'


def _spoke(rank: int, count: int) -> str:
    x, y = _at(rank, count, RADIUS)
    at, up = _at(rank, count, LABEL)
    line = f'<line x1="{SIZE / 2}" y1="{SIZE / 2}" x2="{x}" y2="{y}" stroke="{GRID}"/>'
    text = f'font-family="{FONT}" font-size="14" fill="{SOFT_INK}" text-anchor="middle" dominant-baseline="middle"'
    return f'{line}<text x="{at}" y="{up}" {text}>{rank + 1}</text>'


def _curve(curve: Curve, rank: int, top: int) -> str:
    """The levels that are known, joined; each is a point of its own."""
    count, colour = len(curve.levels), COLOURS[rank]
    known = [_at(each, count, RADIUS * level / top) for each, level in enumerate(curve.levels) if level is not None]
    points = " ".join(f"{x},{y}" for x, y in known)
    line = f'<polygon points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"{DASHES[rank]}/>'
    return line + "".join(f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>' for x, y in known)


def _said(directions: Sequence[str], curves: Sequence[Curve], top: int) -> str:
    told = []
    for curve in curves:
        levels = (
            f"{rank}, {name} : {'aucun niveau' if level is None else level}"
            for rank, (name, level) in enumerate(zip(directions, curve.levels, strict=True), start=1)
        )
        told.append(f"{curve.name}, sur {top} : {' ; '.join(levels)}.")
    return " ".join(told)
