"""Days when a place is closed, told apart by the school holidays. Pure values."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """From a day to another, both included."""

    since: datetime.date
    until: datetime.date

    def days(self, year: int) -> Iterator[datetime.date]:
        """The days of the period that are in a year."""
        day = max(self.since, datetime.date(year, 1, 1))
        last = min(self.until, datetime.date(year, 12, 31))
        while day <= last:
            yield day
            day += ONE_DAY

    def holds(self, day: datetime.date) -> bool:
        """Whether a day is in the period."""
        return self.since <= day <= self.until


@dataclass(frozen=True)
class DaysClosed:
    """Days of a year when a place is closed, each counted once: in the school holidays, and outside them.

    Both are ``None`` when there are some and the school holidays of the year are not known.
    """

    total: int
    in_holidays: int | None
    outside: int | None


def days_closed(closures: Iterable[Period], holidays: Iterable[Period], year: int) -> DaysClosed:
    """What closures take of a year.

    >>> day = datetime.date
    >>> days_closed([Period(day(2026, 8, 1), day(2026, 8, 14))], [Period(day(2026, 7, 4), day(2026, 8, 31))], 2026)
    DaysClosed(total=14, in_holidays=14, outside=0)
    """
    closed = {day for each in closures for day in each.days(year)}
    known = {day for each in holidays for day in each.days(year)}
    if closed and not known:
        return DaysClosed(len(closed), None, None)
    return DaysClosed(len(closed), len(closed & known), len(closed - known))
