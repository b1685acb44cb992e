"""Meetings that come again: planned together, changed from one on, cancelled from one on."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from tests import cast
from tests.apps.activity.conftest import PARIS

from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.meeting_inputs import SeriesFields
from maillage.apps.activity.models import Meeting, MeetingSeries
from maillage.apps.activity.services.meetings import cancel_meeting, close_meeting, note_attendance
from maillage.apps.activity.services.series import cancel_following, change_following, plan_series
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.core.kernel.problems import BadInput

FRIDAY = datetime.date(2026, 12, 11)
CHRISTMAS = {datetime.date(2026, 12, 25): "Noël"}


def fields(**changes):
    told = {"title": "Staff", "kind": "staff", "day": FRIDAY, "hour": "12:30", "minutes": "60", "agenda": "1. Le point"}
    return MeetingFields(**{**told, **changes})


@pytest.fixture
def told(people):
    return {"zone": PARIS, "by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def staff(people, told):
    """Fridays from 11 December to 8 January, without Christmas: four of them."""
    again = SeriesFields(rhythm="s1", until="2027-01-08")
    return plan_series(people.structure, fields(), again, off=CHRISTMAS, **told).meetings


def days():
    rows = Meeting.objects.order_by("starts_at")
    return [each.starts_at.astimezone(PARIS).strftime("%d/%m %H:%M") for each in rows]


def test_a_series_skips_the_days_off_and_says_so(staff):
    assert days() == ["11/12 12:30", "18/12 12:30", "01/01 12:30", "08/01 12:30"]
    series = MeetingSeries.objects.get()
    assert series.skipped == [{"jour": "2026-12-25", "nom": "Noël"}]
    assert {each.series_id for each in staff} == {series.pk}
    assert Event.objects.filter(verb="prévoir une série").count() == 1
    assert Event.objects.filter(verb="prévoir").count() == 4


@pytest.mark.parametrize("until", ["2026-12-10", "2030-01-01"])
def test_a_series_that_cannot_be_is_refused_beside_its_last_day(people, told, until):
    with pytest.raises(BadInput) as refused:
        plan_series(people.structure, fields(), SeriesFields(rhythm="s1", until=until), off={}, **told)
    assert refused.value.problems[0].field == "until"
    assert not MeetingSeries.objects.exists()


def test_who_may_only_read_plans_no_series(people, told):
    with pytest.raises(NotAllowed):
        plan_series(
            people.structure,
            fields(),
            SeriesFields(rhythm="s1", until="2027-01-08"),
            off={},
            **{**told, "by": people.membre},
        )


def test_those_after_follow_and_keep_their_agenda(staff, told):
    Meeting.objects.filter(pk=staff[2].pk).update(agenda="Le bilan")
    moved = fields(day=FRIDAY + datetime.timedelta(days=6), hour="13:00", agenda="Autre")
    changed = change_following(staff[1], moved, **told)
    assert len(changed) == 3
    assert days() == ["11/12 12:30", "17/12 13:00", "31/12 13:00", "07/01 13:00"]
    assert Meeting.objects.get(pk=staff[2].pk).agenda == "Le bilan"
    assert Meeting.objects.get(pk=staff[1].pk).agenda == "Autre"


def test_what_is_closed_or_cancelled_does_not_follow(staff, members, told):
    by = {"by": told["by"], "at": cast.NOW + datetime.timedelta(days=90)}
    note_attendance(staff[2], [AttendanceFields(member=members["porteuse"].pk, presence="present")], **by)
    close_meeting(staff[2], absent=True, **by)
    cancel_meeting(staff[3], **by)
    assert len(change_following(staff[1], fields(day="2026-12-18", title="Équipe"), **told)) == 1
    assert Meeting.objects.get(pk=staff[3].pk).title == "Staff"


def test_one_is_cancelled_or_it_and_those_after(staff, told):
    by = {"by": told["by"], "at": told["at"]}
    cancel_meeting(staff[0], **by)
    assert len(cancel_following(staff[2], **by)) == 2
    states = [each.state for each in Meeting.objects.order_by("starts_at")]
    assert states == ["annulee", "prevue", "annulee", "annulee"]


def test_a_meeting_alone_has_none_after_it(meeting, told):
    day = meeting.starts_at.date()
    assert len(change_following(meeting, fields(day=day), **told)) == 1
    assert len(cancel_following(meeting, by=told["by"], at=told["at"])) == 1


def test_a_series_ends_after_it_starts(people):
    row = MeetingSeries(structure=people.structure, rule="FREQ=WEEKLY;INTERVAL=1", first_on=FRIDAY, until=cast.TODAY)
    with pytest.raises(ValidationError, match="ne finit pas avant d'avoir commencé"):
        row.full_clean()
