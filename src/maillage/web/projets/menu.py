"""Where the pages of a project are."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from maillage.apps.projets.models import Projet


def address_of(name: str, projet: Projet, **rest: Any) -> str:
    """The address of a page of a project, empty when it does not exist."""
    try:
        return reverse(f"web:{name}", kwargs={"projet": projet.pk, **rest})
    except NoReverseMatch:
        return ""
