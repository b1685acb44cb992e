"""The verbs on protocols: write, order, remove, put back."""

import datetime

from django.db import transaction
from django.db.models import Max

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import ProtocolFields
from maillage.apps.activity.models import Protocol
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.services.actions import pilot_of
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, check_unchanged, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.structures.holding import held
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

SCREENED = ("title", "theme", "need", "content")


@transaction.atomic
def create_protocol(structure: Structure, fields: ProtocolFields, *, by: User, at: datetime.datetime) -> Protocol:
    """Add a protocol at the end of the list. Raises :class:`PatientData` or :class:`BadInput`."""
    check_writes(by, structure, "écrire un protocole")
    held(structure)
    last = structure.protocols.aggregate(last=Max("position"))["last"]
    protocol = Protocol(structure=structure, position=0 if last is None else last + 1)
    _fill(protocol, fields)
    protocol.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=protocol, after=values(protocol))
    return protocol


@transaction.atomic
def write_protocol(
    protocol: Protocol, fields: ProtocolFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Protocol:
    """Change a protocol. Raises :class:`Changed` when someone wrote it since it was seen."""
    check_writes(by, protocol.structure, "écrire un protocole")
    row = _row(protocol)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    row.save()
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def move_protocol(protocol: Protocol, step: int, *, by: User, at: datetime.datetime) -> None:
    """Move a protocol up (-1) or down (1) in the list; at an end it stays."""
    check_writes(by, protocol.structure, "ordonner les protocoles")
    held(protocol.structure)
    protocol = _row(protocol)
    rows = Protocol.objects.select_for_update().filter(structure=protocol.structure)
    keys = list(rows.values_list("pk", flat=True))
    here = keys.index(protocol.pk)
    there = min(max(here + step, 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    for position, key in enumerate(keys):
        Protocol.objects.filter(pk=key).update(position=position)
    if here != there:
        told = {"before": {"rang": here}, "after": {"rang": there}}
        tell(protocol.structure, by=by, at=at, verb="ordonner", subject=protocol, **told)


@transaction.atomic
def remove_protocol(protocol: Protocol, *, by: User, at: datetime.datetime) -> str:
    """Remove a protocol; what is returned puts it back."""
    check_writes(by, protocol.structure, "supprimer un protocole")
    held(protocol.structure)
    row = _row(protocol)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return str(protocol.pk)


@transaction.atomic
def put_protocol_back(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Protocol:
    """Put back a protocol as it was. Raises :class:`NotNow` when there is nothing to put back."""
    check_writes(by, structure, "rétablir un protocole")
    held(structure)
    told = removed(Protocol, identifier)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow("Ce protocole n'est plus à rétablir.")
    if told["pilot_id"] and not Member.objects.filter(pk=told["pilot_id"]).exists():
        told["pilot_id"] = None
    protocol = Protocol.objects.create(pk=identifier, **told)
    protocol.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=protocol, after=values(protocol))
    return protocol


def _row(protocol: Protocol) -> Protocol:
    """The row as it is now, for this transaction alone. Raises ``DoesNotExist`` when it was removed."""
    return Protocol.objects.select_for_update(of=("self",)).select_related("structure").get(pk=protocol.pk)


def _fill(protocol: Protocol, fields: ProtocolFields) -> None:
    told = {name: getattr(fields, name) for name in SCREENED}
    screened(told)
    unknown = [slug for slug in fields.metiers if slug not in metiers()]
    if unknown:
        raise BadInput([Problem("metiers", unknown[0], "un métier de la liste")])
    for name, text in told.items():
        setattr(protocol, name, text)
    protocol.pilot = pilot_of(protocol.structure, fields.pilot)
    protocol.metiers, protocol.planned_on, protocol.state = list(fields.metiers), fields.planned_on, fields.state
