"""A meeting as an invitation that agendas read."""

import datetime
from dataclasses import replace

from icalendar import Calendar

from maillage.core.documents.invitations import Appointment, appointment, appointments, cancellation, invitation

AT = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
PARIS = datetime.timezone(datetime.timedelta(hours=1))
MEETING = Appointment(
    key="5d1c",
    title="Projet de santé : première réunion",
    starts_at=datetime.datetime(2026, 12, 1, 18, 30, tzinfo=PARIS),
    minutes=90,
    place="Salle des fêtes, Redon",
    description="1. Le territoire\n2. Qui écrit quoi",
    sequence=2,
    organiser=("MSP de Redon", "ne-pas-repondre@example.org"),
)
GUEST = ("Anne Exemple", "anne@example.org")


def entry(content):
    book = Calendar.from_ical(content)
    (event,) = book.walk("VEVENT")
    return book, event


def test_an_invitation_says_when_and_where_to_one_guest_only():
    book, event = entry(invitation(MEETING, at=AT, guest=GUEST))
    assert book["METHOD"] == "REQUEST"
    assert event.decoded("dtstart") == MEETING.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == datetime.timedelta(minutes=90)
    assert event["LOCATION"] == "Salle des fêtes, Redon"
    assert str(event["ATTENDEE"]) == "mailto:anne@example.org"
    assert event["SEQUENCE"] == 2
    assert event["UID"] == "5d1c@maillage"


def test_a_cancelled_meeting_leaves_the_agenda_of_its_guest():
    book, event = entry(cancellation(MEETING, at=AT, guest=GUEST))
    assert (book["METHOD"], event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", "5d1c@maillage")
    assert event.walk("VALARM") == []


def test_one_puts_a_meeting_in_their_own_agenda_without_guests():
    book, event = entry(appointment(MEETING, at=AT))
    assert book["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event
    assert event.walk("VALARM")


def test_the_same_meeting_gives_the_same_file():
    assert appointment(MEETING, at=AT) == appointment(MEETING, at=AT)


def test_several_meetings_go_in_one_file():
    other = replace(MEETING, key="77aa")
    book = Calendar.from_ical(appointments([MEETING, other], at=AT, cancelled=True))
    assert [(each["UID"], each["STATUS"]) for each in book.walk("VEVENT")] == [
        ("5d1c@maillage", "CANCELLED"),
        ("77aa@maillage", "CANCELLED"),
    ]
    assert "ATTENDEE" not in book.to_ical().decode()
