"""Deadlines as a calendar that an agenda reads."""

import datetime

from icalendar import Calendar

from maillage.core.documents.calendars import Event, calendar

DAY = datetime.date(2028, 2, 29)


def test_a_deadline_is_a_whole_day_with_a_reminder() -> None:
    book = Calendar.from_ical(calendar("Essai", [Event("X-1", "Fin du contrat", "Cinq ans.", DAY)]))
    entry = book.walk("VEVENT")[0]

    assert (entry["summary"], entry.decoded("dtstart")) == ("Fin du contrat", DAY)
    assert entry.decoded("dtend") == datetime.date(2028, 3, 1)
    assert entry.walk("VALARM")


def test_a_feed_read_twice_is_the_same() -> None:
    events = [Event("X-1", "Fin du contrat", "Cinq ans.", DAY)]

    assert calendar("Essai", events) == calendar("Essai", events)
