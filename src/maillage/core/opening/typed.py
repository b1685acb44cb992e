"""Periods of school holidays as a person types or pastes them: a name, a first day, a last day, line by line."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.core.opening.closures import Period

MOST_LINES, LONGEST_NAME, LONGEST = 60, 80, 120
"""Lines that are read; letters of a name; days of a period."""
APART = re.compile(r"\s*[;\t]\s*")
FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
EXPECTED = "un nom, un premier jour et un dernier jour (par exemple : Toussaint ; 17/10/2026 ; 01/11/2026)"


@dataclass(frozen=True)
class Named:
    """A period and what it is called."""

    name: str
    period: Period


@dataclass(frozen=True)
class Wrong:
    """A line that is not read: its rank, what it says, what is expected."""

    rank: int
    line: str
    expected: str


def read_periods(text: str) -> tuple[list[Named], list[Wrong]]:
    """The periods of a text, in the order of their days, and the lines that are not read.

    >>> [each.name for each in read_periods("Noël ; 19/12/2026 ; 03/01/2027")[0]]
    ['Noël']
    """
    found: dict[datetime.date, Named] = {}
    wrong: list[Wrong] = []
    lines = [(rank, line.strip()) for rank, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for rank, line in lines[:MOST_LINES]:
        try:
            named = _read(line)
            if named.period.since in found:
                raise ValueError("un autre premier jour : une période commence déjà ce jour-là")
        except ValueError as expected:
            wrong.append(Wrong(rank, line[:LONGEST_NAME], str(expected)))
        else:
            found[named.period.since] = named
    wrong += [Wrong(rank, line[:LONGEST_NAME], f"{MOST_LINES} lignes au plus") for rank, line in lines[MOST_LINES:]]
    return [found[day] for day in sorted(found)], wrong


def written(periods: Iterable[Named]) -> str:
    """The same periods as :func:`read_periods` reads them."""
    return "\n".join(f"{each.name} ; {each.period.since:%d/%m/%Y} ; {each.period.until:%d/%m/%Y}" for each in periods)


def _read(line: str) -> Named:
    parts = APART.split(line)
    if len(parts) != 3 or not parts[0]:
        raise ValueError(EXPECTED)
    since, until = _day(parts[1]), _day(parts[2])
    if not 0 <= (until - since).days < LONGEST:
        raise ValueError(f"un dernier jour qui ne précède pas le premier, {LONGEST} jours plus tard au plus")
    return Named(parts[0][:LONGEST_NAME], Period(since, until))


def _day(words: str) -> datetime.date:
    found = FRENCH.fullmatch(words)
    plain = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else words
    try:
        day = datetime.date.fromisoformat(plain)
    except ValueError:
        raise ValueError(EXPECTED) from None
    if not 2000 <= day.year <= 2100:
        raise ValueError(EXPECTED)
    return day
