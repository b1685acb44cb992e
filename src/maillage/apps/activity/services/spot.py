"""A meeting that begins now, as the last one of its kind was: one tap."""

import datetime
import zoneinfo

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.models import Expected, Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.services.meetings import plan_meeting
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french

USUAL = 60
"""Minutes of a meeting whose kind has none before it: the page lets one change them."""
QUARTER = 15
SOON = datetime.timedelta(hours=1)


@transaction.atomic
def begin_now(
    structure: Structure, kind: str, *, zone: zoneinfo.ZoneInfo, by: User, at: datetime.datetime
) -> tuple[Meeting, bool]:
    """The meeting of this kind that begins within an hour, or has just ended, today; else a new one: (meeting, is new).

    A new one has the place, the length and the people of the last of its kind; tapped twice, it is made once.
    """
    check_writes(by, structure, "ouvrir une réunion")
    # Held until the end: two taps at once make one meeting.
    type(structure).objects.select_for_update(of=("self",)).get(pk=structure.pk)
    here = at.astimezone(zone)
    if (planned := _planned(structure, kind, here)) is not None:
        return planned, False
    last = structure.meetings.filter(kind=kind).exclude(state=Meeting.State.ANNULEE).first()
    label = Meeting.Kind(kind).label
    told = {
        "title": f"{label[:1].upper()}{label[1:]} du {french.day(here.date())}",
        "kind": kind,
        "day": here.date(),
        "hour": f"{here.hour}:{here.minute - here.minute % QUARTER:02d}",
        "minutes": str(last.minutes if last else USUAL),
        "place": last.place if last else "",
    }
    fields = MeetingFields.model_validate(told)
    meeting = plan_meeting(structure, fields, zone=zone, by=by, at=at)
    if last is not None:
        people = last.expected.filter(member__left_on=None).values_list("member_id", flat=True)
        Expected.objects.bulk_create([Expected(meeting=meeting, member_id=member) for member in people])
    return meeting, True


def _planned(structure: Structure, kind: str, here: datetime.datetime) -> Meeting | None:
    morning = here.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = structure.meetings.filter(
        kind=kind, state=Meeting.State.PREVUE, starts_at__gte=morning, starts_at__lte=here + SOON
    )
    lengths = ((each, datetime.timedelta(minutes=each.minutes)) for each in rows.order_by("-starts_at", "pk"))
    return next((each for each, length in lengths if each.starts_at + length + SOON >= here), None)
