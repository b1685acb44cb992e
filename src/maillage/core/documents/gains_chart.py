"""How many structures a reform makes gain or lose, and how much: horizontal bars, from the greatest gain down."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.core.documents.drawing import SOFT_INK, Frame, Label, Layer, bar, render, texts
from maillage.core.documents.scales import graduations
from maillage.core.documents.svg import accessible
from maillage.core.kernel.french import euros, number, plural

CLASSES = 4
ROW = 34  # height of a bar and of its gap, in pixels
LEFT, WIDTH = 250, 330


@dataclass(frozen=True)
class Class:
    """Structures whose gap lies in the same interval: ``label`` in French, ``count`` of them, gains or losses."""

    label: str
    count: int
    loss: bool


def classes(gaps: Sequence[float]) -> list[Class]:
    """The gaps (euros, negative for a loss) by round intervals, the greatest gains first, « inchangé » in the middle.

    Intervals at the two ends that hold nothing are left out.
    """
    step = graduations(max((abs(gap) for gap in gaps), default=0), CLASSES)[1]
    gains = [_class(gaps, rank, step, 1) for rank in range(CLASSES + 1, 0, -1)]
    losses = [_class(gaps, rank, step, -1) for rank in range(1, CLASSES + 2)]
    same = Class("inchangé", sum(gap == 0 for gap in gaps), loss=False)
    return [*_from_first(gains), same, *reversed(_from_first(losses[::-1]))]


def gains_chart(gaps: Sequence[float]) -> str:
    """The SVG of the classes; "" when there is nothing to draw."""
    rows = classes(gaps)
    if not gaps:
        return ""
    frame = Frame(WIDTH, ROW * len(rows), max(row.count for row in rows) or 1, len(rows), (LEFT, 20, 90, 20))
    layers = [layer for rank, row in enumerate(rows) for layer in _bar(row, len(rows) - rank - 0.5, frame)]
    told = " ; ".join(f"{row.label} : {number(row.count)} {plural(row.count, 'structure')}" for row in rows)
    return accessible(
        render(layers, frame, None, None), "Ce que la réforme change, structure par structure", f"{told}."
    )


def _bar(row: Class, y: float, frame: Frame) -> list[Layer]:
    labels = [
        Label(-frame.across(12), y, row.label, SOFT_INK, "right"),
        Label(row.count + frame.across(8), y, number(row.count), bold=True),
    ]
    bars = [bar(row.count, y, 1 if row.loss else 0)] if row.count else []
    return [*bars, *texts(labels)]


def _class(gaps: Sequence[float], rank: int, step: float, sign: int) -> Class:
    """Gaps above ``rank - 1`` steps and at most ``rank`` steps, on one side of zero."""
    low, high = step * (rank - 1), step * rank
    count = sum(low < gap * sign <= high for gap in gaps)
    verb = "gagne" if sign > 0 else "perd"
    label = f"{verb} jusqu’à {_money(high)}" if rank == 1 else f"{verb} de {_money(low)} à {_money(high)}"
    return Class(label, count, loss=sign < 0)


def _money(amount: float) -> str:
    return euros(amount, cents=not math.isclose(amount, round(amount)))


def _from_first(found: list[Class]) -> list[Class]:
    """The classes from the first that holds something on."""
    first = next((rank for rank, row in enumerate(found) if row.count), len(found))
    return found[first:]
