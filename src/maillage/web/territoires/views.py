"""The page that chooses a territory, the search of a commune, and the card of a commune."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from maillage.apps.territories import queries
from maillage.apps.territories.epci_search import search_epci
from maillage.core.kernel.problems import BadInput
from maillage.web.communes import chosen_code, named
from maillage.web.territoires import asked as asked_of
from maillage.web.territoires import chooser

LISTED = 60
"""Communes listed by a search without JavaScript; more are not worth reading."""


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The form that chooses a territory, and the search of a commune; the one that is named beyond doubt opens."""
    words = request.GET.get("commune", "").strip()
    found = queries.search_communes(chosen_code(words) or words, limit=LISTED + 1) if words else []
    if place := named(words, found):
        return redirect("web:commune", place.code)
    asked = asked_of.asked(request.GET)
    if request.GET.get("ajouter") and not asked.refused:
        return redirect(f"{request.path}?{asked.query}#choisir")
    searched = {
        "oublie": request.GET.get("oublie") == "oui",
        "q": words,
        "communes": found[:LISTED],
        "autres": len(found) > LISTED,
    }
    return form_page(request, asked, searched)


def form_page(request: HttpRequest, asked: asked_of.Asked, searched: dict[str, Any] | None = None) -> HttpResponse:
    """The form, with what is refused beside its fields."""
    context = {**chooser.context(asked), **(searched or {})}
    return render(request, "territoires/choisir.html", context, status=422 if asked.refused else 200)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The communes proposed as one types."""
    found = queries.search_communes(request.GET.get("q", ""), limit=8)
    return render(request, "communes/_propositions.html", {"communes": found})


@require_safe
def epci_suggestions(request: HttpRequest) -> HttpResponse:
    """The EPCI proposed as one types."""
    return render(request, "territoires/_epci_proposes.html", {"epci": search_epci(request.GET.get("q", ""))})


@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """One commune: identity, population, ages, what can be done there."""
    try:
        card = queries.commune_card(code)
    except BadInput as refused:
        if current := queries.successor_of(code):
            return redirect("web:commune", current)
        raise Http404(
            f"« {code} » n’est pas le code d’une commune. Attendu : {refused.problems[0].expected}."
        ) from None
    return render(request, "public/commune.html", {"fiche": card, "commune": card.commune})
