"""What a project lacks: each check with its state, what is missing and where to go; the list as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.projets.completeness import completeness_for
from maillage.apps.projets.models import Projet
from maillage.web.exports import export
from maillage.web.projets.access import of_projet, person
from maillage.web.projets.avancement.targets import Link, link_to

if TYPE_CHECKING:
    from maillage.core.projet.completeness import Check, Completeness

HEADER = ("Partie", "Contrôle", "État", "Ce qui manque", "Source", "Confiance", "À confirmer")
FILTERS = {"": "Tout", "manque": "Ce qui manque", "conseille": "Conseillé", "ok": "Fait"}
MARKS = {
    "ok": ("ok", "faite"),
    "manque": ("no", "manquante"),
    "inconnu": ("todo", "inconnue"),
    "a_nommer": ("todo", "a_venir"),
    "plus_tard": ("todo", "a_venir"),
    "conseille": ("warn", "a_venir"),
}
"""Colour and icon of each state."""
MISSING = ("manque", "inconnu", "a_nommer")


@dataclass(frozen=True)
class Line:
    """A check ready for its template."""

    check: "Check"
    word: str
    colour: str
    icon: str
    link: Link


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The list of the checks; « voir » filters them, « format » gives them as a table."""
    found = completeness_for(person(request), projet, today=timezone.localdate())
    chosen = request.GET.get("voir", "")
    kept = [each for each in found.checks if _is_kept(each, chosen)]
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(request.GET["format"], "completude", HEADER, [_row(each) for each in kept])
    context: dict[str, Any] = {
        "projet": projet,
        "completude": found,
        "faits": found.done,
        "manquants": sum(each.required and each.state in MISSING for each in found.checks),
        "rubriques": len(found.headings),
        "conseilles": found.count("conseille"),
        "groupes": list(_groups(projet, found, kept)),
        "filtres": [(key, title, _count(found, key)) for key, title in FILTERS.items()],
        "voir": chosen if chosen in FILTERS else "",
    }
    return render(request, "projets/avancement/completude.html", context)


def _is_kept(check: "Check", chosen: str) -> bool:
    return (
        chosen not in FILTERS or not chosen or check.state == chosen or (chosen == "manque" and check.state in MISSING)
    )


def _count(found: "Completeness", chosen: str) -> int:
    return sum(_is_kept(each, chosen) for each in found.checks)


def _groups(projet: Projet, found: "Completeness", kept: list["Check"]) -> Iterator[dict[str, Any]]:
    """The parts that have something to show, each with how many of its checks are done."""
    from maillage.core.projet.completeness import STATES, control_book

    for code, title in control_book().groupes.items():
        whole = [each for each in found.checks if each.group == code]
        lines = [
            Line(each, STATES[each.state], *MARKS[each.state], link_to(projet, each.target))
            for each in kept
            if each.group == code
        ]
        if lines:
            done = sum(each.state == "ok" for each in whole)
            yield {"code": code, "titre": title, "lignes": lines, "faits": done, "total": len(whole)}


def _row(check: "Check") -> list[Any]:
    from maillage.core.projet.completeness import STATES, control_book

    part = control_book().groupes[check.group]
    return [part, check.label, STATES[check.state], check.missing, check.source, check.confidence, check.to_confirm]
