"""Members note themselves present: with the code shown in the room once signed in, or with a link of their own."""

import datetime

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.check_in import Door, is_open, is_over
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.models import Attendance, Meeting
from maillage.apps.activity.services.meetings import write_attendance
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.models import Member

BY_LINK = "lien personnel d'une invitation"
"""Who acts, in the log, when a personal link is used without signing in."""
EXPIRED = "Ce lien ne sert plus : la réunion est finie, close ou annulée. Demandez à qui la tient de vous noter."
LEFT = "Ce lien ne sert plus : la personne à qui il a été envoyé ne fait plus partie de l'équipe."
CLOSED = "Ce lien ne sert plus : la structure est fermée."
EARLY = "Ce lien s'ouvre une demi-heure avant la réunion. Revenez à ce moment-là."


def member_of(person: User, meeting: Meeting) -> Member | None:
    """The member that an account is, in the team of a meeting."""
    return meeting.structure.members.filter(user=person, left_on=None).first()


def left_before(member: Member, day: datetime.date) -> bool:
    """Whether a member had left the team before a day; who leaves that day is still of it."""
    return member.left_on is not None and member.left_on < day


def is_spent(door: Door, at: datetime.datetime) -> bool:
    """Whether a link serves no more, and tells neither who nor what: not that it does not serve yet."""
    return why_shut(door, at) not in ("", EARLY)


def why_shut(door: Door, at: datetime.datetime) -> str:
    """Why nobody notes themself with this link now, in words; empty when it is open."""
    meeting = door.meeting
    if meeting.structure.organisation.closed_at is not None:
        return CLOSED
    if door.member is not None and left_before(door.member, timezone.localdate(meeting.starts_at)):
        return LEFT
    if is_over(meeting, at):
        return EXPIRED
    return "" if is_open(meeting, at) else EARLY


@transaction.atomic
def note_oneself(door: Door, fields: AttendanceFields, *, by: User | None, at: datetime.datetime) -> Attendance:
    """Note a member present, by themself. ``by``: who is signed in; nobody is needed with a personal link.

    Raises :class:`NotAllowed` when neither says who it is, :class:`NotNow` out of the time of the meeting, for who
    left before it or when the structure is closed, :class:`BadInput` for hours out of it.
    """
    member = door.member or (member_of(by, door.meeting) if by else None)
    if member is None or fields.member != member.pk:
        raise NotAllowed("noter sa présence")
    if shut := why_shut(door, at):
        raise NotNow(shut)
    source = Attendance.Source.LIEN if door.member else Attendance.Source.CODE
    kept = door.meeting.attendances.filter(member=member).first()
    given = fields.model_copy(update={"preparation": kept.preparation, "mandated_by": kept.mandated_by} if kept else {})
    rows = write_attendance(door.meeting, [given], source=source, by=by or BY_LINK, at=at)
    return next(row for row in rows if row.member_id == member.pk)
