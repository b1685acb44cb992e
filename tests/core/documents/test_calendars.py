"""Deadlines as a calendar that an agenda reads."""

import datetime
from zoneinfo import ZoneInfo

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


def test_what_has_an_hour_lasts_its_minutes_wherever_it_is() -> None:
    starts = datetime.datetime(2028, 2, 29, 9, tzinfo=ZoneInfo("Indian/Reunion"))
    book = Calendar.from_ical(calendar("Essai", [Event("V-1", "Visite", "Sur place.", DAY, "", starts, 90)]))
    entry = book.walk("VEVENT")[0]

    assert entry.decoded("dtstart") == datetime.datetime(2028, 2, 29, 5, tzinfo=datetime.UTC)
    assert entry.decoded("dtend") == datetime.datetime(2028, 2, 29, 6, 30, tzinfo=datetime.UTC)
    assert not entry.walk("VALARM")
