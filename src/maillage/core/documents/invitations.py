"""A meeting as an invitation that agendas read (RFC 5545, RFC 5546)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

WARNED = datetime.timedelta(hours=-1)


@dataclass(frozen=True)
class Appointment:
    """A meeting. ``starts_at`` is an aware moment, ``minutes`` how long it lasts.

    ``key`` makes its identifier, the same for ever; ``sequence`` grows with each change, so that an agenda replaces
    what it holds. ``organiser`` is (name, e-mail), empty when nobody is to answer.
    """

    key: str
    title: str
    starts_at: datetime.datetime
    minutes: int
    place: str = ""
    description: str = ""
    address: str = ""
    sequence: int = 0
    organiser: tuple[str, str] = ("", "")


def invitation(meeting: Appointment, *, at: datetime.datetime, guest: tuple[str, str]) -> bytes:
    """The invitation of one guest (name, e-mail): it names no other guest. ``at``: when it is made."""
    return _file(meeting, at, "REQUEST", "CONFIRMED", guest)


def cancellation(meeting: Appointment, *, at: datetime.datetime, guest: tuple[str, str]) -> bytes:
    """What takes the meeting out of the agenda of a guest."""
    return _file(meeting, at, "CANCEL", "CANCELLED", guest)


def appointment(meeting: Appointment, *, at: datetime.datetime, cancelled: bool = False) -> bytes:
    """The meeting to put in one's own agenda, without guests."""
    return _file(meeting, at, "PUBLISH", "CANCELLED" if cancelled else "CONFIRMED", ("", ""))


def appointments(meetings: Iterable[Appointment], *, at: datetime.datetime, cancelled: bool = False) -> bytes:
    """Several meetings to put in one's own agenda, or to strike out of it, without guests."""
    book = _book("PUBLISH")
    for each in meetings:
        book.add_component(_entry(each, at, "CANCELLED" if cancelled else "CONFIRMED"))
    return bytes(book.to_ical())


def _file(meeting: Appointment, at: datetime.datetime, method: str, status: str, guest: tuple[str, str]) -> bytes:
    book = _book(method)
    entry = _entry(meeting, at, status)
    if meeting.organiser[1]:
        entry.add("organizer", _person(*meeting.organiser))
    if guest[1]:
        entry.add("attendee", _guest(*guest))
    book.add_component(entry)
    return bytes(book.to_ical())


def _book(method: str) -> Calendar:
    book = Calendar()
    book.add("prodid", "-//Maillage//FR")
    book.add("version", "2.0")
    book.add("method", method)
    return book


def _entry(meeting: Appointment, at: datetime.datetime, status: str) -> Event:
    start = meeting.starts_at.astimezone(datetime.UTC)
    entry = Event()
    entry.add("uid", f"{meeting.key}@maillage")
    entry.add("dtstamp", at.astimezone(datetime.UTC))
    entry.add("sequence", meeting.sequence)
    entry.add("status", status)
    entry.add("summary", meeting.title)
    entry.add("dtstart", start)
    entry.add("dtend", start + datetime.timedelta(minutes=meeting.minutes))
    for name, value in (("location", meeting.place), ("description", meeting.description), ("url", meeting.address)):
        if value:
            entry.add(name, value)
    if status == "CONFIRMED":
        entry.add_component(_reminder(meeting.title))
    return entry


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["cn"] = vText(name)
    return person


def _guest(name: str, email: str) -> vCalAddress:
    guest = _person(name, email)
    guest.params["role"] = vText("REQ-PARTICIPANT")
    guest.params["rsvp"] = vText("FALSE")
    return guest


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", WARNED)
    return alarm
