"""Documents for the members of a session: of the whole session, or of one item."""

import datetime
import uuid
from typing import IO

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.files.services import deposit
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.commissions.base import State, check_runs, held, item_of, tell
from maillage.apps.dossiers.commissions.rights import closed_items, is_away
from maillage.apps.dossiers.models import Session, SessionDocument
from maillage.apps.dossiers.refusals import refused

OPEN = (State.PREPAREE, State.CONVOQUEE, State.OUVERTE, State.TENUE)
KINDS = ("pdf", "docx", "odt", "xlsx", "ods")


@transaction.atomic
def add(
    session: Session,
    item: uuid.UUID | None,
    *,
    name: str,
    content: IO[bytes],
    by: User,
    at: datetime.datetime,
    declared_harmless: bool = False,
) -> SessionDocument:
    """Give a document to the members. Raises :class:`BadInput` (``PatientData`` for the screen)."""
    row = held(session.pk, *OPEN)
    check_runs(by, row.commission, "déposer un document de séance")
    about = None if item is None else item_of(row, item)
    if about is not None and is_away(by, about.dossier):
        raise NotAllowed("déposer un document sur ce point")
    file = deposit(
        by=by, at=at, name=name, content=content, scope=str(row.commission.organisation_id), kinds=KINDS,
        declared_harmless=declared_harmless,
    )  # fmt: skip
    document = SessionDocument.objects.create(session=row, item=about, file=file, added_at=at, added_by=by)
    told = {"point": about.position if about else None}
    tell(row.commission, "déposer un document de séance", row, by=by, at=at, after=told)
    return document


@transaction.atomic
def remove(session: Session, document: int, *, by: User, at: datetime.datetime) -> None:
    """Take a document back before the session is opened; its file stays for the log."""
    row = held(session.pk, State.PREPAREE, State.CONVOQUEE)
    check_runs(by, row.commission, "retirer un document de séance")
    found = document_of(by, row, document)
    if found is None:
        raise refused("", "Ce document n'est plus là.")
    tell(row.commission, "retirer un document de séance", row, by=by, at=at, before={"fichier": str(found.file_id)})
    found.delete()


def documents_of(person: User, session: Session) -> list[SessionDocument]:
    """The documents of a session that a person may read: not those of an item from which they are kept away."""
    away = closed_items(person, session)
    rows = session.documents.select_related("file", "item")
    return [each for each in rows if each.item_id not in away]


def document_of(person: User, session: Session, identifier: int) -> SessionDocument | None:
    """One of them, ``None`` when it is not for this person."""
    return next((each for each in documents_of(person, session) if each.pk == identifier), None)
