"""A whole list brought at once: its members, what each one belongs to, their shares, the fees that they paid."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.structures import belongings, dues, shares
from maillage.apps.structures.belonging_fields import BelongingFields, MovementFields, PaymentFields
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.roster import Roster
from maillage.apps.structures.roster_belongings import Begun, standing
from maillage.apps.structures.team import add_members

IMPORTED = "import d'une liste"


@dataclass(frozen=True)
class Brought:
    """What was written: people added, belongings begun, and those that stood which gained shares or a payment."""

    members: int
    belongings: int
    noted: int


@transaction.atomic
def bring(structure: Structure, roster: Roster, *, by: User, at: datetime.datetime) -> Brought:
    """Write a list that is ready, or nothing. Raises :class:`NotAllowed`, :class:`BadInput`."""
    new = [line for line in roster.lines if line.is_somebody_new]
    added = add_members(structure, [line.fields for line in new if line.fields], by=by, at=at) if new else []
    of_a_line = {line.number: member for line, member in zip(new, added, strict=True)}
    begun = noted = 0
    for line in roster.lines:
        member = line.known or of_a_line.get(line.same_as or line.number)
        if member is None or line.begun is None or not line.begun.writes:
            continue
        is_new = _begin(structure, member, line.begun, by, at)
        begun, noted = begun + is_new, noted + (not is_new)
    return Brought(len(added), begun, noted)


def _begin(structure: Structure, member: Member, begun: Begun, by: User, at: datetime.datetime) -> bool:
    """What a line says of a belonging: it begins unless it is there, then its shares and its fee."""
    row = standing(member, begun.entity, begun.quality)
    is_new = row is None
    if row is None:
        fields = BelongingFields(
            entity=begun.entity.pk, quality=begun.quality, since=begun.since, half_days=begun.half_days
        )
        row = belongings.begin(structure, member, fields, by=by, at=at)
    if begun.shares and not row.shares_taken.filter(undone_at=None).exists():
        moved = MovementFields(taker=f"a:{row.pk}", shares=begun.shares, day=begun.since, reference=IMPORTED)
        shares.move(begun.entity, moved, by=by, at=at)
    year = dues.entity_dues(begun.entity, begun.year) if begun.paid else None
    if year is not None and not row.payments.filter(dues=year, undone_at=None).exists():
        dues.pay(year, [str(row.pk)], PaymentFields(amount=begun.paid), by=by, at=at)
    return is_new
