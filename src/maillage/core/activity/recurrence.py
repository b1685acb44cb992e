"""The days of a series of meetings: how often, the rule that calendars read (RFC 5545), the days off that it skips."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from dateutil.rrule import rrulestr

ONCE = ""
RHYTHMS: Mapping[str, str] = {
    ONCE: "Une seule fois",
    "s1": "Chaque semaine",
    "s2": "Toutes les 2 semaines",
    "s3": "Toutes les 3 semaines",
    "s4": "Toutes les 4 semaines",
    "m1": "Chaque mois, le même rang (comme le 2e mardi)",
    "m1d": "Chaque mois, le dernier (comme le dernier mardi)",
    "m2": "Tous les 2 mois, le même rang",
    "m3": "Tous les 3 mois, le même rang",
}
"""How often a meeting may come again: the code of a form, its words."""
MOST = 60
"""Meetings of a series, at most: a weekly one of a year fits."""
LAST_RANK = 5
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class Days:
    """The days of a series: those where it meets, those off that it skips with their names."""

    kept: tuple[datetime.date, ...]
    skipped: tuple[tuple[datetime.date, str], ...]


def rule_of(rhythm: str, first: datetime.date) -> str:
    """The rule of a rhythm that begins on a day. Raises ``ValueError`` when the rhythm is not known.

    >>> rule_of("s2", datetime.date(2026, 12, 8)), rule_of("m1", datetime.date(2026, 12, 8))
    ('FREQ=WEEKLY;INTERVAL=2', 'FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU')
    """
    if rhythm == ONCE or rhythm not in RHYTHMS:
        raise ValueError("un rythme de la liste")
    interval = int(rhythm[1])
    if rhythm.startswith("s"):
        return f"FREQ=WEEKLY;INTERVAL={interval}"
    rank = (first.day - 1) // 7 + 1
    place = -1 if rhythm.endswith("d") or rank >= LAST_RANK else rank
    return f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={place}{WEEKDAYS[first.weekday()]}"


def days_of(
    rule: str, first: datetime.date, until: datetime.date, off: Mapping[datetime.date, str] | None = None
) -> Days:
    """The days of a rule from the first one to ``until`` included. ``off``: names of the days that it skips.

    Raises ``ValueError`` in French when there are none, or more than :data:`MOST`.
    """
    start = datetime.datetime.combine(first, datetime.time.min)
    end = datetime.datetime.combine(until, datetime.time.min)
    every: list[datetime.date] = []
    for moment in rrulestr(rule, dtstart=start):
        if moment > end:
            break
        if len(every) == MOST:
            raise ValueError(f"une date plus proche : {MOST} réunions au plus dans une série")
        every.append(moment.date())
    names = off or {}
    kept = tuple(day for day in every if day not in names)
    if not kept:
        raise ValueError("une date qui laisse place à une réunion au moins")
    return Days(kept, tuple((day, names[day]) for day in every if day in names))


def words_of(rule: str, first: datetime.date) -> str:
    """A rule as people say it.

    >>> words_of("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", datetime.date(2026, 12, 8))
    'tous les 2 mois, le 2e mardi'
    >>> words_of("FREQ=WEEKLY;INTERVAL=1", datetime.date(2026, 12, 8))
    'chaque semaine, le mardi'
    """
    parts = dict(part.split("=") for part in rule.split(";"))
    interval, name = int(parts["INTERVAL"]), NAMES[first.weekday()]
    if parts["FREQ"] == "WEEKLY":
        often = "chaque semaine" if interval == 1 else f"toutes les {interval} semaines"
        return f"{often}, le {name}"
    often = "chaque mois" if interval == 1 else f"tous les {interval} mois"
    return f"{often}, {_rank(parts['BYDAY'][:-2])} {name}"


def _rank(place: str) -> str:
    return {"-1": "le dernier", "1": "le 1er"}.get(place, f"le {place}e")
