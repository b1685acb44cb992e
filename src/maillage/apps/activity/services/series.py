"""Meetings that come again: planned together, then changed or cancelled one by one or from one on."""

import datetime
import uuid
import zoneinfo
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.meeting_inputs import SeriesFields
from maillage.apps.activity.models import Meeting, MeetingSeries
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.services.around import expect
from maillage.apps.activity.services.meetings import cancel_meeting, change_meeting, plan_meeting, restore_meeting
from maillage.apps.activity.writing import tell, values
from maillage.apps.structures.models import Structure
from maillage.core.activity.recurrence import Days, days_of, rule_of
from maillage.core.kernel.problems import BadInput, Problem

Off = Mapping[datetime.date, str]


@dataclass(frozen=True)
class Planned:
    """The meetings of a new series, the first one first, and the days off that it skips."""

    meetings: tuple[Meeting, ...]
    skipped: tuple[tuple[datetime.date, str], ...]


@transaction.atomic
def plan_series(
    structure: Structure,
    fields: MeetingFields,
    again: SeriesFields,
    *,
    off: Off,
    zone: zoneinfo.ZoneInfo,
    by: User,
    at: datetime.datetime,
) -> Planned:
    """Plan a meeting on each day of a series. ``off``: the days off of its place, that it skips.

    Raises :class:`BadInput` when it has no day, or too many.
    """
    check_writes(by, structure, "prévoir une série de réunions")
    rule = rule_of(again.rhythm, fields.day)
    days = _days(rule, fields.day, again.until, off)
    told = [{"jour": day.isoformat(), "nom": name} for day, name in days.skipped]
    series = MeetingSeries.objects.create(
        structure=structure, rule=rule, first_on=fields.day, until=again.until, skipped=told
    )
    tell(structure, by=by, at=at, verb="prévoir une série", subject=series, after=values(series))
    planned = tuple(
        plan_meeting(structure, fields.model_copy(update={"day": day}), zone=zone, series=series, by=by, at=at)
        for day in days.kept
    )
    return Planned(planned, days.skipped)


@transaction.atomic
def change_following(
    meeting: Meeting,
    fields: MeetingFields,
    *,
    zone: zoneinfo.ZoneInfo,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> list[Meeting]:
    """Change a meeting of a series and the open ones after it: all move by as many days, each keeps its agenda."""
    check_writes(by, meeting.structure, "modifier une série de réunions")
    later = following(meeting)
    moved = fields.day - meeting.starts_at.astimezone(zone).date()
    changed = [change_meeting(meeting, fields, zone=zone, seen=seen, by=by, at=at)]
    for other in later:
        day = other.starts_at.astimezone(zone).date() + moved
        own = fields.model_copy(update={"day": day, "agenda": other.agenda})
        changed.append(change_meeting(other, own, zone=zone, by=by, at=at))
    return changed


@transaction.atomic
def cancel_following(meeting: Meeting, *, by: User, at: datetime.datetime) -> list[Meeting]:
    """Cancel a meeting of a series and the open ones after it."""
    check_writes(by, meeting.structure, "annuler une série de réunions")
    return [cancel_meeting(each, by=by, at=at) for each in (meeting, *following(meeting))]


@transaction.atomic
def restore_following(meeting: Meeting, *, by: User, at: datetime.datetime) -> list[Meeting]:
    """Plan again a meeting of a series and those after it that were cancelled."""
    check_writes(by, meeting.structure, "rétablir une série de réunions")
    later = following(meeting, Meeting.State.ANNULEE)
    return [restore_meeting(each, by=by, at=at) for each in (meeting, *later)]


@transaction.atomic
def expect_following(
    meeting: Meeting, members: Collection[uuid.UUID], *, by: User, at: datetime.datetime
) -> list[Meeting]:
    """Say who is expected at a meeting of a series and at the open ones after it."""
    return [expect(each, members, by=by, at=at) for each in (meeting, *following(meeting))]


def following(meeting: Meeting, state: str = Meeting.State.PREVUE) -> list[Meeting]:
    """The meetings of a series that come after one and are in this state, the nearest first."""
    if meeting.series is None:
        return []
    rows = meeting.series.meetings.filter(state=state, starts_at__gt=meeting.starts_at)
    return list(rows.select_related("structure__organisation").order_by("starts_at", "pk"))


def _days(rule: str, first: datetime.date, until: datetime.date, off: Off) -> Days:
    if until < first:
        raise BadInput([Problem("until", until.isoformat(), "une date qui ne précède pas la première réunion")])
    try:
        return days_of(rule, first, until, off)
    except ValueError as wrong:
        raise BadInput([Problem("until", until.isoformat(), str(wrong))]) from None
