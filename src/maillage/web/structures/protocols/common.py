"""What the pages of the protocols share: marks, words, the themes of the agreement, what a page of one needs."""

import uuid
from typing import Any

from django.utils import timezone

from maillage.apps.activity.models import Protocol
from maillage.apps.activity.queries import protocol_of
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.activity.themes import Theme, themes
from maillage.core.projet.elaboration import structure_code
from maillage.web.activite.common import found

MARKS = {
    "prevu": ("todo", "a_venir"),
    "en_cours": ("warn", "en_cours"),
    "a_valider": ("warn", "en_cours"),
    "applique": ("ok", "faite"),
    "retire": ("todo", "a_venir"),
}
"""Look and sign of each state."""


def one_of(structure: Structure, identifier: uuid.UUID) -> Protocol:
    """A protocol of a structure, or « introuvable »."""
    return found(protocol_of(structure, identifier))


def themes_of(structure: Structure) -> tuple[Theme, ...]:
    """The themes that the agreement of the structure names today."""
    return themes(structure_code(structure.kind), "protocole", timezone.localdate())


def metiers_of(protocol: Protocol) -> str:
    """The métiers of a protocol, in words."""
    return ", ".join(name_of(slug) for slug in protocol.metiers)


def state_of(protocol: Protocol) -> str:
    """Its state in words: « en révision » while a version still applies."""
    return "en révision" if protocol.is_in_revision else protocol.get_state_display()


def shown(protocol: Protocol) -> dict[str, Any]:
    """What every template that shows a protocol needs."""
    return {
        "protocole": protocol,
        "marque": MARKS[protocol.state],
        "mot": state_of(protocol),
        "metiers": metiers_of(protocol),
    }
