"""A meeting, from its planning to its sealed sheet."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast
from tests.apps.activity.conftest import PARIS

from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.models import Attendance, AttendanceSheet, Meeting
from maillage.apps.activity.queries import meeting_of, meetings_of, minutes_spent, team_of
from maillage.apps.activity.sealing import is_intact
from maillage.apps.activity.services.meetings import (
    TRANSITIONS,
    NotAllNoted,
    cancel_meeting,
    change_meeting,
    close_meeting,
    forget_attendance,
    note_attendance,
    plan_meeting,
    reopen_meeting,
    restore_meeting,
    write_report,
)
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.core.kernel.problems import BadInput

LATER = cast.NOW + datetime.timedelta(hours=1)


def present(member, **told):
    return AttendanceFields(member=member.pk, presence="present", **told)


def verbs(subject):
    return list(Event.objects.filter(subject_id=str(subject.pk)).order_by("pk").values_list("verb", flat=True))


def fields(**told):
    return MeetingFields(**{"title": "Le territoire", "day": "2026-12-01", "hour": "18:30", "minutes": "90", **told})


@pytest.fixture
def closed(people, meeting, members):
    note_attendance(meeting, [present(members["porteuse"])], by=people.porteuse, at=cast.NOW)
    close_meeting(meeting, absent=True, by=people.porteuse, at=cast.NOW)
    meeting.refresh_from_db()
    return meeting


def test_a_meeting_is_planned_in_the_hour_of_the_team(people):
    meeting = plan_meeting(people.structure, fields(), zone=PARIS, by=people.coordinatrice, at=cast.NOW)
    assert meeting.starts_at.astimezone(datetime.UTC).hour == 17
    event = Event.objects.get(subject_id=str(meeting.pk))
    assert (event.actor, event.verb, event.scope) == (
        people.coordinatrice.event_actor,
        "prévoir",
        str(people.structure.organisation_id),
    )


@pytest.mark.parametrize("part", ["membre", "accompagnatrice", "instructrice", "stranger"])
def test_who_may_not_write_plans_nothing(people, part):
    with pytest.raises(NotAllowed):
        plan_meeting(people.structure, fields(), zone=PARIS, by=getattr(people, part), at=cast.NOW)
    assert not Meeting.objects.exists()


def test_what_an_agenda_must_learn_raises_the_rank_of_the_invitation(people, meeting):
    same = fields(day=cast.TODAY - datetime.timedelta(days=1), place="Redon")
    change_meeting(meeting, same.model_copy(update={"agenda": "Le point"}), zone=PARIS, by=people.porteuse, at=LATER)
    meeting.refresh_from_db()
    assert meeting.sequence == 0
    change_meeting(meeting, fields(), zone=PARIS, by=people.porteuse, at=LATER)
    meeting.refresh_from_db()
    assert meeting.sequence == 1


def test_a_change_over_someone_else_s_is_stopped(people, meeting):
    seen = stamp(meeting)
    change_meeting(meeting, fields(title="Le projet"), zone=PARIS, seen=seen, by=people.porteuse, at=LATER)
    with pytest.raises(Changed):
        change_meeting(meeting, fields(title="Autre"), zone=PARIS, seen=seen, by=people.redactrice, at=LATER)
    meeting.refresh_from_db()
    assert meeting.title == "Le projet"


def test_who_came_without_saying_how_long_stayed_the_whole_meeting(people, meeting, members):
    given = [
        present(members["porteuse"], preparation=30),
        AttendanceFields(member=members["membre"].pk, presence="excuse"),
    ]
    rows = note_attendance(meeting, given, by=people.porteuse, at=cast.NOW)
    assert {(row.member.prenom, row.minutes, row.preparation) for row in rows} == {
        ("Porteuse", 90, 30),
        ("Membre", 0, 0),
    }


def test_the_same_attendance_twice_is_one_event(people, meeting, members):
    for _ in range(2):
        note_attendance(meeting, [present(members["porteuse"])], by=people.porteuse, at=cast.NOW)
    assert verbs(meeting) == ["prévoir", "noter les présences"]
    assert meeting.attendances.count() == 1


def test_a_member_of_another_team_is_not_noted(people, meeting):
    with pytest.raises(BadInput):
        note_attendance(meeting, [present(people.projet)], by=people.porteuse, at=cast.NOW)


def test_closing_seals_the_sheet(people, closed):
    (sheet,) = closed.sheets.all()
    assert closed.state == "close"
    assert is_intact(sheet)
    assert bytes(sheet.pdf).startswith(b"%PDF")
    assert sheet.content["presences"][0]["nom"] == "Porteuse Exemple"
    assert Event.objects.filter(subject_id=str(closed.pk), verb="clore").get().after["empreinte"] == sheet.fingerprint


def test_nobody_is_sealed_without_having_been_noted(people, meeting, members):
    note_attendance(meeting, [present(members["porteuse"])], by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotAllNoted, match="Membre Exemple") as left:
        close_meeting(meeting, by=people.porteuse, at=cast.NOW)
    assert left.value.members == (members["membre"],)
    assert not AttendanceSheet.objects.exists()
    sheet = close_meeting(meeting, absent=True, by=people.porteuse, at=cast.NOW)
    told = {row["nom"]: row["presence"] for row in sheet.content["presences"]}
    assert told == {"Porteuse Exemple": "present", "Membre Exemple": "absent"}


def test_the_time_of_a_meeting_to_come_or_cancelled_is_not_counted(people, meeting, members):
    rows = note_attendance(meeting, [present(members["porteuse"])], by=people.porteuse, at=cast.NOW)
    assert minutes_spent(meeting, rows, cast.NOW) == 90
    assert minutes_spent(meeting, rows, meeting.starts_at - datetime.timedelta(minutes=1)) is None
    meeting.state = Meeting.State.ANNULEE
    assert minutes_spent(meeting, rows, cast.NOW) is None


def test_a_document_changed_after_its_sealing_is_known(closed):
    sheet = closed.sheets.get()
    sheet.pdf = bytes(sheet.pdf) + b" "
    assert not is_intact(sheet)


def test_the_second_of_two_people_who_close_is_told_so(people, meeting, members):
    note_attendance(meeting, [present(members["porteuse"])], by=people.porteuse, at=cast.NOW)
    hers = Meeting.objects.get(pk=meeting.pk)
    close_meeting(meeting, absent=True, by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotNow, match="close"):
        close_meeting(hers, by=people.coordinatrice, at=cast.NOW)
    assert AttendanceSheet.objects.count() == 1


def test_a_report_never_written_is_written_once_after_the_meeting_is_closed(people, closed):
    assert write_report(closed, "Décidé : un logiciel.", seen="", by=people.porteuse, at=LATER).report
    with pytest.raises(NotNow, match="rouvrir"):
        write_report(closed, "Décidé : deux logiciels.", by=people.porteuse, at=LATER)


def test_a_name_touched_by_mistake_leaves_the_sheet(people, meeting, members):
    by = {"by": people.porteuse, "at": cast.NOW}
    note_attendance(meeting, [present(members["membre"]), present(members["porteuse"])], **by)
    left = forget_attendance(meeting, [members["membre"].pk], **by)
    assert [row.member for row in left] == [members["porteuse"]]
    assert Event.objects.filter(verb="effacer des présences").count() == 1
    forget_attendance(meeting, [members["membre"].pk], **by)
    assert Event.objects.filter(verb="effacer des présences").count() == 1


def test_nothing_in_a_closed_meeting_changes(people, closed, members):
    write_report(closed, "Décidé : un logiciel.", by=people.porteuse, at=LATER)
    acts = (
        lambda: forget_attendance(closed, [members["porteuse"].pk], by=people.porteuse, at=LATER),
        lambda: note_attendance(closed, [present(members["membre"])], by=people.porteuse, at=LATER),
        lambda: write_report(closed, "Autre", by=people.porteuse, at=LATER),
        lambda: change_meeting(closed, fields(), zone=PARIS, by=people.porteuse, at=LATER),
        lambda: cancel_meeting(closed, by=people.porteuse, at=LATER),
        lambda: restore_meeting(closed, by=people.porteuse, at=LATER),
    )
    for act in acts:
        with pytest.raises(NotNow):
            act()


def test_a_meeting_to_come_and_one_without_anybody_are_not_closed(people, meeting):
    with pytest.raises(NotNow, match="présences"):
        close_meeting(meeting, by=people.porteuse, at=cast.NOW)
    coming = plan_meeting(people.structure, fields(), zone=PARIS, by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotNow, match="vous pourrez la clore à partir du 1"):
        close_meeting(coming, by=people.porteuse, at=cast.NOW)


def test_a_sheet_is_opened_again_by_who_runs_the_structure_with_a_reason(people, closed, members):
    with pytest.raises(NotAllowed):
        reopen_meeting(closed, "Un oubli", by=people.redactrice, at=LATER)
    with pytest.raises(BadInput):
        reopen_meeting(closed, "  ", by=people.porteuse, at=LATER)
    reopen_meeting(closed, "Un oubli", by=people.coordinatrice, at=LATER)
    note_attendance(closed, [present(members["membre"])], by=people.porteuse, at=LATER)
    close_meeting(closed, by=people.porteuse, at=LATER)
    second, first = closed.sheets.all()
    assert (first.reopened_reason, second.number, second.content["raison"]) == ("Un oubli", 2, "Un oubli")
    assert first.fingerprint != second.fingerprint
    assert is_intact(first)


def test_a_cancelled_meeting_may_be_planned_again(people, meeting):
    cancel_meeting(meeting, by=people.porteuse, at=LATER)
    with pytest.raises(NotNow):
        close_meeting(meeting, by=people.porteuse, at=LATER)
    assert restore_meeting(meeting, by=people.porteuse, at=LATER).state == "prevue"


def test_a_report_that_may_tell_a_patient_is_not_saved(people, meeting):
    with pytest.raises(PatientData):
        write_report(meeting, "Vu Mme MARTIN Jeanne, 82 ans, née le 12/03/1944.", by=people.porteuse, at=LATER)
    meeting.refresh_from_db()
    assert meeting.report == ""


def test_a_report_written_by_two_loses_nobody_s_words(people, meeting):
    write_report(meeting, "Premier", seen="", by=people.porteuse, at=LATER)
    with pytest.raises(BadInput):
        write_report(meeting, "Second", seen="", by=people.redactrice, at=LATER)


def test_an_authority_sees_closed_meetings_only(people, closed):
    coming = plan_meeting(people.structure, fields(), zone=PARIS, by=people.porteuse, at=cast.NOW)
    assert set(meetings_of(people.membre, people.structure)) == {closed, coming}
    assert set(meetings_of(people.instructrice, people.structure)) == {closed}
    assert meeting_of(people.instructrice, people.structure, coming.pk) is None


def test_who_left_stays_on_the_sheets_where_they_were(people, meeting, members):
    note_attendance(meeting, [present(members["membre"])], by=people.porteuse, at=cast.NOW)
    members["membre"].left_on = cast.TODAY - datetime.timedelta(days=30)
    members["membre"].joined_on = members["membre"].left_on
    members["membre"].save()
    assert members["membre"] in team_of(meeting)


def test_what_is_not_in_the_table_of_transitions_is_refused():
    acts = {act for _, act in TRANSITIONS}
    allowed = {(str(state), act) for state, act in TRANSITIONS}
    every = {(state, act) for state in Meeting.State.values for act in acts}
    assert len(every - allowed) == 13


@pytest.mark.parametrize(
    "wrong",
    [
        {"presence": "absent", "minutes": 5},
        {"presence": "present", "preparation": 1441},
        {"presence": "present", "minutes": 1441},
    ],
)
def test_the_database_refuses_a_senseless_attendance(meeting, members, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, member=members["membre"], **wrong)


def test_the_database_refuses_a_sheet_without_fingerprint_or_reason(people, closed):
    sheet = closed.sheets.get()
    for wrong in ({"fingerprint": "abc"}, {"reopened_reason": "Un oubli"}, {"reopened_at": LATER}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttendanceSheet.objects.filter(pk=sheet.pk).update(**wrong)
