"""The verbs on the national protocols of cooperation: apply one, declare it, join it, leave it, stop it."""

import datetime

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import CooperationFields, JoiningFields
from maillage.apps.activity.models import Cooperation, CooperationMember
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import NotNow, changes, tell, values
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure
from maillage.core.activity.cooperation import national_protocol
from maillage.core.kernel.problems import BadInput, Problem

TWICE = "L'équipe applique déjà ce protocole national."
ALREADY = "Ce membre adhère déjà à ce protocole national."
STOPPED = "L'équipe n'applique plus ce protocole national."


@transaction.atomic
def write_cooperation(
    structure: Structure, code: str, fields: CooperationFields, *, by: User, at: datetime.datetime
) -> Cooperation:
    """Say since when the team applies a national protocol, when it was declared, when it stopped."""
    check_writes(by, structure, "noter un protocole national")
    held(structure)
    if national_protocol(code) is None:
        raise BadInput([Problem("code", code, "un protocole national de la liste")])
    row = structure.cooperations.select_for_update(of=("self",)).filter(code=code, ends_on=None).first()
    before = values(row) if row else None
    row = row or Cooperation(structure=structure, code=code)
    row.starts_on, row.declared_on, row.ends_on = fields.starts_on, fields.declared_on, fields.ends_on
    row.save()
    if fields.ends_on:
        _end_of_all(row, fields.ends_on)
    told = changes(before, values(row)) if before else (None, values(row))
    if told[1]:
        tell(structure, by=by, at=at, verb="noter", subject=row, before=told[0], after=told[1])
    return row


@transaction.atomic
def join(cooperation: Cooperation, fields: JoiningFields, *, by: User, at: datetime.datetime) -> CooperationMember:
    """A member joins, as who delegates or as who receives."""
    row = _locked(cooperation, by)
    member = row.structure.members.filter(pk=fields.member, left_on=None).first()
    if member is None:
        raise BadInput([Problem("member", None, "un membre de l'équipe")])
    if row.people.filter(member=member, left_on=None).exists():
        raise NotNow(ALREADY)
    if fields.joined_on < row.starts_on:
        raise BadInput([Problem("joined_on", fields.joined_on, "une date qui ne précède pas le début du protocole")])
    found = CooperationMember.objects.create(
        cooperation=row, member=member, part=fields.part, joined_on=fields.joined_on
    )
    tell(row.structure, by=by, at=at, verb="adhérer", subject=found, after={**values(found), "membre": str(member)})
    return found


@transaction.atomic
def leave(joined: CooperationMember, day: datetime.date, *, by: User, at: datetime.datetime) -> CooperationMember:
    """A member leaves; their membership stays written."""
    cooperation = _locked(joined.cooperation, by)
    row = CooperationMember.objects.select_for_update(of=("self",)).get(pk=joined.pk)
    if row.left_on is not None:
        raise NotNow("Cette adhésion est déjà finie.")
    if day < row.joined_on:
        raise BadInput([Problem("left_on", day, "une date qui ne précède pas l'adhésion")])
    row.left_on = day
    row.save()
    tell(cooperation.structure, by=by, at=at, verb="quitter", subject=row, after={"jusqu'au": day.isoformat()})
    return row


@transaction.atomic
def rejoin(joined: CooperationMember, *, by: User, at: datetime.datetime) -> CooperationMember:
    """Undo a departure noted by mistake."""
    cooperation = _locked(joined.cooperation, by)
    row = CooperationMember.objects.select_for_update(of=("self",)).get(pk=joined.pk)
    if row.left_on is None or cooperation.people.filter(member=row.member, left_on=None).exists():
        raise NotNow("Ce départ n'est plus à annuler.")
    row.left_on = None
    row.save()
    tell(cooperation.structure, by=by, at=at, verb="rétablir", subject=row, after={"jusqu'au": None})
    return row


def _locked(cooperation: Cooperation, by: User) -> Cooperation:
    check_writes(by, cooperation.structure, "noter un protocole national")
    row = Cooperation.objects.select_for_update(of=("self",)).select_related("structure").get(pk=cooperation.pk)
    if row.ends_on is not None:
        raise NotNow(STOPPED)
    return row


def _end_of_all(cooperation: Cooperation, day: datetime.date) -> None:
    """Nobody is in a protocol that stopped; who joined after that day never did, and leaves the day they joined."""
    for each in cooperation.people.filter(left_on=None):
        each.left_on = max(day, each.joined_on)
        each.save()
