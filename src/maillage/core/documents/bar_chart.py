"""Horizontal bars of yearly amounts: what is gained, what could still be gained, what is « à confirmer »."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.core.documents.drawing import COLOURS, INK, SOFT_INK, Frame, Label, Layer, bars, render, texts
from maillage.core.documents.scales import graduations
from maillage.core.documents.svg import accessible
from maillage.core.kernel.french import euros
from maillage.core.kernel.problems import shorten

Amount = Decimal | float | str | None

ROW = 34  # pixels from one bar to the next
THICKNESS = 16
NAME_LENGTH = 38
UNKNOWN = "à confirmer"


@dataclass(frozen=True)
class AmountBar:
    """A line of the chart: its name, the amount in euros (``None``: à confirmer), what could be added (or ``None``)."""

    label: str
    amount: Amount
    possible: Amount = None


def amounts_by_line(rows: Sequence[AmountBar], title: str) -> str:
    """The SVG of ``rows`` as bars, in their order from top to bottom; "" when there is no row.

    An unknown amount has no bar and says « à confirmer »; a possible gain is an outlined bar after the first.
    """
    if not rows:
        return ""
    reach = max(_value(row.amount) + _value(row.possible) for row in rows)
    top = graduations(reach)[-1] if reach else 1
    frame = Frame(width=240, height=ROW * len(rows), right=top, top=len(rows), margins=(300, 10, 200, 10))
    description = " ".join(f"{row.label} : {_amount(row)}." for row in rows)
    return accessible(render(_layers(rows, frame), frame, None, None), title, description)


def _layers(rows: Sequence[AmountBar], frame: Frame) -> list[Layer]:
    middles = [len(rows) - rank - 0.5 for rank in range(len(rows))]
    gained = [{"x": 0, "x2": _value(row.amount), "y": y} for row, y in zip(rows, middles, strict=True)]
    possible = [
        {"x": _value(row.amount), "x2": _value(row.amount) + _value(row.possible), "y": y}
        for row, y in zip(rows, middles, strict=True)
        if _value(row.possible)
    ]
    labels = [label for row, y in zip(rows, middles, strict=True) for label in _labels(row, y, frame)]
    return [bars(gained, COLOURS[0], THICKNESS), bars(possible, COLOURS[0], THICKNESS, hollow=True), *texts(labels)]


def _labels(row: AmountBar, y: float, frame: Frame) -> tuple[Label, Label]:
    end = _value(row.amount) + _value(row.possible)
    name = Label(-frame.across(12), y, shorten(row.label, NAME_LENGTH), INK, "right")
    return name, Label(end + frame.across(8), y, _amount(row), INK if _value(row.amount) else SOFT_INK)


def _value(amount: Amount) -> float:
    return 0.0 if amount is None else float(amount)


def _amount(row: AmountBar) -> str:
    known = UNKNOWN if row.amount is None else euros(row.amount, cents=False)
    gain = f" (+ {euros(row.possible, cents=False)})" if _value(row.possible) and row.possible is not None else ""
    return known + gain
