"""The side menu of a project: the pages that exist, and which of them is open."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from maillage.apps.projets.models import Projet

ENTRIES = (
    ("projet", "Tableau de bord"),
    ("projet_equipe", "Équipe"),
    ("projet_territoire", "Territoire"),
    ("projet_forme_juridique", "Forme juridique"),
    ("projet_feuille_de_route", "Feuille de route"),
    ("projet_document", "Projet de santé"),
    ("projet_completude", "Complétude"),
    ("projet_dossiers", "Dossiers"),
    ("projet_actions", "Actions"),
    ("projet_protocoles", "Protocoles"),
    ("projet_budget", "Budget"),
    ("projet_reunions", "Réunions"),
    ("projet_taches", "Tâches"),
    ("projet_versions", "Versions et signatures"),
    ("projet_journal", "Journal"),
    ("projet_parametres", "Paramètres"),
)
"""Name of the address and title of each entry, in order; a page whose name begins with that of an entry is under it."""
HOME = ENTRIES[0][0]
OF_THE_STRUCTURE = ("projet_taches",)
"""The entries that only who is of the structure has."""


@dataclass(frozen=True)
class Entry:
    """An entry of the side menu."""

    title: str
    address: str
    is_current: bool


def entries(projet: uuid.UUID, page: str, *, but: Collection[str] = ()) -> list[Entry]:
    """The entries of a project, seen from the page of this name; an entry without its page yet is left out.

    ``but`` names those that are not for who reads.
    """
    found = (each for each in _existing(projet) if each[0] not in but)
    return [Entry(title, address, _is_under(page, name)) for name, title, address in found]


def address_of(name: str, projet: Projet, **rest: Any) -> str:
    """The address of a page of a project, empty when it does not exist."""
    try:
        return reverse(f"web:{name}", kwargs={"projet": projet.pk, **rest})
    except NoReverseMatch:
        return ""


def _existing(projet: uuid.UUID) -> Iterator[tuple[str, str, str]]:
    for name, title in ENTRIES:
        try:
            yield name, title, reverse(f"web:{name}", kwargs={"projet": projet})
        except NoReverseMatch:
            continue


def _is_under(page: str, entry: str) -> bool:
    return page == entry or (entry != HOME and page.startswith(f"{entry}_"))
