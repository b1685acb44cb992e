"""Members note themselves present: with the code shown in the room once signed in, or with a link of their own."""

import datetime

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.check_in import Door, is_open
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.models import Attendance, Meeting
from maillage.apps.activity.services.meetings import write_attendance
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.models import Member

BY_LINK = "lien personnel d'une invitation"
"""Who acts, in the log, when a personal link is used without signing in."""
EXPIRED = "Ce lien ne sert plus : la réunion est finie, close ou annulée. Demandez à qui la tient de vous noter."
EARLY = "Ce lien s'ouvre une demi-heure avant la réunion. Revenez à ce moment-là."


def member_of(person: User, meeting: Meeting) -> Member | None:
    """The member that an account is, in the team of a meeting."""
    return meeting.structure.members.filter(user=person, left_on=None).first()


@transaction.atomic
def note_oneself(door: Door, fields: AttendanceFields, *, by: User | None, at: datetime.datetime) -> Attendance:
    """Note a member present, by themself. ``by``: who is signed in; nobody is needed with a personal link.

    Raises :class:`NotAllowed` when neither says who it is, :class:`NotNow` out of the time of the meeting,
    :class:`BadInput` for hours out of it.
    """
    member = door.member or (member_of(by, door.meeting) if by else None)
    if member is None or fields.member != member.pk:
        raise NotAllowed("noter sa présence")
    if not is_open(door.meeting, at):
        raise NotNow(EARLY if at < door.meeting.starts_at and door.meeting.state == "prevue" else EXPIRED)
    source = Attendance.Source.LIEN if door.member else Attendance.Source.CODE
    kept = door.meeting.attendances.filter(member=member).first()
    given = fields.model_copy(update={"preparation": kept.preparation, "mandated_by": kept.mandated_by} if kept else {})
    rows = write_attendance(door.meeting, [given], source=source, by=by or BY_LINK, at=at)
    return next(row for row in rows if row.member_id == member.pk)
