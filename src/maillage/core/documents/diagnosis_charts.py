"""The charts of a diagnosis: ages, densities, comparisons, trends. The same image in pages and in documents.

``chart(told, code)`` takes ``Diagnosis.as_dict()`` and one of the codes of its sections.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.documents.drawing import MUTED, SOFT_INK, Frame, Label, Layer, bar, line, marker, render, rule, texts
from maillage.core.documents.svg import accessible
from maillage.core.kernel import french
from maillage.core.kernel.problems import shorten
from maillage.core.territory.diagnosis.sections import CARERS

Told = Mapping[str, Any]
ROW = 34  # height of a bar and of its gap, in pixels
LEFT, WIDTH, RIGHT = 245, 300, 130
GROUP = 30  # height of the name of a group of bars, in pixels
NAME = 30  # letters of the name of a place
HERE = "Ce territoire"
AGES = ("population.0_19", "population.20_64", "population.65_plus", "population.75_plus")
DENSITY = ".densite"
FRANCE = "france"
PER_FRANCE = 100
FAMILIES = ("offre.", "equipement.")
PHARMACY = "pharmacie"


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its length, the value written at its end, whether it is that of the territory."""

    name: str
    length: float
    text: str
    here: bool = False


@dataclass(frozen=True)
class Group:
    """Bars under one name, empty for a single group."""

    name: str
    bars: tuple[Bar, ...]


def chart(told: Told, code: str) -> str:
    """The SVG of a chart of the diagnosis; "" when its figures are not known. Raises ``KeyError`` on another code."""
    kind, _, figure = code.partition(":")
    return DRAWERS[kind](told, figure)


def caption(told: Told, code: str) -> str:
    """What a chart shows, in words, for its caption."""
    kind, _, name = code.partition(":")
    if kind in ("comparaison", "evolution"):
        return f"{_figures(told)[name]['libelle']} : {'comparaison' if kind == 'comparaison' else 'évolution'}"
    return {"ages": "Part des habitants par âge", "densites": "Densité de l'offre, la France valant 100"}[kind]


def _ages(told: Told, _name: str) -> str:
    figures = _figures(told)
    shown = [figures[f"{code}.part"] for code in AGES if f"{code}.part" in figures]
    groups = [Group(figure["libelle"], _places(figure)) for figure in shown]
    return _draw([group for group in groups if group.bars], "Part des habitants par âge", "%")


def _comparison(told: Told, name: str) -> str:
    figure = _figures(told)[name]
    return _draw([Group("", _places(figure))], figure["libelle"], figure["unite"])


def _densities(told: Told, _name: str) -> str:
    """Each density of the territory as a share of that of France: professions whose scales differ stand together."""
    figures = _figures(told)
    wanted = [[f"{family}{name}{DENSITY}" for name in (*CARERS, PHARMACY)] for family in FAMILIES]
    families = [[code for code in codes if code in figures] for codes in wanted]
    codes = next((codes for codes in families if codes), [])
    bars = tuple(bar for code in codes if (bar := _share_of_france(figures[code])))
    return _draw([Group("", bars)], "Densité de l'offre, la France valant 100", "", reference=PER_FRANCE)


def _share_of_france(figure: Told) -> Bar | None:
    country = next((each["valeur"] for each in figure["comparaisons"] if each["niveau"] == FRANCE), None)
    if figure["valeur"] is None or not country:
        return None
    share = PER_FRANCE * figure["valeur"] / country
    name = figure["libelle"].removesuffix(" pour 100 000 habitants").removesuffix(" en exercice")
    return Bar(name, share, french.number(share, 0), here=True)


def _trend(told: Told, name: str) -> str:
    figure = _figures(told)[name]
    points = [point for point in figure["evolution"] if point["valeur"] is not None]
    if len(points) < 2:
        return ""
    top = max(point["valeur"] for point in points) or 1
    frame = Frame(430, 200, len(points) - 1, top * 1.15, (60, 40, 90, 50))
    pairs = [(float(rank), float(point["valeur"])) for rank, point in enumerate(points)]
    labels = [
        label
        for (x, y), point in zip(pairs, points, strict=True)
        for label in (
            Label(x, y + frame.up(20), point["texte"], align="center", bold=True),
            Label(x, -frame.up(20), shorten(point["millesime"], 14), SOFT_INK, "center"),
        )
    ]
    layers = [line(pairs, 0), *(marker(pair, 0) for pair in pairs), *texts(labels)]
    said = " ; ".join(f"{point['millesime']} : {point['texte']}" for point in points)
    return accessible(render(layers, frame, None, None), f"{figure['libelle']} : évolution", f"{said}.")


DRAWERS = {"ages": _ages, "comparaison": _comparison, "densites": _densities, "evolution": _trend}


def _places(figure: Told) -> tuple[Bar, ...]:
    """The territory, then the places it is compared with."""
    if figure["valeur"] is None:
        return ()
    others = (
        Bar(each["nom"], each["valeur"], each["texte"]) for each in figure["comparaisons"] if each["valeur"] is not None
    )
    return (Bar(HERE, figure["valeur"], figure["texte"], here=True), *others)


def _draw(groups: Sequence[Group], title: str, unit: str, reference: float | None = None) -> str:
    bars = [each for group in groups for each in group.bars]
    if not bars:
        return ""
    headed = [group for group in groups if group.name]
    height = ROW * len(bars) + GROUP * len(headed)
    longest = max(*(each.length for each in bars), reference or 0) or 1
    frame = Frame(WIDTH, height, longest, height, (LEFT, 24, RIGHT, 12))
    layers = _reference(reference, frame) if reference is not None else []
    down = 0
    for group in groups:
        if group.name:
            down += GROUP
            layers += texts([Label(-frame.across(LEFT - 8), height - down + 12, group.name, bold=True)])
        for each in group.bars:
            layers += _bar(each, height - down - ROW / 2, frame)
            down += ROW
    return accessible(render(layers, frame, None, None), title, _said(groups, unit))


def _reference(value: float, frame: Frame) -> list[Layer]:
    """A dotted line at a value, named above the bars."""
    return [
        rule(value, frame.top),
        *texts([Label(value, frame.top + 12, f"France = {french.number(value)}", SOFT_INK, "center")]),
    ]


def _bar(each: Bar, y: float, frame: Frame) -> list[Layer]:
    labels = [
        Label(-frame.across(12), y, shorten(each.name, NAME), SOFT_INK, "right"),
        Label(each.length + frame.across(8), y, each.text, bold=each.here),
    ]
    drawn = [bar(each.length, y, 0, "" if each.here else MUTED)] if each.length else []
    return [*drawn, *texts(labels)]


def _said(groups: Sequence[Group], unit: str) -> str:
    """The values in one sentence a group, for who does not see the bars."""
    sentences = []
    for group in groups:
        said = " ; ".join(
            f"{each.name} : {each.text}{french.NO_BREAK_SPACE if unit else ''}{unit}" for each in group.bars
        )
        sentences.append(f"{group.name} — {said}." if group.name else f"{said}.")
    return " ".join(sentences)


def _figures(told: Told) -> dict[str, Told]:
    return {figure["code"]: figure for section in told["sections"] for figure in section["chiffres"]}
