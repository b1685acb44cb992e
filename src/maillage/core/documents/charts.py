"""Charts as SVG: one description (Vega-Lite), the same image in pages and in documents, no script.

Positions are computed here, never measured from a font, so the same values give the same bytes on any machine.
Lines differ by their dash and by the name written on them, not only by their colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.core.documents.drawing import (
    COLOURS,
    SOFT_INK,
    Axis,
    Frame,
    Label,
    Layer,
    line,
    marker,
    render,
    rule,
    texts,
)
from maillage.core.documents.scales import graduations
from maillage.core.documents.svg import accessible
from maillage.core.kernel.french import euros, number, plural
from maillage.core.kernel.problems import shorten

EUROS, PATIENTS = "$,.0f", ",.0f"
NAME_LENGTH = 20
ROW = 20  # height of a line of text, in pixels
LABEL_WIDTH = 175  # room of a reference label, in pixels


@dataclass(frozen=True)
class AmountPoint:
    """A patientèle and the yearly amount in euros that it gives; ``None`` when the amount is « à confirmer »."""

    patients: int
    amount: Decimal | float | str | None


@dataclass(frozen=True)
class Scenario:
    """A curve: its name, its points, and the point where the structure stands (``None``: not shown)."""

    name: str
    points: Sequence[AmountPoint]
    current: AmountPoint | None = None


@dataclass(frozen=True)
class Reference:
    """A patientèle worth a thin vertical line, with what it means (« patientèle de référence »)."""

    patients: int
    label: str


def amounts_by_patientele(
    points: Sequence[AmountPoint],
    current: AmountPoint | None = None,
    comparison: Scenario | None = None,
    *,
    name: str = "Votre situation",
    references: Sequence[Reference] = (),
) -> str:
    """The SVG of the yearly ACI amount (euros) against the patientèle, for one situation or two side by side.

    Points whose amount is unknown are left out; where none is known there is nothing to draw and the answer is "".
    """
    scenarios = [Scenario(name, points, current)] + ([comparison] if comparison else [])
    curves = [curve for rank, scenario in enumerate(scenarios) if (curve := _curve(scenario, rank)).points]
    if not curves:
        return ""
    frame = _frame(curves, references)
    title = "Montant annuel de l’ACI selon la patientèle"
    return accessible(_draw(curves, references, frame), title, " ".join(_sentence(curve) for curve in curves))


@dataclass(frozen=True)
class _Curve:
    """A scenario whose amounts are known, in floats, by growing patientèle; ``rank`` gives its colour and dash."""

    name: str
    points: Sequence[tuple[float, float]]
    current: tuple[float, float] | None
    rank: int


def _curve(scenario: Scenario, rank: int) -> _Curve:
    points = sorted(pair for point in scenario.points if (pair := _pair(point)))
    return _Curve(scenario.name, points, _pair(scenario.current), rank)


def _pair(point: AmountPoint | None) -> tuple[float, float] | None:
    if point is None or point.amount is None:
        return None
    return float(point.patients), float(point.amount)


def _frame(curves: Sequence[_Curve], references: Sequence[Reference]) -> Frame:
    every = [pair for curve in curves for pair in (*curve.points, *([curve.current] if curve.current else []))]
    right = max([x for x, _ in every] + [reference.patients for reference in references])
    top = graduations(max(y for _, y in every) or 10_000)[-1]
    return Frame(width=430, height=280, right=right or 1, top=top, margins=(90, 84, 170, 60))


def _draw(curves: Sequence[_Curve], references: Sequence[Reference], frame: Frame) -> str:
    ticks = [tick for tick in graduations(frame.right, 4) if tick <= frame.right]
    across, up = Axis(ticks, PATIENTS, "Patientèle (patients)"), Axis(graduations(frame.top), EUROS, grid=True)
    return render(_layers(curves, references, frame), frame, across, up)


def _layers(curves: Sequence[_Curve], references: Sequence[Reference], frame: Frame) -> list[Layer]:
    heads = _reference_labels(curves, references, frame)
    standing = [curve for curve in curves if curve.current]
    written = [*heads, *_end_labels(curves, frame), *_amount_labels(standing, frame), _heading(frame)]
    return [
        *(rule(label.x, label.y - frame.up(ROW / 2)) for label in heads),
        *(line(curve.points, curve.rank) for curve in curves),
        *(marker(curve.current, curve.rank) for curve in standing if curve.current),
        *texts(written),
    ]


def _heading(frame: Frame) -> Label:
    return Label(-frame.across(78), frame.top + frame.up(64), "Montant annuel de l’ACI")


def _reference_labels(curves: Sequence[_Curve], references: Sequence[Reference], frame: Frame) -> list[Label]:
    """One label per reference, above the plot, on as many rows as needed for them not to touch."""
    here = {curve.current[0]: _patients(curve.current[0]) for curve in curves if curve.current}
    wanted = sorted(({reference.patients: reference.label for reference in references} | here).items())
    ends: list[float] = []
    labels = []
    for x, text in wanted:
        left = x - frame.across(LABEL_WIDTH / 2)
        row = next((rank for rank, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [x + frame.across(LABEL_WIDTH / 2)]
        labels.append(Label(x, frame.top + frame.up(16 + ROW * row), text, SOFT_INK, "center"))
    return labels


def _patients(count: float) -> str:
    return f"{number(count, 0)}\u00a0{plural(count, 'patient')}"


def _end_labels(curves: Sequence[_Curve], frame: Frame) -> list[Label]:
    """The name of each curve at its right end."""
    heights = _apart([curve.points[-1][1] for curve in curves], frame.up(ROW))
    return [
        Label(x + frame.across(10), height, shorten(curve.name, NAME_LENGTH), COLOURS[curve.rank], bold=True)
        for curve, height in zip(curves, heights, strict=True)
        for x in (curve.points[-1][0],)
    ]


def _apart(heights: Sequence[float], gap: float) -> Sequence[float]:
    """One or two heights, moved apart around their middle when they are nearer than ``gap``; never below the axis."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= gap:
        return heights
    middle = max(sum(heights) / 2, gap / 2)
    half = gap / 2 if heights[0] >= heights[1] else -gap / 2
    return middle + half, middle - half


def _amount_labels(standing: Sequence[_Curve], frame: Frame) -> list[Label]:
    """The amount beside each dot: above it for the highest, under it for the other."""
    ranked = sorted(standing, key=lambda curve: -(curve.current or (0, 0))[1])
    labels = []
    for curve, shift in zip(ranked, (ROW, -ROW), strict=False):
        x, y = curve.current or (0, 0)
        align = "right" if x > frame.right * 0.75 else "left" if x < frame.right * 0.15 else "center"
        height = max(y + frame.up(shift), frame.up(ROW / 2))
        labels.append(Label(x, height, euros(y, cents=False), COLOURS[curve.rank], align, bold=True))
    return labels


def _sentence(curve: _Curve) -> str:
    (first, low), (last, high) = curve.points[0], curve.points[-1]
    text = f"{curve.name} : de {euros(low)} pour {_patients(first)} à {euros(high)} pour {_patients(last)}"
    if curve.current:
        text += f" ; {euros(curve.current[1])} pour {_patients(curve.current[0])}"
    return text + "."
