"""Sharing a published protocol under an open licence, and copying what another team shared or a template of ours."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Protocol, ProtocolVersion
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.services.protocols import locked, told_of
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.structures.holding import held
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import Structure
from maillage.core.activity.protocol_templates import LICENCE, ProtocolTemplate
from maillage.core.activity.themes import code_of
from maillage.core.kernel.problems import BadInput, Problem

OURS = "Maillage"


@transaction.atomic
def share(version: ProtocolVersion, licence: str, *, by: User, at: datetime.datetime) -> ProtocolVersion:
    """Let the other teams copy the text of the last version. Raises :class:`NotNow` for an older one."""
    row = _last(version, by)
    if licence not in ProtocolVersion.Licence.values:
        raise BadInput([Problem("licence", None, "une licence de la liste")])
    row.shared_at, row.licence = at, licence
    row.save()
    told = {"numéro": row.number, "licence": row.get_licence_display()}
    tell(row.protocol.structure, by=by, at=at, verb="partager", subject=row, after=told)
    return row


@transaction.atomic
def unshare(version: ProtocolVersion, *, by: User, at: datetime.datetime) -> ProtocolVersion:
    """Show it no more in the library; the copies already made stay."""
    row = _last(version, by)
    row.shared_at, row.licence = None, ""
    row.save()
    tell(row.protocol.structure, by=by, at=at, verb="ne plus partager", subject=row, after={"numéro": row.number})
    return row


def shared(*, theme: str = "", words: str = "") -> QuerySet[ProtocolVersion]:
    """What the teams of this installation share: the last version of each protocol that still applies."""
    rows = ProtocolVersion.objects.exclude(shared_at=None).exclude(protocol__state=Protocol.State.RETIRE)
    rows = rows.filter(number=F("protocol__version")).select_related("protocol__structure")
    if theme:
        rows = rows.filter(protocol__theme_code=theme)
    for word in words.split():
        rows = rows.filter(Q(content__intitule__icontains=word) | Q(content__besoin__icontains=word))
    return rows.order_by("-shared_at", "pk")


@transaction.atomic
def copy_shared(structure: Structure, version: ProtocolVersion, *, by: User, at: datetime.datetime) -> Protocol:
    """Copy what another team shared: the copy keeps where it comes from. Raises :class:`NotNow` once it is not."""
    found = shared().filter(pk=version.pk).first()
    if found is None:
        raise NotNow("Ce protocole n'est plus partagé.")
    told = found.content
    origin = {
        "titre": told["intitule"],
        "structure": told["structure"],
        "version": found.number,
        "licence": found.get_licence_display(),
    }
    fields = {"title": told["intitule"], "theme": told["theme"], "need": told["besoin"], "content": told["contenu"]}
    kept = [slug for slug in told.get("codes_metiers", ()) if slug in metiers()]
    return _copy(structure, {**fields, "metiers": kept}, origin, by=by, at=at)


@transaction.atomic
def copy_template(structure: Structure, template: ProtocolTemplate, *, by: User, at: datetime.datetime) -> Protocol:
    """Start from a template of ours: questions to answer, no clinical content."""
    origin = {"titre": template.title, "structure": OURS, "version": template.version, "licence": LICENCE}
    fields = {"title": template.title, "theme": template.theme, "need": template.need, "content": template.content}
    return _copy(structure, {**fields, "metiers": []}, origin, by=by, at=at)


def _copy(
    structure: Structure, fields: dict[str, Any], origin: dict[str, Any], *, by: User, at: datetime.datetime
) -> Protocol:
    check_writes(by, structure, "copier un protocole")
    held(structure)
    last = structure.protocols.aggregate(last=Max("position"))["last"]
    protocol = Protocol.objects.create(
        structure=structure,
        position=0 if last is None else last + 1,
        state=Protocol.State.EN_COURS,
        theme_code=code_of("protocole", fields["theme"]),
        origin=origin,
        **fields,
    )
    tell(structure, by=by, at=at, verb="copier", subject=protocol, after=told_of(protocol))
    return protocol


def _last(version: ProtocolVersion, by: User) -> ProtocolVersion:
    check_writes(by, version.protocol.structure, "partager un protocole")
    protocol = locked(version.protocol)
    row = ProtocolVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if row.number != protocol.version or not protocol.is_in_force:
        raise NotNow("Seule la version en vigueur se partage.")
    return row
