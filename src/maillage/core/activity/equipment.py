"""The share of a year during which a team was equipped: facts for the indicators, never their points."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """From the day a tool was acquired to the day it was left; ``None`` is still in use."""

    acquired_on: datetime.date
    ended_on: datetime.date | None = None


@dataclass(frozen=True)
class Share:
    """The days of a year with a tool. ``since``: the first of them."""

    since: datetime.date
    days: int
    of: int


def share_of(year: int, spans: Iterable[Span]) -> Share | None:
    """The days of a year on which at least one tool was in use; ``None`` when there is none.

    >>> share_of(2026, [Span(datetime.date(2026, 3, 15))])
    Share(since=datetime.date(2026, 3, 15), days=292, of=365)
    """
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    held: set[datetime.date] = set()
    for span in spans:
        begin, end = max(span.acquired_on, first), min(span.ended_on or last, last)
        held |= {begin + datetime.timedelta(days=rank) for rank in range((end - begin).days + 1)}
    return Share(min(held), len(held), (last - first).days + 1) if held else None
