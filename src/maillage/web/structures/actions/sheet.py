"""One action sheet: read, written, begun from a template."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import Action
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.plan_queries import followed
from maillage.apps.activity.queries import action_of
from maillage.apps.activity.services import actions as services
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput
from maillage.core.projet.sheets import sheet_template
from maillage.web.activite.common import found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen
from maillage.web.screening import mask_asked
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.actions import form, needs
from maillage.web.structures.actions.followed import follow_of, theme_of
from maillage.web.structures.actions.following import note_fields, step_fields
from maillage.web.structures.actions.listing import MARKS

Save = Callable[[ActionFields, dict[str, Any]], Action]


@require_safe
@of_structure
def sheet(request: HttpRequest, structure: Structure, fiche: uuid.UUID) -> HttpResponse:
    """A sheet to read."""
    action = found(followed(structure).filter(pk=fiche).first() or action_of(structure, fiche))
    writes = may_write(person(request), structure)
    context = {
        "structure": structure,
        "action": action,
        "marque": MARKS[action.state],
        "textes": form.summary(action),
        "theme": theme_of(action),
        "suivi": follow_of(action),
        "peut_ecrire": writes,
        "champs_releve": filled(note_fields(action), {"day": timezone.localdate()}) if writes else (),
        "champs_etape": filled(step_fields(structure), {}) if writes else (),
        "retire": request.session.pop("suivi_retire", None),
        "aujourd_hui": timezone.localdate(),
    }
    return render(request, "structures/actions/fiche.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new sheet, empty or begun from a template (``modele``)."""
    if request.method == "POST":
        by = person(request)

        def save(fields: ActionFields, links: dict[str, Any]) -> Action:
            return services.create_action(structure, fields, **links, by=by, at=now())

        return _saved(request, structure, None, save)
    template = sheet_template(request.GET.get("modele", ""))
    typed = form.values_of_template(structure, template) if template else {"state": "prevue"}
    return _page(request, structure, None, typed)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def edit(request: HttpRequest, structure: Structure, fiche: uuid.UUID) -> HttpResponse:
    """Change a sheet."""
    action = found(action_of(structure, fiche))
    if request.method != "POST":
        return _page(request, structure, action, form.values_of(action))
    by = person(request)

    def save(fields: ActionFields, links: dict[str, Any]) -> Action:
        return services.write_action(action, fields, **links, seen=seen(request), by=by, at=now())

    return _saved(request, structure, action, save)


def _saved(request: HttpRequest, structure: Structure, action: Action | None, save: Save) -> HttpResponse:
    typed = form.typed_of(request, structure, action)
    if mask_asked(request) or form.MORE in request.POST:
        return _page(request, structure, action, typed, Refused(seen=seen(request)))
    links = {
        "need": needs.chosen(structure, typed["besoin"], action.need if action else {}),
        "missions": form.chosen_missions(structure, typed["missions"], action),
    }
    try:
        written = save(form.read_fields(typed), links)
    except (BadInput, Changed, NotNow) as wrong:
        fields = [*form.every_field(structure, action), Field("indicators", "Indicateurs")]
        refused = refusal(wrong, fields, _flat(typed))
        return _page(request, structure, action, typed, refused, status=422)
    messages.success(request, "La fiche est enregistrée.")
    return redirect("web:structure_actions_fiche", structure.pk, written.pk)


def _flat(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, the indicators as the one text that the screen reads."""
    rows = "\n".join(" ".join(row.values()) for row in typed["indicators"] if any(row.values()))
    return {**typed, "indicators": rows}


def _page(
    request: HttpRequest,
    structure: Structure,
    action: Action | None,
    typed: Mapping[str, Any],
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "action": action,
        "groupes": form.groups(structure, typed, refused, action),
        "indicateurs": form.indicator_rows(typed, more=form.MORE in request.POST),
        "erreur_indicateurs": refused.errors.get("indicators", ""),
        "refus": refused,
        "vu": refused.seen or seen(request) or (stamp(action) if action else ""),
    }
    return render(request, "structures/actions/ecrire.html", context, status=status)
