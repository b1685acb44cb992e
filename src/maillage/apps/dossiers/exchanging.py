"""What is said on a dossier: messages between who files and who reviews, notes that who files never sees."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.files.services import deposit
from maillage.apps.common.models import StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.models import Dossier, Message, Seen
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.permissions import is_of_the_filer, may_decide, may_draft, may_read_inside, may_review
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.telling import tell

LONGEST = 20_000
"""Letters of one message."""
KINDS = ("pdf", "docx", "odt", "xlsx", "ods", "png", "jpg", "csv")
"""What may be joined to a message."""


@dataclass(frozen=True)
class GivenFile:
    """A file as it was sent: its name and its bytes. ``declared_harmless``: who sent it says it tells no patient."""

    name: str
    content: IO[bytes]
    declared_harmless: bool = False


def may_read_exchanges(person: User, dossier: Dossier) -> bool:
    """Whether a person reads the messages: who files and the authority; neither an expert nor an associated body."""
    return is_of_the_filer(person, dossier) or may_read_inside(person, dossier)


def may_write_message(person: User, dossier: Dossier) -> bool:
    """Whether a person may write to the other side: who drafts or files, who reviews, who decides."""
    return may_draft(person, dossier) or may_note(person, dossier)


def may_note(person: User, dossier: Dossier) -> bool:
    """Whether a person may write an internal note."""
    return may_review(person, dossier) or may_decide(person, dossier)


def messages_of(person: User, dossier: Dossier) -> QuerySet[Message]:
    """The messages that a person may read, the oldest first: internal notes for the authority only."""
    if not may_read_exchanges(person, dossier):
        return Message.objects.none()
    rows = dossier.messages.select_related("author", "file")
    return rows if may_read_inside(person, dossier) else rows.filter(is_internal=False)


@transaction.atomic
def write_message(
    dossier: Dossier,
    text: str,
    *,
    internal: bool = False,
    file: GivenFile | None = None,
    by: User,
    at: datetime.datetime,
) -> Message:
    """Write to the other side, or a note for the authority alone. Raises :class:`BadInput`, :class:`NotAllowed`."""
    dossier = locked(dossier.pk)
    if not (may_note(by, dossier) if internal else may_write_message(by, dossier)):
        raise NotAllowed("laisser un message sur ce dossier")
    text = text.strip()
    _check_message(dossier, text)
    stored = kept_file(dossier, file, internal=internal, by=by, at=at) if file else None
    row = Message.objects.create(dossier=dossier, at=at, author=by, text=text, is_internal=internal, file=stored)
    told = {"pièce jointe": stored.name} if stored else None
    write_event(dossier, "noter" if internal else "écrire un message", by=by, at=at, after=told, internal=internal)
    mark_seen(dossier, by=by, at=at)
    if internal:
        tell(dossier, "note", by=by, at=at)
    else:
        tell(dossier, "message", by=by, at=at, to="deposant" if may_note(by, dossier) else "instruction")
    return row


def kept_file(dossier: Dossier, file: GivenFile, *, internal: bool, by: User, at: datetime.datetime) -> StoredFile:
    """A file given on a dossier: of the authority when it is internal, of who files otherwise."""
    scope = dossier.authority_id if internal else dossier.filer_id
    return deposit(
        by=by, at=at, name=file.name, content=file.content, scope=str(scope or dossier.filer_id), kinds=KINDS,
        declared_harmless=file.declared_harmless,
    )  # fmt: skip


def mark_seen(dossier: Dossier, *, by: User, at: datetime.datetime) -> None:
    """Note that a person has read the exchanges until now: a mark of their own, without an event."""
    Seen.objects.update_or_create(dossier=dossier, user=by, defaults={"at": at})


def note_visit(dossier: Dossier, *, by: User, at: datetime.datetime) -> datetime.datetime | None:
    """Note that a person opened a dossier, and give when they opened it before; a mark of their own, no event."""
    row, created = Seen.objects.get_or_create(dossier=dossier, user=by, defaults={"visited_at": at})
    before = None if created else row.visited_at
    if not created:
        row.visited_at = at
        row.save(update_fields=["visited_at"])
    return before


def unread(person: User, dossiers: Iterable[UUID] | QuerySet[Dossier]) -> dict[UUID, int]:
    """How many messages of others a person has not read, by dossier; those of this list only.

    Internal notes count for the authority alone: give it dossiers that this person reviews (``to_review``).
    """
    return dict(_unread(person, dossiers).values_list("dossier").annotate(count=Count("pk")))


def unread_of(person: User, dossier: Dossier) -> int:
    """How many messages of a dossier a person has not read."""
    seen = Seen.objects.filter(dossier=dossier, user=person).aggregate(at=Max("at"))["at"]
    rows = messages_of(person, dossier).exclude(author=person)
    return rows.filter(at__gt=seen).count() if seen else rows.count()


def _unread(person: User, dossiers: Iterable[UUID] | QuerySet[Dossier]) -> QuerySet[Message]:
    read = Q(dossier__seen__user=person, dossier__seen__at__gte=F("at"))
    rows = Message.objects.filter(dossier__in=dossiers).exclude(author=person)
    return rows.exclude(pk__in=Message.objects.filter(read).values("pk")).order_by()


def _check_message(dossier: Dossier, text: str) -> None:
    if dossier.phase == Dossier.Phase.BROUILLON:
        raise refused("texte", "Ce dossier n'est pas encore déposé : personne ne lirait ce message.")
    if not text:
        raise refused("texte", "Écrivez votre message.")
    if len(text) > LONGEST:
        raise refused("texte", f"Un message a {LONGEST} caractères au plus : joignez plutôt un fichier.")
    screened({"texte": text})
