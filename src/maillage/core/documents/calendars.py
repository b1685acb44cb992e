"""Dates to keep, as an iCalendar file that any agenda reads (RFC 5545)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

WARNED = datetime.timedelta(days=-14)


@dataclass(frozen=True)
class Event:
    """One date. ``key`` makes its identifier, the same from one reading of the feed to the next.

    With ``starts_at`` (an aware moment), it lasts ``minutes`` instead of the whole day.
    """

    key: str
    title: str
    description: str
    day: datetime.date
    address: str = ""
    starts_at: datetime.datetime | None = None
    minutes: int = 0


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The events, those of a whole day with a reminder a fortnight before, as bytes of a ``.ics`` file."""
    book = Calendar()
    book.add("prodid", "-//Maillage//FR")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for event in events:
        book.add_component(_entry(event))
    return bytes(book.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.key}-{event.day.isoformat()}@maillage")
    # The stamp says when the event was made: its own day keeps the file the same from one reading to the next.
    entry.add("dtstamp", datetime.datetime(*event.day.timetuple()[:3], tzinfo=datetime.UTC))
    entry.add("summary", event.title)
    entry.add("description", event.description)
    if event.address:
        entry.add("url", event.address)
    if event.starts_at is not None:
        start = event.starts_at.astimezone(datetime.UTC)
        entry.add("dtstart", start)
        entry.add("dtend", start + datetime.timedelta(minutes=event.minutes))
        return entry
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + datetime.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add_component(_reminder(event))
    return entry


def _reminder(event: Event) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", WARNED)
    return alarm
