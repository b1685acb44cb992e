"""The verbs on the trainees: note, change, keep the certificate, remove, put back."""

import datetime
from typing import IO

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Traineeship
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.plan_inputs import TraineeshipFields
from maillage.apps.activity.services.actions import pilot_of
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
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

KINDS = ("pdf", "png", "jpg")
"""What a certificate may be: a document, or a photograph of it."""
WORDS = "noter un stagiaire"


@transaction.atomic
def welcome(structure: Structure, fields: TraineeshipFields, *, by: User, at: datetime.datetime) -> Traineeship:
    """Note a trainee. Raises :class:`BadInput`, :class:`PatientData`."""
    check_writes(by, structure, WORDS)
    row = Traineeship(structure=structure)
    _fill(row, fields)
    row.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
    return row


@transaction.atomic
def write_traineeship(
    row: Traineeship, fields: TraineeshipFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Traineeship:
    """Change a traineeship. Raises :class:`Changed` when ``seen`` is not its stamp any more."""
    check_writes(by, row.structure, WORDS)
    row = _row(row)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    row.save()
    _tell_change(row, before, by, at)
    return row


@transaction.atomic
def keep_certificate(
    row: Traineeship,
    *,
    name: str,
    content: IO[bytes],
    declared_harmless: bool = False,
    by: User,
    at: datetime.datetime,
) -> Traineeship:
    """Keep the certificate or the agreement of a traineeship; the one that it replaces stays in the log."""
    check_writes(by, row.structure, "déposer une attestation")
    row = _row(row)
    before = values(row)
    row.certificate = files.deposit(
        by=by,
        at=at,
        name=name,
        content=content,
        scope=str(row.structure.organisation_id),
        kinds=KINDS,
        declared_harmless=declared_harmless,
    )
    row.save(update_fields=["certificate"])
    _tell_change(row, before, by, at)
    return row


@transaction.atomic
def remove_traineeship(row: Traineeship, *, by: User, at: datetime.datetime) -> str:
    """Remove a traineeship; what is returned puts it back."""
    check_writes(by, row.structure, "retirer un stagiaire")
    row = _row(row)
    key = str(row.pk)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return key


@transaction.atomic
def put_traineeship_back(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Traineeship:
    """Put back a traineeship as it was. Raises :class:`NotNow` when there is nothing to put back."""
    check_writes(by, structure, "rétablir un stagiaire")
    told = removed(Traineeship, identifier)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow("Ce stage n'est plus à rétablir.")
    for name, model in (("supervisor_id", Member), ("certificate_id", StoredFile)):
        if told[name] and not model._default_manager.filter(pk=told[name]).exists():
            told[name] = None
    row = Traineeship.objects.create(pk=identifier, **told)
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=row, after=values(row))
    return row


def _row(row: Traineeship) -> Traineeship:
    return Traineeship.objects.select_for_update(of=("self",)).select_related("structure").get(pk=row.pk)


def _tell_change(row: Traineeship, before: dict[str, object], by: User, at: datetime.datetime) -> None:
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])


def _fill(row: Traineeship, fields: TraineeshipFields) -> None:
    screened({"school": fields.school})
    if fields.metier not in metiers():
        raise BadInput([Problem("metier", None, "un métier de la liste")])
    row.nom, row.prenom, row.kind, row.metier = fields.nom, fields.prenom, fields.kind, fields.metier
    row.school, row.starts_on, row.ends_on = fields.school, fields.starts_on, fields.ends_on
    try:
        row.supervisor = pilot_of(row.structure, fields.supervisor)
    except BadInput:
        raise BadInput([Problem("supervisor", None, "un membre de l'équipe")]) from None
