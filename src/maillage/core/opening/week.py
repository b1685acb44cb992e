"""The week of a place: how long it is open each day, and what it is at a moment. Pure values."""

import datetime
from collections.abc import Mapping, Sequence

Spans = Sequence[tuple[datetime.time, datetime.time]]
"""From an hour to another, in order."""
Week = Mapping[int, Spans]
"""The spans of each day; 0 is Monday, a day that is absent is closed."""
WORKED, SATURDAY, DAYS = range(5), 5, 7
NOON = datetime.time.fromisoformat("12:00")


def amplitude(week: Week) -> float | None:
    """Hours from the first opening to the last closing, on the shortest day from Monday to Friday.

    0 when one of these days is closed, ``None`` when no hour of the week is told.

    >>> at = datetime.time
    >>> amplitude({day: [(at(8), at(12)), (at(14), at(20))] for day in WORKED})
    12.0
    """
    if not any(week.values()):
        return None
    return min(_length(week.get(day, ())) for day in WORKED)


def shortest(week: Week) -> tuple[int, ...]:
    """The days from Monday to Friday whose amplitude is the least."""
    least = amplitude(week)
    return tuple(day for day in WORKED if least is not None and _length(week.get(day, ())) == least)


def has_a_break(week: Week) -> bool:
    """Whether the place closes in the middle of one of its worked days."""
    return any(len(week.get(day, ())) > 1 for day in WORKED)


def is_open_on_saturday_morning(week: Week) -> bool | None:
    """Whether the place opens before noon on Saturday; ``None`` when no hour of the week is told."""
    if not any(week.values()):
        return None
    return any(opens < NOON for opens, _closes in week.get(SATURDAY, ()))


def closes_at(week: Week, moment: datetime.datetime) -> datetime.time | None:
    """When the place closes, open at this moment; ``None`` when it is closed."""
    now = moment.time()
    return next((closes for opens, closes in week.get(moment.weekday(), ()) if opens <= now < closes), None)


def _length(spans: Spans) -> float:
    if not spans:
        return 0.0
    opens, closes = min(each[0] for each in spans), max(each[1] for each in spans)
    minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    return minutes / 60
