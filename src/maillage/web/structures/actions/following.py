"""What is noted of an action: a step added, ticked or removed; people reached, money spent, a value; their undo."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.models import Action, ActionNote, ActionStep
from maillage.apps.activity.plan_inputs import NoteFields, StepFields
from maillage.apps.activity.plan_queries import note_of, step_of
from maillage.apps.activity.queries import action_of
from maillage.apps.activity.services import plan as services
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import read
from maillage.web.activite.common import done, found, now, pilots
from maillage.web.activite.form import Field
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.forms import FormPage, shown, submitted

VALUE = "valeur:"
"""What begins the choice of an indicator in the list of what may be noted."""
READERS: Mapping[str, Callable[[Action, uuid.UUID], ActionStep | ActionNote | None]] = {
    "etape": step_of,
    "releve": note_of,
}
BACK: Mapping[str, Callable[..., ActionStep | ActionNote]] = {
    "etape": partial(services.put_row_back, ActionStep),
    "releve": partial(services.put_row_back, ActionNote),
}
TICKS = {"faite": True, "a-faire": False}


def note_fields(action: Action) -> list[Field]:
    """The form of a note: what, how much, when."""
    subjects = [("public", "Public touché (personnes)"), ("depense", "Dépense (€)")]
    subjects += [(f"{VALUE}{each['nom']}", f"Indicateur : {each['nom']}") for each in action.indicators]
    return [
        Field("subject", "Ce que vous notez", "select", choices=subjects),
        Field("amount", "Nombre ou montant", "amount", required=True),
        Field("day", "Jour", "day", required=True),
        Field("label", "Précision", help="Par exemple : atelier à la salle des fêtes. Sans nom de patient."),
    ]


def step_fields(structure: Structure) -> list[Field]:
    """The form of a step."""
    return [
        Field("title", "Étape", required=True),
        Field("owner", "Responsable", "select", choices=pilots(structure)),
        Field("due_on", "Pour le", "day"),
    ]


def note_page(structure: Structure, action: Action) -> FormPage:
    """The page of a note, when the form of the sheet was refused."""
    return _page(structure, action, "Noter le suivi", note_fields(action))


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def note(request: HttpRequest, structure: Structure, fiche: uuid.UUID) -> HttpResponse:
    """Note people reached, money spent or the value of an indicator."""
    action = found(action_of(structure, fiche))
    page = note_page(structure, action)
    if request.method != "POST":
        return shown(request, page, {"day": timezone.localdate()})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        services.note(action, read(NoteFields, _of_note(typed)), by=by, at=now())
        messages.success(request, "C'est noté.")
        return redirect(f"{_sheet(structure, action)}#suivi")

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def add_step(request: HttpRequest, structure: Structure, fiche: uuid.UUID) -> HttpResponse:
    """Add a dated step."""
    action = found(action_of(structure, fiche))
    page = _page(structure, action, "Ajouter une étape", step_fields(structure))
    if request.method != "POST":
        return shown(request, page, {})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        services.add_step(action, read(StepFields, typed), by=by, at=now())
        messages.success(request, "L'étape est ajoutée.")
        return redirect(f"{_sheet(structure, action)}#etapes")

    return submitted(request, page, save)


@require_POST
@for_writers
def tick(request: HttpRequest, structure: Structure, fiche: uuid.UUID, etape: uuid.UUID, acte: str) -> HttpResponse:
    """Tick a step, or untick it."""
    if acte not in TICKS:
        raise Http404
    action = found(action_of(structure, fiche))
    step = found(step_of(action, etape))
    services.set_step_done(step, done=TICKS[acte], by=person(request), at=now())
    return redirect(f"{_sheet(structure, action)}#etapes")


@require_POST
@for_writers
def remove(request: HttpRequest, structure: Structure, fiche: uuid.UUID, genre: str, ligne: uuid.UUID) -> HttpResponse:
    """Remove a step or a note."""
    action = found(action_of(structure, fiche))
    if genre not in READERS:
        raise Http404
    row = READERS[genre](action, ligne)
    if row is None:
        raise Http404
    key = services.remove_row(row, by=person(request), at=now())
    request.session["suivi_retire"] = {"cle": f"{genre}:{key}", "titre": str(row)}
    return redirect(_sheet(structure, action))


@require_POST
@for_writers
def put_back(request: HttpRequest, structure: Structure, fiche: uuid.UUID) -> HttpResponse:
    """Undo the removal of a step or of a note."""
    action = found(action_of(structure, fiche))
    genre, _colon, key = request.POST.get("cle", "").partition(":")
    if genre not in BACK:
        raise Http404
    by = person(request)
    done(
        request,
        lambda: BACK[genre](structure, key, by=by, at=now()),
        "La ligne est rétablie.",
    )
    return redirect(_sheet(structure, action))


def _of_note(typed: Mapping[str, Any]) -> dict[str, Any]:
    kind, _colon, indicator = typed["subject"].partition(":")
    return {"kind": kind, "indicator": indicator, **{name: typed[name] for name in ("amount", "day", "label")}}


def _sheet(structure: Structure, action: Action) -> str:
    return reverse("web:structure_actions_fiche", args=[structure.pk, action.pk])


def _page(structure: Structure, action: Action, title: str, fields: list[Field]) -> FormPage:
    sheet = _sheet(structure, action)
    trail = [(reverse("web:structure_actions", args=[structure.pk]), "Missions et actions"), (sheet, action.title)]
    return FormPage(structure, title, trail, sheet, fields)
