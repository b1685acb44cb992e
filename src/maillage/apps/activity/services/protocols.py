"""The verbs on protocols: write, order, remove, put back. Their life is in :mod:`.protocol_life`."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import ProtocolFields
from maillage.apps.activity.models import Protocol, ProtocolWriter
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.services.actions import pilot_of
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, check_unchanged, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.structures.holding import held
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Member, Structure
from maillage.core.activity import protocol_life as life
from maillage.core.activity.themes import code_of
from maillage.core.kernel.problems import BadInput, Problem

SCREENED = ("title", "theme", "need", "content")
WRITERS = "rédacteurs"
"""What the log calls the writers of a protocol."""
PUBLISHED = "Ce protocole ne s'écrit plus : reprenez l'écriture, ou révisez-le."
KEPT = "Ce protocole a été publié ou utilisé : retirez-le, il reste dans les archives de la structure."


@transaction.atomic
def create_protocol(structure: Structure, fields: ProtocolFields, *, by: User, at: datetime.datetime) -> Protocol:
    """Add a protocol at the end of the list. Raises :class:`PatientData` or :class:`BadInput`."""
    check_writes(by, structure, "écrire un protocole")
    held(structure)
    last = structure.protocols.aggregate(last=Max("position"))["last"]
    protocol = Protocol(structure=structure, position=0 if last is None else last + 1)
    protocol.state = fields.state
    _check_once(structure, fields.title)
    _fill(protocol, fields)
    protocol.save(force_insert=True)
    _write_writers(protocol, fields.writers)
    tell(structure, by=by, at=at, verb="créer", subject=protocol, after=told_of(protocol))
    return protocol


@transaction.atomic
def write_protocol(
    protocol: Protocol, fields: ProtocolFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Protocol:
    """Change a protocol. Raises :class:`Changed` when someone wrote it since it was seen, :class:`NotNow` once it is
    published, retired, or awaits the opinion of the members.
    """
    check_writes(by, protocol.structure, "écrire un protocole")
    row = locked(protocol)
    if not life.is_written(row.state, row.version):
        raise NotNow(PUBLISHED)
    check_unchanged(row, seen)
    before = told_of(row)
    _fill(row, fields)
    row.save()
    _write_writers(row, fields.writers)
    changed = changes(before, told_of(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def move_protocol(protocol: Protocol, step: int, *, by: User, at: datetime.datetime) -> None:
    """Move a protocol up (-1) or down (1) in the list; at an end it stays."""
    check_writes(by, protocol.structure, "ordonner les protocoles")
    held(protocol.structure)
    protocol = locked(protocol)
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
    """Remove a protocol; what is returned puts it back. Raises :class:`NotNow` once it was published or used."""
    check_writes(by, protocol.structure, "supprimer un protocole")
    held(protocol.structure)
    row = locked(protocol)
    if not life.is_written(row.state, row.version) or row.version or row.uses.exists():
        raise NotNow(KEPT)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=told_of(row))
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
    writers = told.pop(WRITERS, [])
    if told["pilot_id"] and not Member.objects.filter(pk=told["pilot_id"]).exists():
        told["pilot_id"] = None
    protocol = Protocol.objects.create(pk=identifier, **told)
    protocol.refresh_from_db()
    still = structure.members.filter(pk__in=writers).values_list("pk", flat=True)
    _write_writers(protocol, list(still))
    tell(structure, by=by, at=at, verb=RESTORED, subject=protocol, after=told_of(protocol))
    return protocol


def locked(protocol: Protocol) -> Protocol:
    """The row as it is now, for this transaction alone. Raises ``DoesNotExist`` when it was removed."""
    return Protocol.objects.select_for_update(of=("self",)).select_related("structure").get(pk=protocol.pk)


def told_of(protocol: Protocol) -> dict[str, Any]:
    """A protocol with its writers, as the log keeps it."""
    return {**values(protocol), WRITERS: [str(key) for key in protocol.writers.values_list("member", flat=True)]}


def _check_once(structure: Structure, title: str) -> None:
    if structure.protocols.exclude(state=Protocol.State.RETIRE).filter(title=title).exists():
        raise BadInput([Problem("title", title, "un autre intitulé : ce protocole est déjà dans la liste")])


def _fill(protocol: Protocol, fields: ProtocolFields) -> None:
    told = {name: getattr(fields, name) for name in SCREENED}
    screened(told)
    unknown = [slug for slug in fields.metiers if slug not in metiers()]
    if unknown:
        raise BadInput([Problem("metiers", unknown[0], "un métier de la liste")])
    for name, text in told.items():
        setattr(protocol, name, text)
    protocol.pilot = pilot_of(protocol.structure, fields.pilot)
    protocol.metiers, protocol.planned_on = list(fields.metiers), fields.planned_on
    protocol.in_mission, protocol.theme_code = fields.in_mission, code_of("protocole", fields.theme)
    if protocol.state == Protocol.State.PREVU and protocol.content:
        protocol.state = Protocol.State.EN_COURS


def _write_writers(protocol: Protocol, wanted: Sequence[uuid.UUID]) -> None:
    """The writers are these members of the team. Raises :class:`BadInput` for someone else."""
    known = {each.pk: each for each in protocol.structure.members.filter(pk__in=wanted)}
    if len(known) != len(set(wanted)):
        raise BadInput([Problem("writers", None, "des membres de l'équipe")])
    protocol.writers.exclude(member__in=known).delete()
    held_ = set(protocol.writers.values_list("member", flat=True))
    rows = [ProtocolWriter(protocol=protocol, member=each) for key, each in known.items() if key not in held_]
    ProtocolWriter.objects.bulk_create(rows)
