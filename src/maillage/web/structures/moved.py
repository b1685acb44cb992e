"""The addresses of what moved from a projet de santé to its structure: links already sent still lead there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from maillage.apps.projets.models import Projet
from maillage.web.projets.access import of_projet

SECTIONS: frozenset[str] = frozenset({"actions", "equipe", "protocoles", "reunions"})
"""The first part of the addresses that moved; below it they are the same as before."""
RENAMED = {"sites": "lieux"}
"""Those whose first part has another name in the structure."""


@require_safe
@of_projet
def moved(request: HttpRequest, projet: Projet, section: str, rest: str = "") -> HttpResponse:
    """Lead to the same page of the structure."""
    if section not in SECTIONS and section not in RENAMED:
        raise Http404
    asked = request.META.get("QUERY_STRING", "")
    address = f"/structures/{projet.structure_id}/{RENAMED.get(section, section)}/{rest}"
    return redirect(f"{address}?{asked}" if asked else address, permanent=True)


def addresses() -> list[URLPattern]:
    """Old addresses, after all those of the projects."""
    return [
        path("projets/<uuid:projet>/<slug:section>/", moved, name="projet_deplace"),
        path("projets/<uuid:projet>/<slug:section>/<path:rest>", moved, name="projet_deplace_page"),
    ]
