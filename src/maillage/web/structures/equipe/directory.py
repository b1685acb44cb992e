"""Looking a member up in the RPPS that is loaded. What is searched names people: it is sent, never in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from maillage.apps.structures import directory
from maillage.apps.structures.models import Structure
from maillage.apps.structures.services import codes_of
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.communes_field import one
from maillage.web.projets.refusals import Refused, by_field
from maillage.web.structures.access import for_writers
from maillage.web.structures.equipe import member_form


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def look_up(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The search by number, or by name in a commune; each answer fills the form of a new member."""
    context: dict[str, Any] = {"structure": structure, "charge": directory.is_loaded(), "refus": {}, "cherche": False}
    if request.method == "POST" and context["charge"]:
        context |= _answer(structure, request.POST.get("q", "").strip(), request.POST.get("commune", "").strip())
    context["millesime"] = directory.vintage() if context["charge"] else ""
    return render(request, "structures/equipe/annuaire.html", context, status=422 if context["refus"] else 200)


def _answer(structure: Structure, words: str, place: str) -> dict[str, Any]:
    """What was found, or what is refused; without a commune, those of the territory are searched."""
    typed = {"saisi": words, "saisie_commune": place, "cherche": True}
    code, refusal = one(place)
    if refusal:
        return {**typed, "refus": {"commune": refusal}}
    try:
        rows = directory.look_up(words, [code] if code else codes_of(structure))
    except BadInput as wrong:
        refused: Refused = by_field(wrong)
        return {**typed, "refus": refused}
    present = set(structure.members.filter(left_on=None).exclude(rpps="").values_list("rpps", flat=True))
    return {
        **typed,
        "trouves": [(each, member_form.commune_words(each.commune), each.rpps in present) for each in rows],
    }
