"""The maturity of a team: axes, what the levels given alone say together, the states of a round.

Method: aci_msp.md §7. Each member scores alone; then the team agrees, by majority, dimension by dimension; it ends
with dated actions that someone owns.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data" / "maturite.yaml"
OPEN, REVEALED, CLOSED, CANCELLED = "ouverte", "revelee", "close", "annulee"
TRANSITIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "reveler": ((OPEN,), REVEALED),
    "annuler": ((OPEN,), CANCELLED),
    "clore": ((REVEALED,), CLOSED),
    "rouvrir": ((CLOSED,), REVEALED),
}
"""By act: the states where it may be done, the state where it leads. Levels once seen are never hidden again."""
FEWEST_LEVELS, MOST_LEVELS = 2, 10


@dataclass(frozen=True)
class Axis:
    """An axis of the matrix and the names of its dimensions that a source establishes."""

    code: str
    title: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """The matrix, as far as our sources establish it; ``doubt`` says what they do not."""

    axes: tuple[Axis, ...]
    source: str
    url: str
    doubt: str


@functools.cache
def matrix() -> Matrix:
    """The axes of the HAS."""
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    axes = tuple(Axis(code, each["titre"], tuple(each["dimensions"])) for code, each in told["axes"].items())
    return Matrix(axes, told["source"], told["url"], told["a_confirmer"])


def majority(levels: Iterable[int]) -> int | None:
    """The level that more than half of those who scored gave; ``None`` when there is none: the team talks.

    >>> majority([3, 3, 2]), majority([3, 2]), majority([])
    (3, None, None)
    """
    counts = Counter(levels)
    if not counts:
        return None
    level, count = counts.most_common(1)[0]
    return level if 2 * count > counts.total() else None


def distribution(levels: Iterable[int], top: int) -> tuple[int, ...]:
    """How many gave each level, from 1 to ``top``.

    >>> distribution([3, 3, 1], 4)
    (1, 0, 2, 0)
    """
    counts = Counter(levels)
    return tuple(counts[level] for level in range(1, top + 1))
