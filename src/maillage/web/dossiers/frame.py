"""The frame of the pages of a dossier: its tabs, and the side menu of who reviews."""

from collections.abc import Iterable, Iterator

from django.urls import NoReverseMatch, reverse

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside
from maillage.web.dossiers.instruction.listing import reviews
from maillage.web.structures.menu import Entry

TABS = (
    ("dossier", "Résumé", "tous"),
    ("dossier_formulaire", "Formulaire", "tous"),
    ("dossier_pieces", "Pièces", "tous"),
    ("dossier_verifications", "Vérifications", "tous"),
    ("dossier_echanges", "Échanges", "parties"),
    ("dossier_avis", "Avis", "autorité"),
    ("dossier_decision", "Décision", "tous"),
    ("dossier_journal", "Journal", "parties"),
)
"""Name of the address, title, and for whom: everyone who sees the dossier, who files and the authority, or it alone."""
REVIEW = (
    ("dossiers_a_traiter", "À traiter"),
    ("dossiers", "Dossiers"),
    ("commissions", "Commissions"),
    ("registre", "Structures reconnues"),
    ("dossiers_calendrier", "Échéances"),
    ("dossiers_statistiques", "Statistiques"),
)
"""The side menu of who reviews: an entry without its page yet is left out."""
REVIEWERS_ONLY = frozenset({"dossiers_a_traiter", "dossiers_statistiques"})


def tabs(person: User, dossier: Dossier, page: str) -> list[Entry]:
    """The tabs of a dossier for a person, seen from the page of this name."""
    inside = may_read_inside(person, dossier)
    shown = {"tous"} | ({"autorité"} if inside else set())
    shown |= {"parties"} if inside or is_of_the_filer(person, dossier) else set()
    wanted = [(name, title) for name, title, who in TABS if who in shown]
    return list(_entries(wanted, page, {"dossier": dossier.pk}))


def review_menu(page: str, person: User) -> tuple[Entry, ...]:
    """The side menu of who reviews, seen from the page of this name; a member of commission has what is theirs."""
    wanted = [(name, title) for name, title in REVIEW if name not in REVIEWERS_ONLY or reviews(person)]
    return tuple(_entries(wanted, "commissions" if page.startswith("commission") else page, {}))


def _entries(wanted: Iterable[tuple[str, str]], page: str, parts: dict[str, object]) -> Iterator[Entry]:
    names = [name for name, _title in wanted]
    current = max((name for name in names if page == name or page.startswith(f"{name}_")), key=len, default="")
    for name, title in wanted:
        try:
            yield Entry(title, reverse(f"web:{name}", kwargs=parts), name == current)
        except NoReverseMatch:
            continue
