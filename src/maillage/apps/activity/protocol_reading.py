"""The protocols as a person reads them: the team, what it writes; the others, what it published."""

import uuid
from typing import Any

from django.db.models import F

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.models import Protocol, ProtocolVersion
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.activity.queries import protocol_of, protocols_of
from maillage.apps.structures.models import Structure

Content = dict[str, Any]
PUBLISHED = {
    "title": "intitule",
    "theme": "theme",
    "need": "besoin",
    "content": "contenu",
    "metiers": "codes_metiers",
    "origin": "origine",
}
"""What a published version keeps of a protocol: the field, and its name in the version."""


def protocols_for(person: Person, structure: Structure) -> list[Protocol]:
    """The protocols of a structure, in their order, as a person reads them."""
    rows = list(protocols_of(structure))
    if may_see_inside(person, structure):
        return rows
    versions = ProtocolVersion.objects.filter(protocol__structure=structure, number=F("protocol__version"))
    published = dict(versions.values_list("protocol", "content"))
    return [as_published(each, published.get(each.pk)) for each in rows]


def protocol_for(person: Person, structure: Structure, identifier: uuid.UUID) -> Protocol | None:
    """A protocol of a structure, as a person reads it."""
    protocol = protocol_of(structure, identifier)
    if protocol is None or may_see_inside(person, structure):
        return protocol
    return as_published(protocol, published_content(protocol))


def published_content(protocol: Protocol) -> Content | None:
    """What the last published version says; ``None`` before the first."""
    return protocol.versions.filter(number=protocol.version).values_list("content", flat=True).first()


def as_published(protocol: Protocol, content: Content | None) -> Protocol:
    """A protocol that says what its published version says, and before publication neither its need nor its text.

    To be read only: it is never saved.
    """
    if content is None:
        protocol.need, protocol.content, protocol.pilot = "", "", None
        return protocol
    for name, kept in PUBLISHED.items():
        if kept in content:
            setattr(protocol, name, content[kept])
    if str(protocol.pilot or "") != content.get("pilote", ""):
        protocol.pilot = None
    return protocol
