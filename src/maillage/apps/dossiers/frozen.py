"""What a dossier holds at the time it is sent: the content of a deposit, and its fingerprint."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from maillage.apps.dossiers.answering import communes_in
from maillage.apps.dossiers.joining import documents_of
from maillage.apps.dossiers.models import Deposit, Dossier, Piece
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.answers import asked, counted, said

Content = dict[str, Any]
SHAPE = 1
"""Of the content: a later shape has another number."""


def content_of(dossier: Dossier) -> Content:
    """The whole of a dossier as it is now: answers that count (with their words), documents with their SHA-256."""
    definition = definition_of(dossier)
    answers = counted(definition, dossier.answers)
    names = communes_in(definition, answers)
    return {
        "forme": SHAPE,
        "nature": {"code": definition.code, "titre": definition.titre, "pack": definition.pack},
        "structure": {"id": str(dossier.structure_id), "nom": dossier.structure.nom, "type": dossier.structure.kind},
        "depose_par": {"id": str(dossier.filer_id), "nom": dossier.filer.nom},
        "region": dossier.region,
        "departement": dossier.departement,
        "reponses": answers,
        "formulaire": [
            {"code": field.code, "question": field.libelle, "reponse": said(field, answers[field.code], names)}
            for field in asked(definition, answers)
            if field.code in answers
        ],
        "pieces": _pieces(dossier),
        "projet": _version(dossier),
    }


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content (64 hexadecimal digits): two contents that say the same have the same."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def last_deposit(dossier: Dossier) -> Deposit | None:
    """The last deposit of a dossier, ``None`` while it was never filed (or was imported without one)."""
    return dossier.deposits.select_related("receipt", "version", "by").first()


def filed_answers(dossier: Dossier) -> dict[str, Any]:
    """The answers as the authority has them: those of the last deposit, else those of the draft.

    Who files may write further before sending again: reviewing and deciding look at what was sent.
    """
    deposit = last_deposit(dossier)
    if deposit is not None and "reponses" in deposit.content:
        return dict(deposit.content["reponses"])
    return counted(definition_of(dossier), dossier.answers)


def answers_for(dossier: Dossier, *, own: bool) -> dict[str, Any]:
    """The answers that one reads: as they are being written for the side that files (``own``), else as filed."""
    return dict(dossier.answers) if own else filed_answers(dossier)


def pieces_for(dossier: Dossier, *, own: bool) -> list[Piece]:
    """The documents that one finds in a dossier: those joined now for the side that files, else those filed last."""
    rows = dossier.pieces.select_related("file")
    if own:
        return list(rows.filter(withdrawn_at=None))
    deposit = last_deposit(dossier)
    return list(rows.filter(pk__in=_ids(deposit.content))) if deposit else []


def piece_for(dossier: Dossier, identifier: uuid.UUID, *, own: bool) -> Piece | None:
    """A document that one may open: any for the side that files; for the others, one that was filed, were it since
    replaced."""
    found = dossier.pieces.select_related("file").filter(pk=identifier).first()
    if found is None or own:
        return found
    return found if any(str(found.pk) in _ids(each.content) for each in dossier.deposits.all()) else None


def _ids(content: Mapping[str, Any]) -> list[str]:
    return [each["id"] for each in content.get("pieces", ())]


def _pieces(dossier: Dossier) -> list[dict[str, Any]]:
    """The documents that are asked and are there, in the order of the definition."""
    order = {each.code: (rank, each.libelle) for rank, each in enumerate(documents_of(dossier))}
    rows = [each for each in dossier.pieces.filter(withdrawn_at=None).select_related("file") if each.code in order]
    rows.sort(key=lambda each: (order[each.code][0], each.added_at, str(each.pk)))
    return [
        {
            "id": str(each.pk),
            "code": each.code,
            "libelle": order[each.code][1],
            "nom": each.file.name,
            "type": each.file.content_type,
            "octets": each.file.size,
            "sha256": each.file.sha256,
        }
        for each in rows
    ]


def _version(dossier: Dossier) -> dict[str, Any] | None:
    version = dossier.version
    if version is None or not any(each.origine == "projet" for each in documents_of(dossier)):
        return None
    signed = version.signatures.filter(withdrawn_at=None).count()
    return {"numero": version.number, "nom": version.name, "empreinte": version.fingerprint, "signatures": signed}
