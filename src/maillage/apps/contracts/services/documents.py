"""The verbs on the documents of a structure: file one, add a version, take it out, put it back."""

import datetime

from django.db import transaction
from django.db.models import Max

from maillage.apps.accounts.models import User
from maillage.apps.activity.records import GivenFile, entity_of, kept, locked, member_of, tell_change
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, check_unchanged, tell, values
from maillage.apps.common.repeats import just_written, sent_twice
from maillage.apps.common.screening import screened
from maillage.apps.contracts.fields import DocumentFields, FileFields
from maillage.apps.contracts.models import Document, DocumentVersion
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import check_edits

ACT = "modifier les documents"


@transaction.atomic
def file_document(
    structure: Structure,
    fields: DocumentFields,
    days: FileFields,
    *,
    file: GivenFile,
    by: User,
    at: datetime.datetime,
) -> Document:
    """File a document with its first version. Raises :class:`PatientData` or :class:`BadInput`."""
    check_edits(by, structure, ACT)
    held(structure)
    document = Document(structure=structure)
    _fill(document, fields)
    same = Document.objects.filter(structure=structure, title=document.title, category=document.category)
    if just_written(same.filter(removed_at=None, entity=document.entity), at):
        raise sent_twice("title", "un autre intitulé", "ce document")
    document.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=document, after=values(document))
    _add(document, 1, days, file, by=by, at=at)
    return document


@transaction.atomic
def write_document(
    document: Document, fields: DocumentFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Document:
    """Change what a document is. Raises :class:`Changed` when someone wrote it since it was seen."""
    check_edits(by, document.structure, ACT)
    row = locked(document)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    row.save()
    tell_change(row.structure, row, before, by=by, at=at)
    return row


@transaction.atomic
def add_version(
    document: Document, days: FileFields, *, file: GivenFile, by: User, at: datetime.datetime
) -> DocumentVersion:
    """Add a version; those before stay. Raises :class:`NotNow`, :class:`PatientData` or :class:`BadInput`."""
    check_edits(by, document.structure, ACT)
    row = locked(document)
    if row.removed_at is not None:
        raise NotNow("Ce document est retiré : rétablissez-le avant d'y ajouter un fichier.")
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    return _add(row, last + 1, days, file, by=by, at=at)


@transaction.atomic
def remove_document(document: Document, *, back: bool = False, by: User, at: datetime.datetime) -> Document:
    """Take a document out of the list, its files kept, or (``back``) put it back."""
    check_edits(by, document.structure, ACT)
    row = locked(document)
    if back is (row.removed_at is None):
        return row
    before = values(row)["removed_at"]
    row.removed_at = None if back else at
    row.save(update_fields=["removed_at"])
    told = {"before": {"removed_at": before}, "after": {"removed_at": values(row)["removed_at"]}}
    tell(row.structure, by=by, at=at, verb=RESTORED if back else REMOVED, subject=row, **told)
    return row


def _fill(document: Document, fields: DocumentFields) -> None:
    screened({"title": fields.title})
    document.title, document.category, document.warn_days = fields.title, fields.category, fields.warn_days
    document.entity = entity_of(document.structure, fields.entity)
    document.owner = member_of(document.structure, fields.owner)


def _add(
    document: Document, number: int, days: FileFields, file: GivenFile, *, by: User, at: datetime.datetime
) -> DocumentVersion:
    screened({"note": days.note})
    stored = kept(document.structure, file, by=by, at=at)
    version = DocumentVersion.objects.create(
        document=document, number=number, file=stored, **days.model_dump(), at=at, by=by
    )
    tell(document.structure, by=by, at=at, verb="créer", subject=version, after=values(version))
    return version
