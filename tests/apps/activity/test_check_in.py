"""Members note themselves present, with the code of the room or a link of their own."""

import datetime

import pytest
from tests import cast

from maillage.apps.activity.check_in import MARGIN, Door, door_of, is_open, link_of
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.models import Attendance
from maillage.apps.activity.services.check_in import BY_LINK, note_oneself, why_shut
from maillage.apps.activity.services.meetings import cancel_meeting, note_attendance
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.core.kernel.problems import BadInput


@pytest.fixture
def during(meeting):
    return meeting.starts_at + datetime.timedelta(minutes=10)


def fields(member, **changes):
    return AttendanceFields(**{"member": member.pk, "presence": "present", **changes})


def test_the_code_of_the_room_notes_who_is_signed_in(people, meeting, members, during):
    row = note_oneself(Door(meeting, None), fields(members["membre"]), by=people.membre, at=during)
    assert (row.presence, row.minutes, row.source) == ("present", 90, "code")
    assert Event.objects.filter(verb="noter les présences").get().actor == people.membre.event_actor


def test_a_personal_link_needs_no_account(meeting, members, during):
    door = door_of(link_of(meeting, members["membre"]))
    row = note_oneself(door, fields(members["membre"], presence="distance"), by=None, at=during)
    assert (row.presence, row.source) == ("distance", "lien")
    assert Event.objects.filter(verb="noter les présences").get().actor == BY_LINK


def test_who_comes_late_says_when(meeting, members, during):
    door = Door(meeting, members["membre"])
    assert note_oneself(door, fields(members["membre"], arrived_at="19:00"), by=None, at=during).minutes == 60
    with pytest.raises(BadInput, match="une heure de la réunion"):
        note_oneself(door, fields(members["membre"], arrived_at="17:00"), by=None, at=during)


def test_nobody_notes_somebody_else(people, meeting, members, during):
    with pytest.raises(NotAllowed):
        note_oneself(Door(meeting, None), fields(members["porteuse"]), by=people.membre, at=during)
    with pytest.raises(NotAllowed):
        note_oneself(Door(meeting, members["membre"]), fields(members["porteuse"]), by=None, at=during)
    for who in (people.stranger, None):
        with pytest.raises(NotAllowed):
            note_oneself(Door(meeting, None), fields(members["membre"]), by=who, at=during)


def test_a_link_expires_with_the_meeting(people, meeting, members):
    end = meeting.starts_at + datetime.timedelta(minutes=meeting.minutes)
    second = datetime.timedelta(seconds=1)
    assert is_open(meeting, meeting.starts_at - MARGIN)
    assert is_open(meeting, end + MARGIN)
    door = Door(meeting, members["membre"])
    with pytest.raises(NotNow, match="une demi-heure avant"):
        note_oneself(door, fields(members["membre"]), by=None, at=meeting.starts_at - MARGIN - second)
    with pytest.raises(NotNow, match="ne sert plus"):
        note_oneself(door, fields(members["membre"]), by=None, at=end + MARGIN + second)
    cancel_meeting(meeting, by=people.porteuse, at=cast.NOW)
    meeting.refresh_from_db()
    with pytest.raises(NotNow, match="ne sert plus"):
        note_oneself(door, fields(members["membre"]), by=None, at=end)


def test_the_link_of_who_left_before_that_day_or_of_a_closed_structure_is_refused(meeting, members, during):
    day = meeting.starts_at.date()
    for left_on, refused in ((day, False), (day - datetime.timedelta(days=1), True)):
        members["membre"].left_on = left_on
        assert bool(why_shut(Door(meeting, members["membre"]), during)) is refused
    with pytest.raises(NotNow, match="ne fait plus partie de l'équipe"):
        note_oneself(Door(meeting, members["membre"]), fields(members["membre"]), by=None, at=during)
    meeting.structure.organisation.closed_at = cast.NOW
    with pytest.raises(NotNow, match="la structure est fermée"):
        note_oneself(Door(meeting, members["porteuse"]), fields(members["porteuse"]), by=None, at=during)


def test_what_the_team_noted_before_is_kept(people, meeting, members, during):
    told = {"by": people.porteuse, "at": cast.NOW}
    note_attendance(meeting, [fields(members["membre"], presence="excuse", preparation=30)], **told)
    row = note_oneself(Door(meeting, members["membre"]), fields(members["membre"]), by=None, at=during)
    assert (row.preparation, row.minutes) == (30, 90)
    note_attendance(meeting, [fields(members["membre"], preparation=30, minutes=60)], **told)
    assert Attendance.objects.get().source == "lien"
    note_attendance(meeting, [fields(members["membre"], presence="absent")], **told)
    assert Attendance.objects.get().source == "equipe"


@pytest.mark.parametrize("link", ["", "faux", "a.b.c"])
def test_a_link_that_was_not_signed_here_opens_nothing(db, link):
    assert door_of(link) is None


def test_a_link_to_what_is_gone_opens_nothing(meeting, members):
    room, own = link_of(meeting), link_of(meeting, members["membre"])
    assert door_of(room) == Door(meeting, None)
    assert "Membre" not in own
    assert len(room) < 70
    members["membre"].delete()
    assert door_of(own) is None
    meeting.delete()
    assert door_of(room) is None
