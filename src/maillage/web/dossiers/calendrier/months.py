"""A month as it is shown: its weeks, what each day holds, the days off."""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from maillage.apps.dossiers.agenda import Place, days_off
from maillage.core.dossiers.calendar import SATURDAY, place_of_days
from maillage.core.kernel.french import MONTHS

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_DAY = datetime.timedelta(days=1)


class Dated(Protocol):
    """What stands on a day."""

    @property
    def day(self) -> datetime.date: ...


Entry = TypeVar("Entry", bound=Dated)


@dataclass(frozen=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        """« novembre 2026 »."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def code(self) -> str:
        """« 2026-11 », as the address writes it."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def weeks(self) -> list[list[datetime.date]]:
        """Its weeks, from Monday, with the days of the months around."""
        return calendar.Calendar().monthdatescalendar(self.year, self.number)

    def shifted(self, by: int) -> "Month | None":
        """A month before or after; ``None`` outside of what is shown."""
        rank = self.year * 12 + self.number - 1 + by
        return Month(rank // 12, rank % 12 + 1) if FIRST_YEAR <= rank // 12 <= LAST_YEAR else None


@dataclass(frozen=True)
class Day(Generic[Entry]):
    """A day: what it holds, its public holiday (empty when there is none), whether it is worked nowhere."""

    day: datetime.date
    entries: Sequence[Entry]
    off: str
    is_outside: bool
    is_today: bool

    @property
    def name(self) -> str:
        """« lundi »."""
        return WEEKDAYS[self.day.weekday()]

    @property
    def is_quiet(self) -> bool:
        """Whether it is a Saturday, a Sunday or a public holiday."""
        return bool(self.off) or self.day.weekday() >= SATURDAY


def month_of(text: str) -> Month | None:
    """A month from the address (« 2026-11 »); ``None`` when it cannot be read."""
    year, separator, number = text.partition("-")
    if not separator or not (year + number).isascii() or not year.isdecimal() or not number.isdecimal():
        return None
    if len(year) != 4 or len(number) != 2 or not 1 <= int(number) <= 12 or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    return Month(int(year), int(number))


def weeks_of(
    month: Month, entries: Iterable[Entry], places: Sequence[Place], today: datetime.date
) -> list[list[Day[Entry]]]:
    """The weeks of a month, each day with what it holds."""
    by_day: dict[datetime.date, list[Entry]] = {}
    for each in entries:
        by_day.setdefault(each.day, []).append(each)
    off = holidays_told(places, {day.year for week in month.weeks for day in week})
    return [
        [Day(day, by_day.get(day, ()), off.get(day, ""), day.month != month.number, day == today) for day in week]
        for week in month.weeks
    ]


def holidays_told(places: Sequence[Place], years: Iterable[int]) -> dict[datetime.date, str]:
    """By day, the public holidays of these places; where, when it is not in all of them."""
    found: dict[datetime.date, str] = {}
    for year in years:
        for day, named in days_off(places, year).items():
            found[day] = " ; ".join(dict.fromkeys(_named(named, len(set(places)))))
    return found


def _named(named: dict[Place, str], all_places: int) -> Iterator[str]:
    for name in dict.fromkeys(named.values()):
        where = dict.fromkeys(place_of_days(*place) for place, each in named.items() if each == name)
        yield name if len(named) == all_places else f"{name} ({', '.join(where)})"
