"""The protocols as a person reads them: the team, what it writes; the others, what it published."""

import uuid
from typing import Any

from django.db.models import F
from django.utils import timezone

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.models import Protocol, ProtocolVersion
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.activity.protocol_sealing import TOLD
from maillage.apps.activity.queries import protocol_of, protocols_of
from maillage.apps.structures.models import Structure
from maillage.core.activity.themes import code_of
from maillage.core.documents.sealed_files import protocol_extract_pdf

Content = dict[str, Any]


def protocols_for(person: Person, structure: Structure) -> list[Protocol]:
    """The protocols of a structure, in their order, as a person reads them."""
    rows = list(protocols_of(structure))
    if may_see_inside(person, structure):
        return rows
    versions = ProtocolVersion.objects.filter(protocol__structure=structure, number=F("protocol__version"))
    published = dict(versions.values_list("protocol", "content"))
    return [as_published(each, published[each.pk]) for each in rows if each.pk in published]


def protocol_for(person: Person, structure: Structure, identifier: uuid.UUID) -> Protocol | None:
    """A protocol of a structure, as a person reads it; outside of the team, ``None`` before its publication."""
    protocol = protocol_of(structure, identifier)
    if protocol is None or may_see_inside(person, structure):
        return protocol
    content = published_content(protocol)
    return None if content is None else as_published(protocol, content)


def published_content(protocol: Protocol) -> Content | None:
    """What the last published version says; ``None`` before the first."""
    return protocol.versions.filter(number=protocol.version).values_list("content", flat=True).first()


def document_for(person: Person, version: ProtocolVersion) -> bytes:
    """The document of a version: as it was sealed for the team, without the opinions of the members for the others."""
    if may_see_inside(person, version.protocol.structure):
        return bytes(version.pdf)
    day = timezone.localdate(version.at)
    return protocol_extract_pdf(version.content, fingerprint=version.fingerprint, today=day)


def as_published(protocol: Protocol, content: Content) -> Protocol:
    """A protocol that says what its published version says, and nothing of the next one.

    To be read only: it is never saved.
    """
    for name, kept in TOLD.items():
        if kept in content:
            setattr(protocol, name, content[kept])
    protocol.theme_code = code_of("protocole", protocol.theme)
    if str(protocol.pilot or "") != content.get("pilote", ""):
        protocol.pilot = None
    if protocol.state != Protocol.State.RETIRE:
        protocol.state = Protocol.State.APPLIQUE
    return protocol
