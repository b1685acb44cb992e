"""The links by which members note themselves present: the code shown in the room, and a link of their own.

A link is signed and keeps nothing but keys. It opens half an hour before the meeting and expires half an hour after its
end, or as soon as it is closed or cancelled.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.core import signing

from maillage.apps.activity.models import Meeting
from maillage.apps.structures.models import Member

SIGNER = signing.Signer(sep=".", salt="maillage.presence")
"""Short signatures: the shorter the address, the easier its code is to scan from the back of a room."""
LENGTH = 16
"""Bytes of a key."""
MARGIN = datetime.timedelta(minutes=30)
"""People sign as they enter, or as they leave."""


@dataclass(frozen=True)
class Door:
    """What a link opens: a meeting, and whose link it is (``None`` for the code shown in the room)."""

    meeting: Meeting
    member: Member | None


def link_of(meeting: Meeting, member: Member | None = None) -> str:
    """The signed end of an address: that of the room, or that of a member."""
    keys = meeting.pk.bytes + (member.pk.bytes if member else b"")
    return SIGNER.sign(signing.b64_encode(keys).decode())


def door_of(link: str) -> Door | None:
    """What a link opens; ``None`` when it was not signed here, or what it opens does not exist any more."""
    try:
        keys = signing.b64_decode(SIGNER.unsign(link).encode())
    except signing.BadSignature:
        return None
    rows = Meeting.objects.select_related("structure__organisation")
    meeting = rows.filter(pk=uuid.UUID(bytes=keys[:LENGTH])).first()
    if meeting is None:
        return None
    if len(keys) == LENGTH:
        return Door(meeting, None)
    member = meeting.structure.members.filter(pk=uuid.UUID(bytes=keys[LENGTH:])).first()
    return Door(meeting, member) if member is not None else None


def is_over(meeting: Meeting, at: datetime.datetime) -> bool:
    """Whether the links of a meeting serve no more: closed, cancelled, or its time is past."""
    end = meeting.starts_at + datetime.timedelta(minutes=meeting.minutes)
    return meeting.state != Meeting.State.PREVUE or at > end + MARGIN


def is_open(meeting: Meeting, at: datetime.datetime) -> bool:
    """Whether members may note themselves at this moment."""
    return meeting.starts_at - MARGIN <= at and not is_over(meeting, at)
