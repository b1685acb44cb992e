"""How often a protocol serves: one tap, or the number of a month. Never a patient."""

import datetime

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.models import Protocol, ProtocolUse
from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.apps.activity.services.protocols import locked
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem

MOST = 100_000
NOT_IN_FORCE = "Ce protocole n'est pas en vigueur."
NOT_YET = "un mois commencé"


def may_use(person: Person, structure: Structure) -> bool:
    """Whether a person may say that a protocol served: who writes, and each member of the team for themself."""
    own = structure.members.filter(left_on=None, user=person.pk) if person.pk else structure.members.none()
    return may_write(person, structure) or (may_see_inside(person, structure) and own.exists())


@transaction.atomic
def use(protocol: Protocol, *, by: User, at: datetime.datetime, times: int = 1) -> ProtocolUse:
    """It served once more this month; ``times=-1`` takes the last tap back."""
    if not may_use(by, protocol.structure):
        raise NotAllowed("compter une utilisation")
    row = locked(protocol)
    if not row.is_in_force:
        raise NotNow(NOT_IN_FORCE)
    month = timezone.localdate(at).replace(day=1)
    counted = _of(row, month)
    return _write(row, counted, max(counted.count + times, 0), by=by, at=at)


@transaction.atomic
def set_uses(protocol: Protocol, month: datetime.date, count: int, *, by: User, at: datetime.datetime) -> ProtocolUse:
    """The number of a month, as someone counted it. Raises :class:`BadInput` for a month to come."""
    if not may_write(by, protocol.structure):
        raise NotAllowed("compter les utilisations")
    if month > timezone.localdate(at):
        raise BadInput([Problem("month", month, NOT_YET)])
    if not 0 <= count <= MOST:
        raise BadInput([Problem("count", count, "un nombre de 0 à 100 000")])
    row = locked(protocol)
    return _write(row, _of(row, month.replace(day=1)), count, by=by, at=at)


def _of(protocol: Protocol, month: datetime.date) -> ProtocolUse:
    return ProtocolUse.objects.select_for_update(of=("self",)).get_or_create(protocol=protocol, month=month)[0]


def _write(protocol: Protocol, row: ProtocolUse, count: int, *, by: User, at: datetime.datetime) -> ProtocolUse:
    before, row.count = row.count, count
    row.save()
    if before != count:
        after = {"mois": f"{row.month:%Y-%m}", "utilisations": count}
        tell(
            protocol.structure, by=by, at=at, verb="compter", subject=row, before={"utilisations": before}, after=after
        )
    return row
