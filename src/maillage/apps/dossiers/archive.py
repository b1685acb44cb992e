"""All the dossiers that a person may see, in a ZIP: a table, then a folder for each with its files.

What a person does not see in the site is not in it: notes, avis and a decision not notified yet are for the authority
only; a document being prepared is for who files only.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.advice import is_shown
from maillage.apps.dossiers.frozen import content_of
from maillage.apps.dossiers.models import AvisRequest, Decision, Deposit, Dossier, Message, Piece, PieceRequest
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside
from maillage.apps.dossiers.queries import definition_of
from maillage.core.documents.tables import csv_bytes

HEADER = (
    "Numéro", "Démarche", "Structure", "Nature", "Département", "État", "Déposé le", "Reçu le", "Complet le",
    "Échéance légale", "Décision", "Décidé le",
)  # fmt: skip
TABLE, SHEET = "dossiers.csv", "dossier.json"


@dataclass(frozen=True)
class Reader:
    """Who reads a dossier: one of the authority, one of those who file, or another who sees it."""

    person: User
    inside: bool
    own: bool


def write_archive(person: User, dossiers: QuerySet[Dossier], into: IO[bytes]) -> int:
    """Write the ZIP of these dossiers, of which the person sees each; how many there are."""
    rows = list(_whole(dossiers))
    readers = {each.pk: reader_of(person, each) for each in rows}
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TABLE, csv_bytes(HEADER, [line(readers[each.pk], each) for each in rows]))
        for each in rows:
            _add(archive, readers[each.pk], each)
    return len(rows)


def reader_of(person: User, dossier: Dossier) -> Reader:
    """What a person is for a dossier, asked once."""
    inside = may_read_inside(person, dossier)
    return Reader(person, inside, not inside and is_of_the_filer(person, dossier))


def _whole(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """These dossiers with all that is written of them, in a few reads whatever their number."""
    decisions = Decision.objects.filter(withdrawn_at=None).select_related("letter", "signed")
    requests = AvisRequest.objects.filter(withdrawn_at=None).select_related("organisation", "consultation")
    return dossiers.order_by("number", "pk").prefetch_related(
        Prefetch("deposits", Deposit.objects.order_by("number").select_related("receipt")),
        Prefetch("pieces", Piece.objects.select_related("file")),
        Prefetch("messages", Message.objects.select_related("author", "file")),
        Prefetch("piece_requests", PieceRequest.objects.select_related("letter")),
        Prefetch("decisions", decisions.prefetch_related("conditions"), to_attr="in_force"),
        Prefetch("consultations__requests", requests),
    )


def line(reader: Reader, dossier: Dossier) -> tuple[Any, ...]:
    """A dossier as a line of the table."""
    decision = _decision(reader, dossier)
    return (
        dossier.number, definition_of(dossier).titre, dossier.structure.nom, dossier.structure.kind.upper(),
        dossier.departement, definition_of(dossier).state(dossier.state).titre, dossier.submitted_at or "",
        dossier.received_on or "", dossier.completed_on or "", dossier.due_on or "",
        decision.get_sense_display() if decision else "", decision.decided_on if decision else "",
    )  # fmt: skip


def sheet(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    """A dossier as JSON values: what was filed, what was exchanged, what was decided, as far as this person sees."""
    told = {
        "numero": dossier.number,
        "demarche": {"code": dossier.kind, "titre": definition_of(dossier).titre},
        "structure": {"nom": dossier.structure.nom, "nature": dossier.structure.kind},
        "depose_par": dossier.filer.nom,
        "autorite": dossier.authority.nom if dossier.authority else None,
        "etat": dossier.state,
        "depose_le": dossier.submitted_at,
        "recu_le": dossier.received_on,
        "complet_le": dossier.completed_on,
        "echeance": dossier.due_on,
        "depots": [_deposit(each) for each in dossier.deposits.all()],
        "en_preparation": content_of(dossier) if reader.own else None,
        "messages": [_message(each) for each in _messages(reader, dossier)],
        "decision": _decided(_decision(reader, dossier)),
    }
    return told | ({"avis": [_avis(reader.person, each) for each in _asked(dossier)]} if reader.inside else {})


def files_of(reader: Reader, dossier: Dossier) -> Iterator[tuple[str, StoredFile]]:
    """The files of a dossier that a person sees, each under the folder that it goes in."""
    filed = {each["id"] for deposit in dossier.deposits.all() for each in deposit.content.get("pieces", [])}
    for piece in dossier.pieces.all():
        being_prepared = piece.withdrawn_at is None and reader.own
        if str(piece.pk) in filed or being_prepared:
            yield f"pieces/{piece.code}", piece.file
    yield from (("recus", each.receipt) for each in dossier.deposits.all() if each.receipt)
    if reader.inside or reader.own:
        yield from (("courriers", each.letter) for each in dossier.piece_requests.all() if each.letter)
    yield from (("echanges", each.file) for each in _messages(reader, dossier) if each.file)
    decision = _decision(reader, dossier)
    yield from (("courriers", each) for each in (decision and decision.letter, decision and decision.signed) if each)


def _add(archive: zipfile.ZipFile, reader: Reader, dossier: Dossier) -> None:
    folder = dossier.number or f"en-preparation-{dossier.pk}"
    told = json.dumps(sheet(reader, dossier), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    archive.writestr(f"{folder}/{SHEET}", told)
    names: set[str] = set()
    for where, file in files_of(reader, dossier):
        _copy(archive, _free(f"{folder}/{where}/{file.name}", file, names), file)


def _copy(archive: zipfile.ZipFile, name: str, file: StoredFile) -> None:
    """One that is no longer on the disk is told by an empty entry that says so, rather than left out."""
    try:
        content = storage.opened(file.path)
    except FileNotFoundError:
        archive.writestr(f"{name}.ABSENT.txt", f"Ce fichier (SHA-256 {file.sha256}) n'est plus sur le disque.\n")
        return
    with content, archive.open(name, "w") as target:
        shutil.copyfileobj(content, target)


def _free(name: str, file: StoredFile, names: set[str]) -> str:
    """The name, or another when a file already has it."""
    stem, dot, end = name.rpartition(".")
    found = name if name not in names else f"{stem or name} ({str(file.pk)[:8]}){dot}{end if stem else ''}"
    names.add(found)
    return found


def _deposit(deposit: Deposit) -> dict[str, Any]:
    return {"rang": deposit.number, "le": deposit.at, "empreinte": deposit.fingerprint, "contenu": deposit.content}


def _messages(reader: Reader, dossier: Dossier) -> list[Message]:
    """The exchanges that a person reads: all for the authority, without notes for who files, none for the others."""
    return [each for each in dossier.messages.all() if reader.inside or (reader.own and not each.is_internal)]


def _message(message: Message) -> dict[str, Any]:
    told = {"le": message.at, "de": message.author.full_name, "texte": message.text, "interne": message.is_internal}
    return told | {"fichier": message.file.name if message.file else None}


def _asked(dossier: Dossier) -> Iterator[AvisRequest]:
    for consultation in dossier.consultations.all():
        yield from consultation.requests.all()


def _avis(person: User, asked: AvisRequest) -> dict[str, Any]:
    """An avis; what it says is there once this person reads it in the site (an expert waits to have given theirs)."""
    shown = is_shown(person, asked)
    return {
        "de": asked.organisation.nom,
        "question": asked.consultation.question,
        "a_rendre_le": asked.consultation.answer_by,
        "sens": asked.sense if shown else None,
        "texte": asked.text if shown else None,
        "rendu_le": asked.given_at,
    }


def _decision(reader: Reader, dossier: Dossier) -> Decision | None:
    """The decision in force, for who may know it: the authority, the others once it is notified."""
    found: Decision | None = next(iter(getattr(dossier, "in_force", [])), None)
    return found if found is not None and (reader.inside or found.notified_at is not None) else None


def _decided(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "numero": decision.number,
        "sens": decision.sense,
        "motifs": decision.motives,
        "decidee_le": decision.decided_on,
        "notifiee_le": decision.notified_at,
        "conditions": [
            {"texte": each.text, "avant_le": each.due_on, "remplie_le": each.met_on}
            for each in decision.conditions.all()
        ],
    }
