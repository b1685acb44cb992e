"""The meetings of a structure, in its calendar; one that was held and is not closed is late."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from maillage.apps.activity.models import Meeting
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure

DAY = datetime.timedelta(days=1)


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """Each meeting of a period that is not cancelled (both days included)."""
    rows = structure.meetings.exclude(state=Meeting.State.ANNULEE)
    # One day more on each side: a moment is on a day of its place only once it is told there.
    rows = rows.filter(starts_at__date__gte=since - DAY, starts_at__date__lte=until + DAY)
    for meeting in rows.order_by("starts_at", "pk"):
        day = timezone.localdate(meeting.starts_at)
        if since <= day <= until:
            yield Due(
                day=day,
                nature="reunion",
                subject=f"reunion:{meeting.pk}",
                what=meeting.title,
                page=f"reunions/{meeting.pk}/",
                is_late_after=meeting.state == Meeting.State.PREVUE,
                starts_at=meeting.starts_at,
                minutes=meeting.minutes,
            )
