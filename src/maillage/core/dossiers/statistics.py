"""Delays, outcomes and load of a set of dossiers. Small groups are not told: a person could be recognised in them.

A group of fewer than :data:`SMALL` dossiers has no delay; reviewers are named only when there are :data:`SMALL` of them
at least, and one with fewer dossiers is counted with the others.
"""

import datetime
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

SMALL = 5
"""Below, a group is too small to be told."""
Outcome = str
OPEN = "en_cours"


@dataclass(frozen=True)
class Filed:
    """A filed dossier. ``outcome`` is the sense of its decision, « retire », « classe » or « en_cours ».

    ``ended`` is the day of that outcome; ``suspended`` the days that its clock stood still; ``due`` the last day of its
    legal delay when it has one; ``holder`` names who reviews it, empty when nobody does.
    """

    kind: str
    departement: str
    received: datetime.date
    ended: datetime.date | None
    outcome: Outcome
    suspended: int
    due: datetime.date | None
    requests: int
    holder: str


@dataclass(frozen=True)
class Delays:
    """Days from the reception to the outcome, suspensions left out. ``None`` everywhere when the group is small."""

    count: int
    median: float | None
    ninth: int | None
    longest: int | None
    in_time: int | None
    with_delay: int | None


@dataclass(frozen=True)
class Load:
    """What a reviewer holds: open dossiers, those whose delay is over, and those ended in the period."""

    name: str
    open: int
    late: int
    ended: int


@dataclass(frozen=True)
class Line:
    """A group of dossiers (a kind, a département, a month)."""

    key: str
    filed: int
    open: int
    outcomes: dict[Outcome, int]
    delays: Delays


def line(key: str, dossiers: Sequence[Filed]) -> Line:
    """The figures of a group."""
    outcomes = Counter(each.outcome for each in dossiers)
    return Line(
        key=key,
        filed=len(dossiers),
        open=outcomes.pop(OPEN, 0),
        outcomes=dict(sorted(outcomes.items())),
        delays=delays_of(dossiers),
    )


def lines(dossiers: Iterable[Filed], by: Callable[[Filed], str]) -> tuple[Line, ...]:
    """The figures of each group, by its key."""
    groups: dict[str, list[Filed]] = {}
    for each in dossiers:
        groups.setdefault(by(each), []).append(each)
    return tuple(line(key, groups[key]) for key in sorted(groups))


def delays_of(dossiers: Sequence[Filed]) -> Delays:
    """The delays of those that ended by a decision.

    The median is the mean of the two middle values of an even count; the ninth decile is the nearest rank.
    """
    decided = [each for each in dossiers if each.ended is not None and each.outcome not in ("retire", "classe")]
    if len(decided) < SMALL:
        return Delays(len(decided), None, None, None, None, None)
    days = sorted(_days(each) for each in decided)
    bound = [each for each in decided if each.due is not None]
    told = len(bound) >= SMALL
    return Delays(
        count=len(days),
        median=(days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2,
        ninth=days[math.ceil(0.9 * len(days)) - 1],
        longest=days[-1],
        in_time=sum(_in_time(each) for each in bound) if told else None,
        with_delay=len(bound) if told else None,
    )


def loads(dossiers: Iterable[Filed], today: datetime.date) -> tuple[Load, ...]:
    """The load of each reviewer, those without a name last.

    With fewer than :data:`SMALL` reviewers nobody is named; one with fewer than :data:`SMALL` dossiers is counted
    within « les autres ».
    """
    held: dict[str, list[Filed]] = {}
    for each in dossiers:
        if each.holder:
            held.setdefault(each.holder, []).append(each)
    if not held:
        return ()
    if len(held) < SMALL:
        return (_load("", [each for rows in held.values() for each in rows], today),)
    named = {name: rows for name, rows in held.items() if len(rows) >= SMALL}
    rest = [each for name, rows in held.items() if name not in named for each in rows]
    found = [_load(name, rows, today) for name, rows in sorted(named.items())]
    return (*found, *([_load("", rest, today)] if rest else []))


def _load(name: str, rows: Sequence[Filed], today: datetime.date) -> Load:
    waiting = [each for each in rows if each.ended is None]
    late = sum(1 for each in waiting if each.due is not None and each.due < today)
    return Load(name, len(waiting), late, len(rows) - len(waiting))


def _days(filed: Filed) -> int:
    ended = filed.ended or filed.received
    return max((ended - filed.received).days - filed.suspended, 0)


def _in_time(filed: Filed) -> bool:
    return filed.ended is not None and filed.due is not None and filed.ended <= filed.due
