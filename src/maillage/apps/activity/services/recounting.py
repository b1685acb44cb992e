"""When a meeting becomes shorter or longer, who stayed the whole of it stayed that long."""

import datetime

from django.utils import timezone

from maillage.apps.activity.models import Attendance, Meeting
from maillage.apps.activity.queries import HERE
from maillage.core.activity.attending import stayed
from maillage.core.kernel.problems import BadInput, Problem

Span = tuple[datetime.datetime, int]


def recount(meeting: Meeting, before: Span) -> int:
    """Count again the time of who came, unless it was typed; how many changed. ``before``: former start and minutes.

    Call it in the transaction that changes the meeting. Raises :class:`BadInput` when an hour of arrival or departure
    that was noted would be out of the meeting.
    """
    after = (meeting.starts_at, meeting.minutes)
    if before == after:
        return 0
    changed = []
    for row in meeting.attendances.filter(presence__in=HERE):
        if row.minutes == _time(row, before):
            row.minutes = _checked(row, after)
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["minutes"])
    return len(changed)


def _time(row: Attendance, span: Span) -> int:
    start, minutes = span
    return stayed(timezone.localtime(start), minutes, row.arrived_at, row.left_at)


def _checked(row: Attendance, span: Span) -> int:
    try:
        return _time(row, span)
    except ValueError:
        expected = "une heure et une durée qui gardent les arrivées et les départs déjà notés"
        raise BadInput([Problem("hour", None, expected)]) from None
