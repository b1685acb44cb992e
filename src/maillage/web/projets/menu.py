"""Where the pages of a project are, and those of its structure."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from maillage.apps.projets.models import Projet


def address_of(name: str, projet: Projet, **rest: Any) -> str:
    """The address of a page of a project, or of its structure (« structure_… »); empty when it does not exist."""
    of_structure = name.startswith("structure")
    whose = {"structure": projet.structure_id} if of_structure else {"projet": projet.pk}
    try:
        return reverse(f"web:{name}", kwargs={**whose, **rest})
    except NoReverseMatch:
        return ""
