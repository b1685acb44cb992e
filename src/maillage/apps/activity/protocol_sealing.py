"""The published version of a protocol: what it says, its document, its fingerprint."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import PublicationFields
from maillage.apps.activity.models import Protocol, ProtocolOpinion, ProtocolVersion
from maillage.apps.activity.sealing import fingerprint_of
from maillage.apps.structures.metiers import name_of
from maillage.core.documents.sealed_files import protocol_pdf
from maillage.core.kernel import french

Content = dict[str, Any]
TOLD = {
    "title": "intitule",
    "theme": "theme",
    "need": "besoin",
    "content": "contenu",
    "metiers": "codes_metiers",
    "origin": "origine",
}
"""What a published version keeps of a protocol: the field, and its name in the version."""


def publish(
    protocol: Protocol,
    fields: PublicationFields,
    opinions: Iterable[ProtocolOpinion],
    *,
    by: User,
    at: datetime.datetime,
) -> ProtocolVersion:
    """Write the version of a protocol. Call it in the transaction that publishes it."""
    content = content_of(protocol, fields, opinions, by=by, at=at)
    pdf = protocol_pdf(content, today=timezone.localdate(at))
    return ProtocolVersion.objects.create(
        protocol=protocol,
        number=protocol.version,
        applies_on=fields.applies_on,
        review_on=fields.review_on,
        content=content,
        pdf=pdf,
        fingerprint=fingerprint_of(pdf),
        at=at,
        by=by,
    )


def is_intact(version: ProtocolVersion) -> bool:
    """Whether the document is still the one that was sealed."""
    return fingerprint_of(bytes(version.pdf)) == version.fingerprint


def content_of(
    protocol: Protocol,
    fields: PublicationFields,
    opinions: Iterable[ProtocolOpinion],
    *,
    by: User,
    at: datetime.datetime,
) -> Content:
    """What a version says: plain JSON values, in French."""
    return {
        "structure": protocol.structure.nom,
        "intitule": protocol.title,
        "theme": protocol.theme,
        "besoin": protocol.need,
        "contenu": protocol.content,
        "metiers": [name_of(slug) for slug in protocol.metiers],
        "codes_metiers": protocol.metiers,
        "redacteurs": [str(each.member) for each in protocol.writers.select_related("member")],
        "pilote": str(protocol.pilot or ""),
        "avis": [_opinion(each) for each in opinions],
        "validation": fields.how,
        "numero": protocol.version,
        "applique_le": french.day(fields.applies_on),
        "a_revoir_le": french.day(fields.review_on) if fields.review_on else "",
        "origine": protocol.origin,
        "publie_par": by.full_name,
        "publie_le": french.day(timezone.localdate(at)),
    }


def _opinion(opinion: ProtocolOpinion) -> Content:
    return {
        "nom": str(opinion.member),
        "metier": name_of(opinion.member.metier),
        "reponse": opinion.get_answer_display(),
        "changement": opinion.comment,
        "le": french.day(timezone.localdate(opinion.answered_at)) if opinion.answered_at else "",
    }
