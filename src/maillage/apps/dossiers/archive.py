"""All the dossiers that a person may see, in a ZIP: a table, then a folder for each with its files.

What a person does not see in the site is not in it: notes, avis and a decision not notified yet are for the authority
only; a document being prepared is for who files only.
"""

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.advice import is_shown
from maillage.apps.dossiers.frozen import content_of
from maillage.apps.dossiers.models import AvisRequest, Decision, Deposit, Dossier, Message
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside
from maillage.apps.dossiers.queries import definition_of
from maillage.core.documents.tables import csv_bytes

HEADER = (
    "Numéro", "Démarche", "Structure", "Nature", "Département", "État", "Déposé le", "Reçu le", "Complet le",
    "Échéance légale", "Décision", "Décidé le",
)  # fmt: skip
TABLE, SHEET = "dossiers.csv", "dossier.json"


def write_archive(person: User, dossiers: QuerySet[Dossier], into: IO[bytes]) -> int:
    """Write the ZIP of these dossiers, of which the person sees each; how many there are."""
    rows = list(dossiers.order_by("number", "pk"))
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TABLE, csv_bytes(HEADER, [line(person, each) for each in rows]))
        for each in rows:
            _add(archive, person, each)
    return len(rows)


def line(person: User, dossier: Dossier) -> tuple[Any, ...]:
    """A dossier as a line of the table."""
    decision = _decision(person, dossier)
    return (
        dossier.number, definition_of(dossier).titre, dossier.structure.nom, dossier.structure.kind.upper(),
        dossier.departement, definition_of(dossier).state(dossier.state).titre, dossier.submitted_at or "",
        dossier.received_on or "", dossier.completed_on or "", dossier.due_on or "",
        decision.get_sense_display() if decision else "", decision.decided_on if decision else "",
    )  # fmt: skip


def sheet(person: User, dossier: Dossier) -> dict[str, Any]:
    """A dossier as JSON values: what was filed, what was exchanged, what was decided, as far as this person sees."""
    inside = may_read_inside(person, dossier)
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
        "depots": [_deposit(each) for each in dossier.deposits.order_by("number")],
        "en_preparation": content_of(dossier) if is_of_the_filer(person, dossier) else None,
        "messages": [_message(each) for each in _messages(person, dossier)],
        "decision": _decided(_decision(person, dossier)),
    }
    return told | ({"avis": [_avis(person, each) for each in _asked(dossier)]} if inside else {})


def files_of(person: User, dossier: Dossier) -> Iterator[tuple[str, StoredFile]]:
    """The files of a dossier that a person sees, each under the folder that it goes in."""
    pieces = dossier.pieces.select_related("file")
    filed = {each["id"] for deposit in dossier.deposits.all() for each in deposit.content.get("pieces", [])}
    for piece in pieces:
        being_prepared = piece.withdrawn_at is None and is_of_the_filer(person, dossier)
        if str(piece.pk) in filed or being_prepared:
            yield f"pieces/{piece.code}", piece.file
    yield from (("recus", each.receipt) for each in dossier.deposits.select_related("receipt") if each.receipt)
    if may_read_inside(person, dossier) or is_of_the_filer(person, dossier):
        requests = dossier.piece_requests.select_related("letter")
        yield from (("courriers", each.letter) for each in requests if each.letter)
    yield from (("echanges", each.file) for each in _messages(person, dossier) if each.file)
    decision = _decision(person, dossier)
    yield from (("courriers", each) for each in (decision and decision.letter, decision and decision.signed) if each)


def _add(archive: zipfile.ZipFile, person: User, dossier: Dossier) -> None:
    folder = dossier.number or f"en-preparation-{dossier.pk}"
    told = json.dumps(sheet(person, dossier), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    archive.writestr(f"{folder}/{SHEET}", told)
    names: set[str] = set()
    for where, file in files_of(person, dossier):
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


def _messages(person: User, dossier: Dossier) -> Iterable[Message]:
    """The exchanges that a person reads: all for the authority, without notes for who files, none for the others."""
    rows = dossier.messages.select_related("author", "file")
    if may_read_inside(person, dossier):
        return rows
    return rows.filter(is_internal=False) if is_of_the_filer(person, dossier) else rows.none()


def _message(message: Message) -> dict[str, Any]:
    told = {"le": message.at, "de": message.author.full_name, "texte": message.text, "interne": message.is_internal}
    return told | {"fichier": message.file.name if message.file else None}


def _asked(dossier: Dossier) -> QuerySet[AvisRequest]:
    rows = AvisRequest.objects.filter(consultation__dossier=dossier, withdrawn_at=None)
    return rows.select_related("organisation", "consultation")


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


def _decision(person: User, dossier: Dossier) -> Decision | None:
    """The decision in force, for who may know it: the authority, the others once it is notified."""
    rows = dossier.decisions.filter(withdrawn_at=None).select_related("letter", "signed")
    return (rows if may_read_inside(person, dossier) else rows.exclude(notified_at=None)).first()


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
