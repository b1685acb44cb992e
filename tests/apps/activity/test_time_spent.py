"""The time of the closed meetings, by member and by métier, and the invitations to them."""

import datetime

import pytest
from tests import cast
from tests.apps.activity.conftest import PARIS

from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.queries import ELABORATION, closed_meetings, time_by_member, time_by_metier, time_spent
from maillage.apps.activity.services.invitations import invite, tell_cancelled
from maillage.apps.activity.services.meetings import cancel_meeting, close_meeting, note_attendance, plan_meeting
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed

SENDER = "ne-pas-repondre@example.org"
PAGE = "https://maillage.example/projets/1/reunions/2/"


def raw(mail):
    content = mail.attachments[0][1]
    return content if isinstance(content, bytes) else content.encode()


@pytest.fixture
def held(people, members):
    """Two closed meetings of the project, one of the bureau, one left open."""
    days = (("2025-12-30", "projet"), ("2026-11-02", "groupe"), ("2026-11-03", "bureau"), ("2026-11-04", "projet"))
    for rank, (day, kind) in enumerate(days):
        fields = MeetingFields(title=f"Réunion {rank}", kind=kind, day=day, hour="20:00", minutes="60")
        meeting = plan_meeting(people.structure, fields, zone=PARIS, by=people.porteuse, at=cast.NOW)
        given = [
            AttendanceFields(member=members["porteuse"].pk, presence="present", preparation=30),
            AttendanceFields(member=members["membre"].pk, presence="distance", minutes=20, mandated_by="URPS"),
        ]
        note_attendance(meeting, given, by=people.porteuse, at=cast.NOW)
        if rank < 3:
            close_meeting(meeting, by=people.porteuse, at=cast.NOW)
    return people.structure


def test_only_closed_meetings_of_the_kinds_and_of_the_period_count(held):
    every = closed_meetings(held, since=None, until=None, kinds=ELABORATION)
    assert [meeting.title for meeting in every] == ["Réunion 0", "Réunion 1"]
    of_2026 = closed_meetings(
        held, since=datetime.date(2026, 1, 1), until=datetime.date(2026, 11, 2), kinds=ELABORATION
    )
    assert [meeting.title for meeting in of_2026] == ["Réunion 1"]


def test_time_adds_up_by_member_and_by_metier(held):
    times = time_by_member(closed_meetings(held, since=None, until=None, kinds=ELABORATION))
    told = [(time.member.prenom, time.meetings, time.minutes, time.preparation, time.mandated) for time in times]
    assert told == [("Membre", 2, 40, 0, 40), ("Porteuse", 2, 120, 60, 0)]
    assert time_by_metier(times) == [("medecin_generaliste", 1, 180), ("infirmier", 1, 40)]


def test_time_is_told_to_the_rules_by_civil_year(held):
    lines = time_spent(time_by_member(closed_meetings(held, since=None, until=None, kinds=ELABORATION)))
    told = [(line.name, line.year, line.minutes, line.mandated) for line in lines]
    assert told == [
        ("Membre Exemple", 2025, 20, 20),
        ("Membre Exemple", 2026, 20, 20),
        ("Porteuse Exemple", 2025, 90, 0),
        ("Porteuse Exemple", 2026, 90, 0),
    ]


def test_an_invitation_goes_to_each_member_alone_with_its_agenda(people, meeting, members, mailoutbox):
    sent = invite(meeting, list(members.values()), address=PAGE, sender=SENDER, by=people.porteuse, at=cast.NOW)
    assert {member.prenom for member in sent.told} == {"Porteuse", "Membre"}
    assert [mail.to for mail in mailoutbox] == [["membre@example.org"], ["porteuse@example.org"]]
    for mail in mailoutbox:
        assert "Exemple" not in mail.subject
        assert "Redon" not in mail.subject
        assert PAGE in mail.body
        ((name, _, kind),) = mail.attachments
        assert (name, kind) == ("reunion.ics", "text/calendar")
        assert b"METHOD:REQUEST" in raw(mail)
    assert Event.objects.filter(verb="inviter").get().after["membres"] == [str(each.pk) for each in members.values()]


def test_who_has_no_address_is_named_and_who_may_not_write_invites_nobody(people, meeting, members, mailoutbox):
    members["membre"].user = None
    sent = invite(meeting, [members["membre"]], address=PAGE, sender=SENDER, by=people.porteuse, at=cast.NOW)
    assert (sent.told, sent.without) == ((), (members["membre"],))
    with pytest.raises(NotAllowed):
        invite(meeting, list(members.values()), address=PAGE, sender=SENDER, by=people.membre, at=cast.NOW)
    assert mailoutbox == []


def test_a_message_that_does_not_leave_is_told_and_the_invitation_stands(people, meeting, members, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    sent = invite(meeting, list(members.values()), address=PAGE, sender=SENDER, by=people.porteuse, at=cast.NOW)
    assert set(sent.failed) == set(members.values())
    assert Event.objects.filter(verb="inviter").exists()


def test_a_cancelled_meeting_is_taken_out_of_the_agendas(people, meeting, members, mailoutbox):
    told = {"address": PAGE, "sender": SENDER, "by": people.porteuse, "at": cast.NOW}
    with pytest.raises(NotNow):
        tell_cancelled(meeting, list(members.values()), **told)
    cancelled = cancel_meeting(meeting, by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotNow):
        invite(cancelled, list(members.values()), **told)
    tell_cancelled(cancelled, list(members.values()), **told)
    assert all(b"METHOD:CANCEL" in raw(mail) for mail in mailoutbox)
    assert len(mailoutbox) == 2
