"""Where a check sends: the address of a symbolic target, in a project or in its structure."""

from dataclasses import dataclass

from django.urls import reverse

from maillage.apps.projets.models import Projet
from maillage.web.projets.menu import address_of

SECTION = "rubrique:"
PAGES = {
    "document": ("projet_document", "Ouvrir le texte"),
    "equipe": ("structure_equipe", "Ouvrir l’équipe"),
    "sites": ("structure_horaires", "Ouvrir les lieux"),
    "territoire": ("projet_territoire", "Ouvrir le territoire"),
    "diagnostic": ("projet_territoire", "Ouvrir le diagnostic"),
    "actions": ("structure_actions", "Ouvrir les actions"),
    "protocoles": ("structure_protocoles", "Ouvrir les protocoles"),
    "budget": ("projet_budget", "Ouvrir le budget"),
    "reunions": ("structure_reunions", "Ouvrir les réunions"),
    "signatures": ("projet_versions", "Ouvrir les signatures"),
    "feuille_de_route": ("projet_feuille_de_route", "Ouvrir la feuille de route"),
    "forme_juridique": ("projet_forme_juridique", "Choisir la forme juridique"),
    "parametres": ("projet_parametres", "Ouvrir les paramètres"),
}
"""Name of the page and words of the link, by target."""
OF_A_DOCUMENT = (
    ("signé", "signatures"),
    ("projet de santé", "document"),
    ("règlement de fonctionnement", "document"),
    ("plan d'actions", "actions"),
    ("fiches", "actions"),
    ("comptes rendus", "reunions"),
    ("liste nominative", "equipe"),
    ("statuts", "forme_juridique"),
    ("budget", "budget"),
    ("diagnostic", "diagnostic"),
)
"""Where a document of the roadmap is made here, by a word of its name; the first that is found."""


@dataclass(frozen=True)
class Link:
    """An address and its words."""

    address: str
    words: str


def link_to(projet: Projet, target: str) -> Link:
    """The page of a target."""
    if target.startswith(SECTION):
        code = target.removeprefix(SECTION)
        return Link(reverse("web:projet_document_rubrique", args=[projet.pk, code]), "Ouvrir la rubrique")
    name, words = PAGES[target]
    return Link(address_of(name, projet), words)


def link_to_document(projet: Projet, name: str) -> str:
    """The address of the page where a document of the roadmap is made; empty when it is made elsewhere."""
    target = next((target for word, target in OF_A_DOCUMENT if word in name.lower()), "")
    return link_to(projet, target).address if target else ""
