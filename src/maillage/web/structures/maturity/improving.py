"""What the team will improve: noted, changed, done."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.quality.maturity_models import Improvement, MaturityRound
from maillage.apps.quality.maturity_queries import dimensions, improvements, round_of
from maillage.apps.quality.services import maturity
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in, written
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team_writers, person

PAGE = "web:structure_qualite"
NOBODY = ("", "Personne pour l’instant")


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def add(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Something to improve, of a round when its address is given."""
    row = _round(request, structure)
    if request.method != "POST":
        return _form(request, structure, None, {"dimension": request.GET.get("dimension", "")}, row=row)
    return _saved(request, structure, None, row)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def change(request: HttpRequest, structure: Structure, amelioration: int) -> HttpResponse:
    """Change what is to be improved."""
    improvement = found(improvements(structure).filter(pk=amelioration).first())
    if request.method != "POST":
        held = {"what": improvement.what, "owner": improvement.owner_id, "due_on": improvement.due_on}
        told = {name: written(value) for name, value in held.items()}
        return _form(request, structure, improvement, told | {"dimension": str(improvement.dimension_id or "")})
    return _saved(request, structure, improvement, None)


@require_POST
@for_team_writers
def finish(request: HttpRequest, structure: Structure, amelioration: int) -> HttpResponse:
    """Say that it is done today, or that it is not after all."""
    improvement = found(improvements(structure).filter(pk=amelioration).first())
    day = None if request.POST.get("geste") == "reprendre" else timezone.localdate()
    words = "C’est fait." if day else "L’amélioration est de nouveau à faire."
    done(request, lambda: maturity.finish(improvement, on=day, by=person(request), at=now()), words)
    return redirect(f"{redirect(PAGE, structure.pk).url}#ameliorations")


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, amelioration: int) -> HttpResponse:
    """Remove what is not to be done after all."""
    row, by = found(improvements(structure).filter(pk=amelioration).first()), person(request)
    told = {"cle": str(row.pk), "titre": row.what}
    if done(request, lambda: maturity.remove_improvement(row, by=by, at=now()), ""):
        request.session["amelioration_retiree"] = told
    return redirect(f"{redirect(PAGE, structure.pk).url}#ameliorations")


@require_POST
@for_team_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo a removal."""
    key, by = request.POST.get("cle", ""), person(request)
    words = "L’amélioration est rétablie."
    done(request, lambda: maturity.put_improvement_back(structure, key, by=by, at=now()), words)
    return redirect(f"{redirect(PAGE, structure.pk).url}#ameliorations")


def _saved(
    request: HttpRequest, structure: Structure, improvement: Improvement | None, row: MaturityRound | None
) -> HttpResponse:
    fields = _fields(structure, improvement)
    typed = typed_in(received(request, ["what"]), fields)
    if mask_asked(request):
        return _form(request, structure, improvement, typed, row=row)
    told: dict[str, Any] = {"by": person(request), "at": now()}
    try:
        given = read(maturity.ImprovementFields, {**typed, "dimension": typed["dimension"] or None})
        if improvement:
            maturity.rewrite(improvement, given, **told)
        else:
            maturity.improve(structure, given, row=row, **told)
    except BadInput as wrong:
        return _form(request, structure, improvement, typed, refusal(wrong, fields, typed), row=row)
    messages.success(request, "L’amélioration est enregistrée.")
    if row is not None:
        return redirect("web:structure_qualite_cotation", structure.pk, row.pk)
    return redirect(f"{redirect(PAGE, structure.pk).url}#ameliorations")


def _fields(structure: Structure, improvement: Improvement | None) -> list[Field]:
    team = [(str(each.pk), str(each)) for each in structure.members.filter(left_on=None)]
    if improvement and improvement.owner and str(improvement.owner_id) not in dict(team):
        team.append((str(improvement.owner_id), f"{improvement.owner} (sorti de l’équipe)"))
    named = [("", "Aucune en particulier"), *((str(each.pk), each.name) for each in dimensions(structure))]
    return [
        Field("what", "Ce que l’équipe va faire", required=True),
        Field("owner", "Responsable", "select", choices=[NOBODY, *team]),
        Field("due_on", "Pour le", "day"),
        Field("dimension", "Dimension", "select", choices=named),
    ]


def _form(
    request: HttpRequest,
    structure: Structure,
    improvement: Improvement | None,
    typed: dict[str, Any],
    refused: Refused = NOTHING,
    *,
    row: MaturityRound | None = None,
) -> HttpResponse:
    context = {
        "structure": structure,
        "amelioration": improvement,
        "cotation": row,
        "champs": filled(_fields(structure, improvement), typed, refused),
        "refus": refused,
    }
    return render(request, "structures/qualite/amelioration.html", context, status=422 if refused != NOTHING else 200)


def _round(request: HttpRequest, structure: Structure) -> MaturityRound | None:
    words = request.POST.get("cotation") or request.GET.get("cotation") or ""
    try:
        return round_of(structure, uuid.UUID(words))
    except ValueError:
        return None
