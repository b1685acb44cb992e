"""The verbs on what is done with users: note, change, keep a proof, remove, put back."""

import datetime
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import (
    REMOVED,
    RESTORED,
    NotNow,
    changes,
    check_unchanged,
    removed,
    tell,
    values,
)
from maillage.apps.common.files import services as files
from maillage.apps.common.models import StoredFile
from maillage.apps.common.screening import screened
from maillage.apps.quality.models import UserInvolvement
from maillage.apps.quality.survey_inputs import InvolvementFields
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem

WORDS = "noter la participation des usagers"


@dataclass(frozen=True)
class Proof:
    """A file that proves what was done, as it was sent."""

    name: str
    content: IO[bytes]
    declared_harmless: bool = False


@transaction.atomic
def note_involvement(
    structure: Structure,
    fields: InvolvementFields,
    *,
    file: Proof | None = None,
    by: User,
    at: datetime.datetime,
) -> UserInvolvement:
    """Note something done with users, with its proof. Raises :class:`BadInput`, :class:`PatientData`."""
    check_writes(by, structure, WORDS)
    held(structure)
    row = UserInvolvement(structure=structure)
    _fill(row, fields, at)
    _keep(row, file, by, at)
    row.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
    return row


@transaction.atomic
def write_involvement(
    row: UserInvolvement,
    fields: InvolvementFields,
    *,
    file: Proof | None = None,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> UserInvolvement:
    """Change it, or keep its proof. Raises :class:`Changed` when ``seen`` is not its stamp any more."""
    check_writes(by, row.structure, WORDS)
    row = _row(row)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields, at)
    _keep(row, file, by, at)
    row.save()
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def remove_involvement(row: UserInvolvement, *, by: User, at: datetime.datetime) -> str:
    """Remove it; what is returned puts it back."""
    check_writes(by, row.structure, WORDS)
    row = _row(row)
    key = str(row.pk)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return key


@transaction.atomic
def put_involvement_back(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> UserInvolvement:
    """Put it back as it was. Raises :class:`NotNow` when there is nothing to put back."""
    check_writes(by, structure, WORDS)
    told = removed(UserInvolvement, identifier)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow("Cette participation n'est plus à rétablir.")
    if told["proof_id"] and not StoredFile.objects.filter(pk=told["proof_id"]).exists():
        told["proof_id"] = None
    row = UserInvolvement.objects.create(pk=identifier, **told)
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=row, after=values(row))
    return row


def _row(row: UserInvolvement) -> UserInvolvement:
    return UserInvolvement.objects.select_for_update(of=("self",)).select_related("structure").get(pk=row.pk)


def _keep(row: UserInvolvement, file: Proof | None, by: User, at: datetime.datetime) -> None:
    if file is not None:
        row.proof = files.deposit(
            by=by,
            at=at,
            name=file.name,
            content=file.content,
            scope=str(row.structure.organisation_id),
            declared_harmless=file.declared_harmless,
        )


def _fill(row: UserInvolvement, fields: InvolvementFields, at: datetime.datetime) -> None:
    screened({"title": fields.title, "partners": fields.partners, "outcome": fields.outcome})
    if fields.day > timezone.localdate(at):
        raise BadInput([Problem("day", fields.day.isoformat(), "la date d'aujourd'hui, ou une date passée")])
    same = UserInvolvement.objects.filter(
        structure=row.structure, day=fields.day, kind=fields.kind, title__iexact=fields.title
    )
    if same.exclude(pk=row.pk).exists():
        raise BadInput([Problem("title", fields.title, "autre chose : c'est déjà noté ce jour-là")])
    for name, value in fields.model_dump().items():
        setattr(row, name, value)
