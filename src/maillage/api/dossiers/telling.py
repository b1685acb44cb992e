"""A dossier as the answers describe it, within what the caller may read."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from maillage.api.dossiers.gestes import GESTES, may_do
from maillage.api.dossiers.kind_answers import whole_of
from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.accounts.permissions import STRUCTURE_ROLES
from maillage.apps.common.models import Event
from maillage.apps.dossiers.calling import Caller, avis_of, is_filing, reads_inside
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.frozen import answers_for, pieces_for
from maillage.apps.dossiers.models import AvisRequest, Decision, Dossier, Message, Piece, PieceRequest
from maillage.apps.dossiers.queries import definition_of


def versions_of(dossiers: Iterable[Dossier]) -> dict[str, str]:
    """What changes with each act that who files may know, by identifier of dossier."""
    rows = list(dossiers)
    events = Event.objects.filter(
        subject_type=Dossier._meta.label_lower, subject_id__in=[str(each.pk) for each in rows]
    ).exclude(scope__in={str(each.authority_id) for each in rows if each.authority_id})
    found = dict(events.values("subject_id").annotate(last=Max("pk")).values_list("subject_id", "last"))
    return {str(each.pk): f"{each.revision}-{found.get(str(each.pk), 0)}" for each in rows}


def summaries(dossiers: Iterable[Dossier]) -> list[dict[str, Any]]:
    """Dossiers as :class:`DossierResume` describes them."""
    rows = list(dossiers)
    versions = versions_of(rows)
    return [_summary(each, versions[str(each.pk)]) for each in rows]


def whole(caller: Caller, dossier: Dossier) -> dict[str, Any]:
    """A dossier as :class:`DossierDetaille` describes it."""
    inside, definition = reads_inside(caller, dossier), definition_of(dossier)
    own = is_filing(caller, dossier)
    both = inside or own
    return {
        **summaries([dossier])[0],
        "demarche": whole_of(definition),
        "reponses": answers_for(dossier, own=own),
        "revision": dossier.revision,
        "pieces": [_piece(each) for each in pieces_for(dossier, own=own)],
        "depots": [
            {"rang": each.number, "le": each.at.isoformat(), "empreinte": each.fingerprint}
            for each in dossier.deposits.all()
        ],
        "horloge": _clock(dossier),
        "demandes_de_pieces": [_request(each) for each in dossier.piece_requests.all()] if both else [],
        "messages": _messages(dossier, inside=inside) if both else [],
        "avis": [_avis(each) for each in avis_of(caller, dossier)],
        "decision": _decision(dossier, inside=inside),
        "etiquettes": [each.name for each in dossier.labels.all()] if inside else None,
        "responsable": str(dossier.holder_id) if inside and dossier.holder_id else None,
        "gestes": [
            {"geste": each.code, "libelle": each.title} for each in GESTES.values() if may_do(each, caller, dossier)
        ],
    }


def _summary(dossier: Dossier, version: str) -> dict[str, Any]:
    definition, structure = definition_of(dossier), dossier.structure
    return {
        "id": str(dossier.pk),
        "numero": dossier.number or None,
        "nature": dossier.kind,
        "titre": definition.titre,
        "etat": dossier.state,
        "etat_titre": definition.state(dossier.state).titre,
        "phase": dossier.phase,
        "structure": {"id": str(structure.pk), "nom": structure.nom, "nature": structure.kind},
        "deposant": _body(dossier.filer),
        "autorite": _body(dossier.authority) if dossier.authority else None,
        "region": dossier.region,
        "departement": dossier.departement or None,
        "commence_le": dossier.created_at.isoformat(),
        "depose_le": iso(dossier.submitted_at),
        "recu_le": iso(dossier.received_on),
        "complet_le": iso(dossier.completed_on),
        "echeance": iso(dossier.due_on),
        "suspendu_depuis": iso(dossier.suspended_since),
        "clos_le": iso(dossier.closed_at),
        "version": version,
    }


def _body(organisation: Organisation) -> dict[str, str]:
    return {"id": str(organisation.pk), "nom": organisation.nom}


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "id": str(piece.pk),
        "code": piece.code,
        "nom": piece.file.name,
        "type": piece.file.content_type,
        "octets": piece.file.size,
        "sha256": piece.file.sha256,
        "jointe_le": piece.added_at.isoformat(),
        "adresse": f"/api/dossiers/{piece.dossier_id}/pieces/{piece.pk}",
    }


def _clock(dossier: Dossier) -> dict[str, Any] | None:
    delay = definition_of(dossier).delai
    found = clock_of(dossier, today=day_of(dossier, timezone.now()))
    if found is None or delay is None:
        return None
    return {
        "commencee_le": iso(found.started),
        "echeance": iso(found.due),
        "suspendue_depuis": iso(found.suspended_since),
        "jours_restants": found.left,
        "silence": delay.silence,
    }


def _request(asked: PieceRequest) -> dict[str, Any]:
    return {
        "le": asked.at.isoformat(),
        "texte": asked.text,
        "pieces": [
            {name: str(item.get(name, "")) for name in ("code", "libelle", "precision")} for item in asked.items
        ],
        "avant_le": asked.answer_by.isoformat(),
        "repondue_le": None if asked.withdrawn_at else iso(asked.answered_at),
        "retiree_le": iso(asked.withdrawn_at),
    }


def _messages(dossier: Dossier, *, inside: bool) -> list[dict[str, Any]]:
    rows = dossier.messages.all() if inside else dossier.messages.filter(is_internal=False)
    bodies = {dossier.filer_id, dossier.structure.organisation_id}
    held = Role.objects.filter(organisation__in=bodies, name__in=STRUCTURE_ROLES)
    filers = set(held.values_list("user_id", flat=True))
    return [_message(each, "deposant" if each.author_id in filers else "autorite") for each in rows]


def _message(message: Message, side: str) -> dict[str, Any]:
    return {
        "id": str(message.pk),
        "le": message.at.isoformat(),
        "de": side,
        "texte": message.text,
        "interne": message.is_internal,
    }


def _avis(asked: AvisRequest) -> dict[str, Any]:
    return {
        "id": str(asked.pk),
        "organisation": _body(asked.organisation),
        "question": asked.consultation.question,
        "avant_le": asked.consultation.answer_by.isoformat(),
        "sens": asked.sense or None,
        "texte": asked.text,
        "rendu_le": iso(asked.given_at),
    }


def _decision(dossier: Dossier, *, inside: bool) -> dict[str, Any] | None:
    rows = Decision.objects.filter(dossier=dossier, withdrawn_at=None)
    found = (rows if inside else rows.filter(notified_at__isnull=False)).first()
    if found is None:
        return None
    return {
        "numero": found.number,
        "sens": found.sense,
        "motifs": found.motives,
        "recours": found.appeal,
        "decidee_le": found.decided_on.isoformat(),
        "notifiee_le": iso(found.notified_at),
        "conditions": [
            {"texte": each.text, "avant_le": iso(each.due_on), "remplie_le": iso(each.met_on)}
            for each in found.conditions.all()
        ],
    }


def iso(moment: datetime.date | None) -> str | None:
    """A day, or a moment, as JSON writes it."""
    return moment.isoformat() if moment else None
