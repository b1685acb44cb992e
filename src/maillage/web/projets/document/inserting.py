"""The rail beside a text: the figures, tables, drawings and people that can be put in it, and what they show."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.apps.projets.contents import Content, content_of
from maillage.apps.projets.inserts import SCREENS, choices_of, figures_of, inserted
from maillage.apps.projets.models import Projet
from maillage.core.kernel.french import fold
from maillage.core.text import INSERTS
from maillage.web.projets.access import of_projet

MOST = 12
"""Figures shown at once: a search finds the others."""


@require_safe
@of_projet
def choices(request: HttpRequest, projet: Projet) -> HttpResponse:
    """What can be inserted, as a part of a page, narrowed by a search."""
    context = {"projet": projet, **groups(content_of(projet), request.GET.get("q", ""))}
    return render(request, "projets/document/_inserables.html", context)


@require_safe
@of_projet
def preview(request: HttpRequest, projet: Projet) -> HttpResponse:
    """What an insert shows, for the editor."""
    kind, ref = request.GET.get("nature", ""), request.GET.get("ref", "")
    if kind not in INSERTS:
        return HttpResponse(status=422)
    return render(request, "projets/document/_insertion.html", {"element": inserted(content_of(projet), kind, ref)})


def groups(content: Content, asked: str) -> dict[str, Any]:
    """The context of the rail. ``asked`` are words to look for, whatever their accents."""
    figures = [each for each in figures_of(content).values() if _holds(asked, (each.label, each.ref))]
    blocks = [each for each in choices_of(content) if _holds(asked, (each.title, INSERTS[each.kind]))]
    members = [
        {"id": each["id"], "nom": f"{each['prenom']} {each['nom']}".strip()}
        for each in content["membres"]
        if _holds(asked, (each["prenom"], each["nom"]))
    ]
    return {
        "cherche": asked,
        "chiffres": figures[:MOST],
        "chiffres_de_plus": max(len(figures) - MOST, 0),
        "du_diagnostic": [each for each in blocks if each.kind not in SCREENS],
        "des_pages": [each for each in blocks if each.kind in SCREENS],
        "personnes": members[:MOST],
        "a_un_diagnostic": content["diagnostic"] is not None,
    }


def _holds(asked: str, texts: Iterable[str]) -> bool:
    said = fold(" ".join(texts))
    return all(word in said for word in fold(asked).split())
