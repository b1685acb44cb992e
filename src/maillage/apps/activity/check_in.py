"""The links by which members note themselves present: the code shown in the room, and a link of their own.

A link is signed and keeps nothing but keys. It opens half an hour before the meeting and expires half an hour after its
end, or as soon as it is closed or cancelled.
"""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.core import signing

from maillage.apps.activity.models import Meeting
from maillage.apps.structures.models import Member

SALT = "maillage.presence"
MARGIN = datetime.timedelta(minutes=30)
"""People sign as they enter, or as they leave."""


@dataclass(frozen=True)
class Door:
    """What a link opens: a meeting, and whose link it is (``None`` for the code shown in the room)."""

    meeting: Meeting
    member: Member | None


def link_of(meeting: Meeting, member: Member | None = None) -> str:
    """The signed end of an address: that of the room, or that of a member."""
    told = {"r": meeting.pk.hex, **({"m": member.pk.hex} if member else {})}
    return signing.dumps(told, salt=SALT)


def door_of(link: str) -> Door | None:
    """What a link opens; ``None`` when it was not signed here, or what it opens does not exist any more."""
    try:
        told = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Meeting.objects.select_related("structure__organisation")
    meeting = rows.filter(pk=_key(told, "r")).first()
    if meeting is None:
        return None
    if "m" not in told:
        return Door(meeting, None)
    member = meeting.structure.members.filter(pk=_key(told, "m")).first()
    return Door(meeting, member) if member is not None else None


def is_open(meeting: Meeting, at: datetime.datetime) -> bool:
    """Whether members may note themselves at this moment."""
    end = meeting.starts_at + datetime.timedelta(minutes=meeting.minutes)
    return meeting.state == Meeting.State.PREVUE and meeting.starts_at - MARGIN <= at <= end + MARGIN


def _key(told: dict[str, Any], name: str) -> uuid.UUID:
    return uuid.UUID(hex=told[name])
