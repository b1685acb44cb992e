"""A whole list brought at once: its members, what each one belongs to, their shares, the fees that they paid."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.structures import belongings, dues, shares
from maillage.apps.structures.belonging_fields import BelongingFields, MovementFields, PaymentFields
from maillage.apps.structures.models import Belonging, LegalEntity, Member, Structure
from maillage.apps.structures.roster import Roster
from maillage.apps.structures.roster_belongings import Begun, standing
from maillage.apps.structures.team import add_members

IMPORTED = "import d'une liste"
Paid = tuple[int, int, Decimal]
"""The legal person, the year, and what was paid."""


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
    paid: defaultdict[Paid, list[str]] = defaultdict(list)
    for line in roster.lines:
        member = line.known or of_a_line.get(line.same_as or line.number)
        if member is None or line.begun is None or not line.begun.writes:
            continue
        row, is_new = _begin(structure, member, line.begun, by, at)
        begun, noted = begun + is_new, noted + (not is_new)
        if line.begun.paid:
            paid[line.begun.entity.pk, line.begun.year, line.begun.paid].append(str(row.pk))
    _pay(paid, by, at)
    return Brought(len(added), begun, noted)


def _begin(
    structure: Structure, member: Member, begun: Begun, by: User, at: datetime.datetime
) -> tuple[Belonging, bool]:
    """What a line says of a belonging: it begins unless it is there, then its shares; whether it began."""
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
    return row, is_new


def _pay(paid: Mapping[Paid, list[str]], by: User, at: datetime.datetime) -> None:
    """Note in one act those who paid the same for the same year."""
    for (entity, year, amount), keys in paid.items():
        row = dues.entity_dues(LegalEntity(pk=entity), year)
        if row is not None:
            dues.pay(row, keys, PaymentFields(amount=amount), by=by, at=at)
