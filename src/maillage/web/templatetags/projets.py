"""The parts of the frame of a project."""

import re
from typing import Any

from django import template
from django.template.context import Context

from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_write

register = template.Library()

NAMED = re.compile(r"@\[([^\]]*)\]\(membre:[0-9a-f-]{36}\)")

MARKS = {
    Projet.State.PREPARATION: ("warn", "en_cours"),
    Projet.State.PARTAGE: ("ok", "faite"),
    Projet.State.ARCHIVE: ("todo", "a_venir"),
}
"""Colour and icon of each state."""


@register.filter
def mentions(text: str) -> str:
    """A comment with each member it names written « @Name »."""
    return NAMED.sub(r"@\1", text)


@register.inclusion_tag("projets/_entete.html", takes_context=True)
def entete_du_projet(context: Context) -> dict[str, Any]:
    """Name and state of the project above a page, and « Lecture seule » for who may only read."""
    projet = context["projet"]
    return {
        "projet": projet,
        "lecture_seule": not may_write(context["request"].user, projet),
    }


@register.inclusion_tag("projets/_etat.html")
def etat_du_projet(projet: Projet) -> dict[str, Any]:
    """The state of a project, as a word with its icon."""
    colour, icon = MARKS[Projet.State(projet.state)]
    return {"mot": projet.get_state_display(), "couleur": colour, "icone": icon}
