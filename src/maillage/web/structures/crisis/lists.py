"""The lists of the crisis plan: the cell, who may be called, who to call, what to do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.crisis import services
from maillage.apps.structures.models import Structure
from maillage.core.activity.risks import risks
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.crisis.forms import LISTS, fields_of
from maillage.web.structures.crisis.plan import plan_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure, liste: str) -> HttpResponse:
    """A new row; the questions of a risk fill a new procedure."""
    part, by = _part(liste), person(request)
    if request.method != "POST":
        return _form(request, structure, liste, None, _start(request.GET.get("risque", "")))
    return _saved(
        request,
        structure,
        liste,
        None,
        lambda typed: services.add(structure, liste, read(part.fields, typed), by=by, at=now()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, liste: str, ligne: int) -> HttpResponse:
    """Change a row."""
    part, by = _part(liste), person(request)
    row = found(part.model._default_manager.filter(plan=found(plan_of(structure)), pk=ligne).first())
    if request.method != "POST":
        return _form(request, structure, liste, row, _values(row, part))
    return _saved(
        request,
        structure,
        liste,
        row,
        lambda typed: services.write(
            structure, liste, ligne, read(part.fields, typed), seen=seen(request), by=by, at=now()
        ),
    )


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, liste: str, ligne: int) -> HttpResponse:
    """Remove a row; the page offers to put it back."""
    part, by = _part(liste), person(request)
    row = found(part.model._default_manager.filter(plan=found(plan_of(structure)), pk=ligne).first())
    title, key = str(row), services.remove(structure, liste, ligne, by=by, at=now())
    request.session["crise_retire"] = {"cle": f"{liste}:{key}", "titre": title}
    return redirect("web:structure_crise", structure.pk)


@require_POST
@for_team_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a row, of an exercise or of an event."""
    liste, _, key = request.POST.get("cle", "").partition(":")
    by = person(request)
    if liste == "evenements":
        done(request, lambda: services.put_event_back(structure, key, by=by, at=now()), "C'est rétabli.")
    else:
        _part(liste)
        done(request, lambda: services.put_back(structure, liste, key, by=by, at=now()), "C'est rétabli.")
    return redirect("web:structure_crise", structure.pk)


def _part(liste: str) -> services.Part:
    if liste not in services.PARTS:
        raise Http404
    return services.PARTS[liste]


def _start(risk: str) -> dict[str, Any]:
    known = risks().get(risk)
    questions = "\n".join(f"- {question}" for question in known.questions) if known else ""
    return {"risk": risk if known else "", "title": known.title if known else "", "steps": questions}


def _values(row: Any, part: services.Part) -> dict[str, Any]:
    return {name: getattr(row, f"{name}_id" if name in part.people else name) for name in part.fields.model_fields}


def _saved(request: HttpRequest, structure: Structure, liste: str, row: Any, save: Any) -> HttpResponse:
    fields = fields_of(structure, liste, row)
    typed = typed_in(received(request, services.PARTS[liste].texts), fields)
    if mask_asked(request):
        return _form(request, structure, liste, row, typed, Refused(seen=seen(request)))
    try:
        save(typed)
    except (BadInput, Changed, NotNow) as wrong:
        return _form(request, structure, liste, row, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, LISTS[liste].added)
    return redirect(f"{redirect('web:structure_crise', structure.pk).url}#{liste}")


def _form(
    request: HttpRequest,
    structure: Structure,
    liste: str,
    row: Any,
    typed: Any,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "titre": LISTS[liste].one,
        "champs": filled(fields_of(structure, liste, row), typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(row) if row else ""),
        "bouton": "Enregistrer",
    }
    return render(request, "structures/crise/ecrire.html", context, status=status)
