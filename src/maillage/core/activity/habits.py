"""What the meetings that were held say of the habits of a team: when, where, how long. Nothing under three meetings."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

FEWEST = 3
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class Held:
    """A meeting that was held: its start at the place of the team, in minutes how long it lasted."""

    kind: str
    start: datetime.datetime
    minutes: int
    place: str


@dataclass(frozen=True)
class Habit:
    """What is usual for a kind of meeting: what at least half of them share, ``None`` when there is nothing usual."""

    kind: str
    count: int
    minutes: int
    weekday: int | None
    hour: datetime.time | None
    place: str | None


def habits(meetings: Iterable[Held]) -> list[Habit]:
    """By kind, the most frequent first; a kind that was held less than three times has no habit."""
    by_kind: dict[str, list[Held]] = defaultdict(list)
    for each in meetings:
        by_kind[each.kind].append(each)
    found = [_habit(kind, rows) for kind, rows in by_kind.items() if len(rows) >= FEWEST]
    return sorted(found, key=lambda each: (-each.count, each.kind))


def usual(values: Iterable[Value]) -> Value | None:
    """The value that at least half of them are; ``None`` when there is none.

    >>> usual(["mardi", "mardi", "jeudi"]), usual(["mardi", "lundi", "jeudi"])
    ('mardi', None)
    """
    counts = Counter(values)
    value, count = max(counts.items(), key=lambda each: each[1])
    return value if 2 * count >= counts.total() else None


def _habit(kind: str, rows: list[Held]) -> Habit:
    return Habit(
        kind,
        len(rows),
        round(median(each.minutes for each in rows)),
        usual(each.start.weekday() for each in rows),
        usual(each.start.time() for each in rows),
        usual(each.place for each in rows) or None,
    )
