"""The documents of a dossier: joined, replaced, taken out and put back."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.files import services as files
from maillage.apps.common.models import StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.models import Dossier, Message, Piece, PieceRequest
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.opening import check_open
from maillage.apps.dossiers.permissions import may_draft
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers.answers import counted
from maillage.core.dossiers.definition import DocumentData

FREE = "autre"
"""The code of a document that the definition does not name."""
FORMATS = ("pdf", "docx", "odt", "xlsx", "ods", "png", "jpg")
OTHER = DocumentData(
    code=FREE,
    libelle="Autre pièce",
    obligatoire=False,
    plusieurs=True,
    formats=FORMATS,
    aide="Ce que l'administration vous a demandé en plus, ou ce qui éclaire votre dossier.",
    source="usage",
    confiance="C",
)
MOST = 50
"""Documents of a dossier at once."""


@dataclass(frozen=True)
class Given:
    """A file that a person sends."""

    name: str
    content: IO[bytes]
    declared_harmless: bool = False


def documents_of(dossier: Dossier) -> tuple[DocumentData, ...]:
    """The documents to join to a dossier, with its answers, then those that a request names by itself; the last stands
    for any other one."""
    definition = definition_of(dossier)
    named = _named(dossier) if dossier.phase != Dossier.Phase.BROUILLON else ()
    return (*definition.documents(counted(definition, dossier.answers)), *named, OTHER)


def code_asked(request: PieceRequest, item: Mapping[str, str]) -> str:
    """The code under which an item of a request is joined: one of its own when the definition does not name it."""
    if item["code"] != FREE:
        return item["code"]
    return f"{FREE}-{request.pk}-{hashlib.sha256(item['libelle'].encode()).hexdigest()[:8]}"


def is_free(code: str) -> bool:
    """Whether a document is one that the definition does not name."""
    return code == FREE or code.startswith(f"{FREE}-")


def _named(dossier: Dossier) -> Iterator[DocumentData]:
    """The documents that a request names and the definition does not: those of the open one, those joined."""
    joined = {code for code in dossier.pieces.values_list("code", flat=True) if code.startswith(f"{FREE}-")}
    wanted: dict[str, str] = {}
    for request in dossier.piece_requests.order_by("at", "pk"):
        for item in request.items:
            code = code_asked(request, item)
            if code in joined or (is_free(code) and request.answered_at is None):
                wanted[code] = item["libelle"]
    for code in sorted(joined - set(wanted)):
        wanted[code] = OTHER.libelle
    for code, words in wanted.items():
        yield OTHER.model_copy(update={"code": code, "libelle": words, "aide": ""})


@transaction.atomic
def join(dossier: Dossier, code: str, file: Given, *, by: User, at: datetime.datetime) -> Piece:
    """Keep a file as a document of the dossier; one that stands alone takes the place of the one before it.

    Raises :class:`NotAllowed`, :class:`BadInput` for a document that is not asked, a file that is not accepted.
    """
    dossier = _writable(dossier, by)
    asked = next((each for each in documents_of(dossier) if each.code == code), None)
    if asked is None or asked.origine == "projet":
        raise refused("fichier", "Cette pièce n'est pas demandée avec vos réponses.")
    if dossier.pieces.filter(withdrawn_at=None).count() >= MOST:
        raise refused("fichier", f"Un dossier porte {MOST} pièces au plus : réunissez-en plusieurs dans un fichier.")
    stored = files.deposit(
        by=by, at=at, name=file.name, content=file.content, scope=str(dossier.structure.organisation_id),
        kinds=asked.formats, declared_harmless=file.declared_harmless,
    )  # fmt: skip
    if not asked.plusieurs:
        dossier.pieces.filter(code=code, withdrawn_at=None).update(withdrawn_at=at)
    piece = Piece.objects.create(dossier=dossier, code=code, file=stored, added_at=at, added_by=by)
    told = {"piece": asked.libelle, "octets": stored.size, "empreinte": stored.sha256}
    write_event(dossier, "joindre une pièce", by=by, at=at, after=told)
    return piece


@transaction.atomic
def remove(piece: Piece, *, by: User, at: datetime.datetime) -> Piece:
    """Take a document out; it can be put back, and stays in the deposits that it is in."""
    dossier = _writable(piece.dossier, by)
    piece = dossier.pieces.select_related("file").get(pk=piece.pk)
    if piece.withdrawn_at is None:
        piece.withdrawn_at = at
        piece.save(update_fields=["withdrawn_at"])
        write_event(dossier, "retirer une pièce", by=by, at=at, before={"piece": piece.code})
    return piece


@transaction.atomic
def put_back(piece: Piece, *, by: User, at: datetime.datetime) -> Piece:
    """Put back a document that was taken out or replaced: the one that had taken its place goes."""
    dossier = _writable(piece.dossier, by)
    piece = dossier.pieces.select_related("file").get(pk=piece.pk)
    asked = next((each for each in documents_of(dossier) if each.code == piece.code), None)
    if asked is None:
        raise refused("fichier", "Cette pièce n'est plus demandée avec vos réponses.")
    if piece.withdrawn_at is None:
        return piece
    if not asked.plusieurs:
        dossier.pieces.filter(code=piece.code, withdrawn_at=None).update(withdrawn_at=at)
    piece.withdrawn_at = None
    piece.save(update_fields=["withdrawn_at"])
    write_event(dossier, "remettre une pièce", by=by, at=at, after={"piece": piece.code})
    return piece


def erase_unused(stored: Iterable[StoredFile], *, by: User, at: datetime.datetime) -> None:
    """Erase the files that no dossier holds any more."""
    for file in {each.pk: each for each in stored}.values():
        held = Piece.objects.filter(file=file).exists() or Message.objects.filter(file=file).exists()
        if not held:
            files.erase(by=by, at=at, file=file)


def _writable(dossier: Dossier, by: User) -> Dossier:
    if not may_draft(by, dossier):
        raise NotAllowed("remplir ce dossier")
    dossier = locked(dossier.pk)
    check_open(dossier)
    return dossier
