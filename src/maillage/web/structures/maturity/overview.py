"""The quality approach at a glance: the round that runs, those before, what is to be improved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.writing import NotNow
from maillage.apps.quality.maturity_models import Improvement
from maillage.apps.quality.maturity_queries import dimensions, improvements, own_levels, rounds, running
from maillage.apps.quality.services import maturity
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.kernel.problems import BadInput, read
from maillage.core.quality.maturity import matrix
from maillage.web.activite.common import asked, exported, now, query
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person

PAGE = "web:structure_qualite"
HEADER = ("Amélioration", "Dimension", "Responsable", "Pour le", "Faite le", "Cotation")
STATES = {"": "À faire", "faites": "Faites", "toutes": "Toutes"}
TOP = "Celui de la grille que votre équipe utilise : le nombre de niveaux n’est pas établi dans nos sources."
ROUND = [
    Field("name", "Nom de la cotation", help="Par exemple : automne 2026.", required=True),
    Field("top", "Niveau le plus haut", help=TOP, required=True),
]


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What runs, what was found before, what is to be done; ``format`` exports the improvements shown."""
    who, told = person(request), asked(request, ("etat",))
    shown = [each for each in improvements(structure) if _answers(each, told["etat"])]
    if kind := request.GET.get("format"):
        return export(exported(kind), "ameliorations", HEADER, [_row(each) for each in shown])
    member, row = maturity.scorer(structure, who), running(structure)
    context = {
        "structure": structure,
        "peut_ecrire": may_edit(who, structure),
        "cotation": row,
        "membre": member,
        "mes_niveaux": len(own_levels(row, member)) if row else 0,
        "dimensions": dimensions(structure),
        "cotations": [each for each in rounds(structure) if each.state in ("close", "annulee")],
        "equipe": structure.members.filter(left_on=None).count(),
        "ameliorations": shown,
        "etats": STATES.items(),
        "etat": told["etat"],
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "matrice": matrix(),
        "aujourd_hui": timezone.localdate(),
        "retire": request.session.pop("amelioration_retiree", None),
    }
    return render(request, "structures/qualite/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def name(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The dimensions of each axis, one a line."""
    fields = [Field(axis.code, axis.title, "words", rows=6) for axis in matrix().axes]
    if request.method != "POST":
        return _names(request, structure, fields, _held(structure))
    typed = typed_in(received(request, [each.name for each in fields]), fields)
    if mask_asked(request):
        return _names(request, structure, fields, typed)
    try:
        named = {axis: text.splitlines() for axis, text in typed.items()}
        maturity.name_dimensions(structure, named, by=person(request), at=now())
    except (BadInput, NotNow) as wrong:
        return _names(request, structure, fields, typed, refusal(wrong, fields, typed))
    messages.success(request, "Les dimensions sont enregistrées.")
    return redirect(PAGE, structure.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def start(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Open a round; the number of levels of the last one is proposed."""
    if request.method != "POST":
        last = rounds(structure).first()
        return _start(request, structure, {"top": str(last.top) if last else ""})
    typed = typed_in(received(request, ["name"]), ROUND)
    if mask_asked(request):
        return _start(request, structure, typed)
    try:
        row = maturity.open_round(structure, read(maturity.RoundFields, typed), by=person(request), at=now())
    except (BadInput, NotNow) as wrong:
        return _start(request, structure, typed, refusal(wrong, ROUND, typed))
    messages.success(request, "La cotation est ouverte : chacun donne ses niveaux seul.")
    return redirect("web:structure_qualite_cotation", structure.pk, row.pk)


def _held(structure: Structure) -> dict[str, str]:
    """The dimensions that are named, or those that a source establishes when none is."""
    named = dimensions(structure)
    if not named:
        return {axis.code: "\n".join(axis.dimensions) for axis in matrix().axes}
    return {axis.code: "\n".join(each.name for each in named if each.axis == axis.code) for axis in matrix().axes}


def _names(
    request: HttpRequest, structure: Structure, fields: list[Field], typed: dict[str, Any], refused: Refused = NOTHING
) -> HttpResponse:
    context = {"structure": structure, "champs": filled(fields, typed, refused), "refus": refused, "matrice": matrix()}
    return render(request, "structures/qualite/dimensions.html", context, status=422 if refused != NOTHING else 200)


def _start(
    request: HttpRequest, structure: Structure, typed: dict[str, Any], refused: Refused = NOTHING
) -> HttpResponse:
    context = {"structure": structure, "champs": filled(ROUND, typed, refused), "refus": refused}
    return render(request, "structures/qualite/ouvrir.html", context, status=422 if refused != NOTHING else 200)


def _answers(each: Improvement, state: str) -> bool:
    return state == "toutes" or (each.done_on is not None) == (state == "faites")


def _row(each: Improvement) -> list[Any]:
    words = (each.what, str(each.dimension or ""), str(each.owner or ""))
    return [*words, each.due_on, each.done_on, str(each.round or "")]
