"""The side menu of a structure and of its projet de santé: the pages that exist, in groups, and which one is open."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.projets.models import Projet
from maillage.apps.projets.queries import visible
from maillage.apps.structures.models import Structure

STRUCTURE = (
    ("structure", "Vue d’ensemble"),
    ("structure_calendrier", "Calendrier"),
    ("structure_equipe", "Équipe et adhérents"),
    ("structure_horaires", "Lieux et horaires"),
    ("structure_entites", "Entités et contrats"),
    ("structure_gouvernance", "Gouvernance"),
    ("structure_reunions", "Réunions"),
    ("structure_protocoles", "Protocoles"),
    ("structure_actions", "Missions et actions"),
    ("structure_qualite", "Qualité et usagers"),
    ("structure_crise", "Plan de crise"),
    ("structure_numerique", "Outils numériques"),
    ("structure_documents", "Documents"),
    ("structure_page_publique", "Page publique"),
    ("structure_passation", "Passation"),
    ("structure_donnees", "Importer, exporter"),
)
"""Name of the address and title of each entry of the structure; a page whose name begins with that of an entry is
under it."""
PROJET = (
    ("projet", "Tableau de bord"),
    ("projet_territoire", "Territoire"),
    ("projet_forme_juridique", "Forme juridique"),
    ("projet_feuille_de_route", "Feuille de route"),
    ("projet_document", "Projet de santé"),
    ("projet_completude", "Complétude"),
    ("projet_dossiers", "Dossiers"),
    ("projet_budget", "Budget"),
    ("projet_taches", "Tâches"),
    ("projet_versions", "Versions et signatures"),
    ("projet_journal", "Journal"),
    ("projet_parametres", "Paramètres"),
)
"""The same for its projet de santé."""
HOMES = (STRUCTURE[0][0], PROJET[0][0])
FOR_ALL_WHO_SEE = frozenset(
    {"structure_equipe", "structure_horaires", "structure_reunions", "structure_protocoles", "structure_actions"}
)
"""The entries of a structure that an authority which follows it reads too; the others are the team's own."""
OF_THE_TEAM = frozenset({"projet_taches"})


@dataclass(frozen=True)
class Entry:
    """An entry of the side menu."""

    title: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    """Entries under a title; it is open when one of them is the page that is read."""

    title: str
    entries: tuple[Entry, ...]
    is_open: bool


def groups(person: User, structure: Structure, projet: Projet | None, page: str) -> tuple[Group, ...]:
    """The menu of a person in a structure, seen from the page of this name; ``projet``: the one that is read.

    Elsewhere in the structure, its last project that this person sees.
    """
    inside = may_see_inside(person, structure)
    shown = projet or visible(person).filter(structure=structure).exclude(state=Projet.State.ARCHIVE).first()
    own = STRUCTURE if inside else [each for each in STRUCTURE if each[0] in FOR_ALL_WHO_SEE]
    found = [_group("La structure", own, {"structure": structure.pk}, page)]
    if shown is not None:
        wanted = [each for each in PROJET if inside or each[0] not in OF_THE_TEAM]
        found.append(_group("Le projet de santé", wanted, {"projet": shown.pk}, page))
    return tuple(group for group in found if group.entries)


def _group(title: str, wanted: Iterable[tuple[str, str]], parts: dict[str, uuid.UUID], page: str) -> Group:
    shown = tuple(wanted)
    current = current_of([name for name, _title in shown], page)
    return Group(title, tuple(_entries(shown, parts, current)), bool(current))


def current_of(names: Collection[str], page: str) -> str:
    """The entry that a page is under, empty when it is under none."""
    under = (name for name in names if page == name or (name not in HOMES and page.startswith(f"{name}_")))
    return max(under, key=len, default="")


def _entries(wanted: Iterable[tuple[str, str]], parts: dict[str, uuid.UUID], current: str) -> Iterator[Entry]:
    for name, title in wanted:
        try:
            yield Entry(title, reverse(f"web:{name}", kwargs=parts), name == current)
        except NoReverseMatch:
            continue
