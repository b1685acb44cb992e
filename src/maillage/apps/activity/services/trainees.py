"""The verbs on the trainees: note, change, keep the certificate, remove, put back."""

import datetime
from dataclasses import dataclass
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
from maillage.apps.structures.holding import held
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

KINDS = ("pdf", "png", "jpg")
"""What a certificate may be: a document, or a photograph of it."""
WORDS = "noter un stagiaire"


@dataclass(frozen=True)
class Certificate:
    """The file that proves a traineeship, as it was sent."""

    name: str
    content: IO[bytes]
    declared_harmless: bool = False


@transaction.atomic
def welcome(
    structure: Structure,
    fields: TraineeshipFields,
    *,
    file: Certificate | None = None,
    by: User,
    at: datetime.datetime,
) -> Traineeship:
    """Note a trainee, with the file that proves it. Raises :class:`BadInput`, :class:`PatientData`."""
    check_writes(by, structure, WORDS)
    held(structure)
    row = Traineeship(structure=structure)
    _fill(row, fields)
    _keep(row, file, by, at)
    row.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=row, after=values(row))
    return row


@transaction.atomic
def write_traineeship(
    row: Traineeship,
    fields: TraineeshipFields,
    *,
    file: Certificate | None = None,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> Traineeship:
    """Change a traineeship, or keep its file. Raises :class:`Changed` when ``seen`` is not its stamp any more."""
    check_writes(by, row.structure, WORDS)
    row = Traineeship.objects.select_for_update(of=("self",)).select_related("structure").get(pk=row.pk)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    _keep(row, file, by, at)
    row.save()
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def remove_traineeship(row: Traineeship, *, by: User, at: datetime.datetime) -> str:
    """Remove a traineeship; what is returned puts it back."""
    check_writes(by, row.structure, "retirer un stagiaire")
    row = Traineeship.objects.select_for_update(of=("self",)).select_related("structure").get(pk=row.pk)
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


def _keep(row: Traineeship, file: Certificate | None, by: User, at: datetime.datetime) -> None:
    """Deposit the file; the one that it replaces stays, the log tells which it was."""
    if file is None:
        return
    row.certificate = files.deposit(
        by=by,
        at=at,
        name=file.name,
        content=file.content,
        scope=str(row.structure.organisation_id),
        kinds=KINDS,
        declared_harmless=file.declared_harmless,
    )


def _fill(row: Traineeship, fields: TraineeshipFields) -> None:
    screened({"school": fields.school})
    if fields.metier not in metiers():
        raise BadInput([Problem("metier", None, "un métier de la liste")])
    same = Traineeship.objects.filter(
        structure=row.structure, nom__iexact=fields.nom, prenom__iexact=fields.prenom,
        starts_on=fields.starts_on, ends_on=fields.ends_on,
    )  # fmt: skip
    if same.exclude(pk=row.pk).exists():
        raise BadInput([Problem("starts_on", None, "d'autres dates : ce stage de cette personne est déjà noté")])
    row.nom, row.prenom, row.kind, row.metier = fields.nom, fields.prenom, fields.kind, fields.metier
    row.school, row.starts_on, row.ends_on = fields.school, fields.starts_on, fields.ends_on
    try:
        row.supervisor = pilot_of(row.structure, fields.supervisor)
    except BadInput:
        raise BadInput([Problem("supervisor", None, "un membre de l'équipe")]) from None
