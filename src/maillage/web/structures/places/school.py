"""A calendar file (ICS) of school holidays, turned into the lines that a person reads again before saving."""

import datetime
from collections.abc import Iterator

import icalendar

from maillage.core.opening.closures import Period
from maillage.core.opening.typed import LONGEST_NAME, MOST_LINES, Named, written

MOST_BYTES = 500_000
ONE_DAY = datetime.timedelta(days=1)
EXPECTED = "Ce fichier n’est pas lu. Attendu : un calendrier (.ics) de 500 ko au plus."


def lines_of_file(content: bytes) -> tuple[str, str]:
    """The lines of a calendar file, and why it is refused when it is."""
    if len(content) > MOST_BYTES:
        return "", EXPECTED
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except ValueError:
        return "", EXPECTED
    found = [each for part in calendar.walk("VEVENT") for each in _period(part)]
    lines = written(sorted(found, key=lambda each: each.period)[:MOST_LINES])
    return lines, "" if lines else "Ce calendrier ne contient aucune période de jours entiers."


def _period(event: icalendar.cal.Component) -> Iterator[Named]:
    """An event of whole days, whose end is the day after the last."""
    start, end = event.get("DTSTART"), event.get("DTEND")
    if start is None or isinstance(start.dt, datetime.datetime) or type(start.dt) is not datetime.date:
        return
    last = end.dt - ONE_DAY if end is not None and type(end.dt) is datetime.date else start.dt
    name = " ".join(str(event.get("SUMMARY", "Vacances")).replace(";", ",").split())[:LONGEST_NAME]
    yield Named(name or "Vacances", Period(start.dt, max(last, start.dt)))
