"""Whether a place is open at a moment, in words that anybody reads. Pure values."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from maillage.core.kernel import french
from maillage.core.opening.closures import Period
from maillage.core.opening.week import Week, closes_at

FAR = 60
"""Days that are looked at, ahead."""
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NO_HOUR = "Horaires à confirmer"


@dataclass(frozen=True)
class Standing:
    """What a place is at a moment. « inconnu » when nothing told allows to say."""

    state: Literal["ouvert", "ferme", "inconnu"]
    words: str


@dataclass(frozen=True)
class Days:
    """The days that are not usual: closures, public holidays by their names, and whether the place opens on these.

    ``on_holidays`` is ``None`` when it is not told.
    """

    closures: tuple[Period, ...] = ()
    holidays: Mapping[datetime.date, str] | None = None
    on_holidays: bool | None = None

    def is_closed(self, day: datetime.date) -> bool:
        """Whether the place is closed all day, or may be."""
        off = bool(self.holidays and day in self.holidays and not self.on_holidays)
        return off or any(each.holds(day) for each in self.closures)


def standing(week: Week, days: Days, moment: datetime.datetime) -> Standing:
    """What a place is at a moment of its own zone.

    >>> at = datetime.time
    >>> week = {0: [(at(9), at(12))]}
    >>> standing(week, Days(), datetime.datetime(2026, 11, 23, 10)).words
    'Ouvert, ferme à 12 h'
    """
    if not any(week.values()):
        return Standing("inconnu", NO_HOUR)
    today = moment.date()
    name = (days.holidays or {}).get(today)
    closed = max((each.until for each in days.closures if each.holds(today)), default=None)
    if closed is None and name and days.on_holidays is None and week.get(today.weekday()):
        return Standing("inconnu", f"Jour férié ({name}) : appelez avant de venir")
    if not days.is_closed(today) and (until := closes_at(week, moment)):
        return Standing("ouvert", f"Ouvert, ferme à {hour(until)}")
    return Standing("ferme", _closed(week, days, moment, name))


def hour(time: datetime.time) -> str:
    """« 9 h », « 8 h 30 »."""
    return f"{time.hour} h {time.minute:02}" if time.minute else f"{time.hour} h"


def _closed(week: Week, days: Days, moment: datetime.datetime, holiday: str | None) -> str:
    why = f"Fermé aujourd’hui ({holiday})" if holiday else "Fermé"
    following = _next(week, days.is_closed, moment)
    if following is None:
        return why
    day, opens = following
    return f"{why}, ouvre {_day(day, moment.date())} à {hour(opens)}"


def _next(
    week: Week, is_closed: Callable[[datetime.date], bool], moment: datetime.datetime
) -> tuple[datetime.date, datetime.time] | None:
    for ahead in range(FAR):
        day = moment.date() + datetime.timedelta(days=ahead)
        if is_closed(day):
            continue
        for opens, _closes in week.get(day.weekday(), ()):
            if ahead or opens > moment.time():
                return day, opens
    return None


def _day(day: datetime.date, today: datetime.date) -> str:
    ahead = (day - today).days
    if ahead < 2:
        return ("aujourd’hui", "demain")[ahead]
    return f"{WEEKDAYS[day.weekday()]} {french.day(day)}"


def coming(closures: Iterable[Period], today: datetime.date, days: int) -> list[Period]:
    """The closures that run or start within some days."""
    last = today + datetime.timedelta(days=days)
    return sorted(each for each in closures if each.until >= today and each.since <= last)
