"""The exercises and the real events: what was done, what the team learnt."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.crisis import services
from maillage.apps.crisis.inputs import EventFields
from maillage.apps.crisis.models import CrisisEvent
from maillage.apps.crisis.sealing import risk_name
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import exported, found, now
from maillage.web.activite.form import NOTHING, Refused, filled, refusal, seen, typed_in
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.crisis.forms import event_fields

HEADER = (
    "Nature", "État", "Intitulé", "Risque", "Début", "Fin", "Déclarée par", "Professionnels engagés",
    "Ce qui a été fait", "Ce qui a marché", "À améliorer", "Décisions",
)  # fmt: skip


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, evenement: uuid.UUID) -> HttpResponse:
    """An exercise or an event, to read."""
    event = _event(structure, evenement)
    context = {
        "structure": structure,
        "evenement": event,
        "risque": risk_name(event.risk),
        "peut_ecrire": may_write(person(request), structure),
    }
    return render(request, "structures/crise/evenement.html", context)


@require_safe
@for_team
def exported_events(request: HttpRequest, structure: Structure) -> HttpResponse:
    """All of them as a spreadsheet."""
    rows = [exported_row(each) for each in CrisisEvent.objects.filter(structure=structure)]
    return export(exported(request.GET.get("format", "csv")), "exercices-et-evenements", HEADER, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new one."""
    by = person(request)
    if request.method != "POST":
        return _form(request, structure, None, {"starts_on": timezone.localdate(), "kind": "exercice"})
    return _saved(request, structure, None, lambda fields: services.create_event(structure, fields, by=by, at=now()))


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, evenement: uuid.UUID) -> HttpResponse:
    """Change it, or write what was learnt."""
    event, by = _event(structure, evenement), person(request)
    if request.method != "POST":
        typed = {field.name: getattr(event, field.name) for field in event_fields()}
        return _form(request, structure, event, typed)
    return _saved(
        request,
        structure,
        event,
        lambda fields: services.write_event(event, fields, seen=seen(request), by=by, at=now()),
    )


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, evenement: uuid.UUID) -> HttpResponse:
    """Remove it; the page of the plan offers to put it back."""
    event, by = _event(structure, evenement), person(request)
    title, key = event.title, services.remove_event(event, by=by, at=now())
    request.session["crise_retire"] = {"cle": f"evenements:{key}", "titre": title}
    return redirect("web:structure_crise", structure.pk)


def exported_row(event: CrisisEvent) -> list[Any]:
    """An exercise or an event as a line of a spreadsheet."""
    return [
        event.get_kind_display(),
        event.get_state_display(),
        event.title,
        risk_name(event.risk),
        event.starts_on.isoformat(),
        event.ends_on.isoformat() if event.ends_on else "",
        event.declared_by,
        "" if event.people is None else event.people,
        event.done,
        event.worked,
        event.to_improve,
        event.next_steps,
    ]


def _event(structure: Structure, key: uuid.UUID) -> CrisisEvent:
    rows = CrisisEvent.objects.filter(structure=structure).select_related("structure__organisation")
    return found(rows.filter(pk=key).first())


def _saved(request: HttpRequest, structure: Structure, event: CrisisEvent | None, save: Any) -> HttpResponse:
    fields = event_fields()
    typed = typed_in(received(request, services.EVENT_TEXTS), fields)
    if mask_asked(request):
        return _form(request, structure, event, typed, Refused(seen=seen(request)))
    try:
        written = save(read(EventFields, typed))
    except (BadInput, Changed, NotNow) as wrong:
        return _form(request, structure, event, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, "C'est enregistré.")
    return redirect("web:structure_crise_evenement", structure.pk, written.pk)


def _form(
    request: HttpRequest,
    structure: Structure,
    event: CrisisEvent | None,
    typed: Any,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "titre": event.title if event else "Nouvel exercice ou événement",
        "champs": filled(event_fields(), typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(event) if event else ""),
        "bouton": "Enregistrer",
    }
    return render(request, "structures/crise/ecrire.html", context, status=status)
