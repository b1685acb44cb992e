"""A rich text as a page shows it: figures with their vintage, tables and drawings where they are inserted."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from maillage.apps.projets.contents import content_of
from maillage.apps.projets.inserts import figures_of, inserted
from maillage.apps.projets.models import Projet
from maillage.core.text import Doc, Html, to_html

MISSING = Html('<span class="texte-inconnu">chiffre introuvable</span>')
ANY_FILE = "00000000-0000-0000-0000-000000000000"
"""Stands for the file in the address of a file, for the script of the editor."""


class OfProject:
    """Tells what the texts of a project show by reference, from its content gathered once."""

    def __init__(self, projet: Projet) -> None:
        self.projet = projet
        self.content = content_of(projet)
        self.figures = figures_of(self.content)

    def figure(self, ref: str) -> str:
        """A figure with its unit and its vintage; one that is not in the diagnosis is said missing."""
        found = self.figures.get(ref)
        if found is None:
            return MISSING
        words = f"{found.text} {found.unit}".strip()
        return Html(
            format_html('<span title="{}">{}</span> <small>({})</small>', found.label, words, found.vintage)
            if found.vintage
            else format_html('<span title="{}">{}</span>', found.label, words)
        )

    def insert(self, kind: str, ref: str) -> str:
        """A block, as HTML."""
        return Html(
            render_to_string("projets/document/_insertion.html", {"element": inserted(self.content, kind, ref)})
        )

    def image(self, file: str) -> str | None:
        """The address of an image of the project; ``None`` when files cannot be served."""
        return file_address(self.projet, file)

    def mention(self, member: str, label: str) -> str | None:  # noqa: ARG002 - what was typed is not shown
        """A person, by the name they have in the team today."""
        names = {each["id"]: f"{each['prenom']} {each['nom']}".strip() for each in self.content["membres"]}
        return names.get(member)

    def html(self, doc: Doc) -> Html:
        """A text as HTML."""
        return to_html(doc, self)

    def references(self) -> dict[str, Any]:
        """Every figure that the editor may show, by reference."""
        return {ref: figure.as_dict() for ref, figure in self.figures.items()}


def file_address(projet: Projet, file: str) -> str | None:
    """Where a file of a project is served, ``None`` when nothing serves files."""
    try:
        return reverse("web:projet_fichier", kwargs={"projet": projet.pk, "fichier": file})
    except NoReverseMatch:
        return None


def deposit_address(projet: Projet) -> str:
    """Where an image is deposited; empty when nothing takes files."""
    try:
        return reverse("web:projet_fichiers_deposer", kwargs={"projet": projet.pk})
    except NoReverseMatch:
        return ""
