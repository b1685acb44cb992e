"""Writing a protocol: a new one, or the text of one that is not published."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.apps.activity.inputs import ProtocolFields
from maillage.apps.activity.models import Protocol
from maillage.apps.activity.services import protocols as services
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.structures.models import Structure
from maillage.core.activity.protocol_life import is_written
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import metier_choices, now, pilots
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.protocols.choosing import WORDS, choosing, is_search
from maillage.web.structures.protocols.common import one_of, themes_of

Save = Callable[[ProtocolFields], Protocol]
OTHER, OTHER_THEME = "autre", "theme_autre"
STARTS = (("prevu", "à écrire"), ("en_cours", "en cours d'écriture"), ("applique", "déjà appliqué par l'équipe"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new protocol."""
    if request.method != "POST":
        return _page(request, structure, None, {**_themed(structure, request.GET.get("theme", "")), "state": "prevu"})
    by = person(request)
    return _saved(request, structure, None, lambda fields: services.create_protocol(structure, fields, by=by, at=now()))


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def edit(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """Change the text of a protocol that is not published."""
    protocol, by = one_of(structure, protocole), person(request)
    if request.method == "POST":
        return _saved(
            request,
            structure,
            protocol,
            lambda fields: services.write_protocol(protocol, fields, seen=seen(request), by=by, at=now()),
        )
    if not is_written(protocol.state, protocol.version):
        messages.error(request, services.PUBLISHED)
        return redirect("web:structure_protocoles_un", structure.pk, protocol.pk)
    return _page(request, structure, protocol, values_of(protocol))


def values_of(protocol: Protocol) -> dict[str, Any]:
    """A protocol as the form shows it."""
    told = {name: getattr(protocol, name) for name in (*services.SCREENED, "planned_on")}
    return {
        **told,
        **_themed(protocol.structure, protocol.theme),
        "pilot": str(protocol.pilot_id or ""),
        "metiers": protocol.metiers,
        "writers": [str(key) for key in protocol.writers.values_list("member", flat=True)],
        "in_mission": "oui" if protocol.in_mission else "",
    }


def _saved(request: HttpRequest, structure: Structure, protocol: Protocol | None, save: Save) -> HttpResponse:
    fields = _fields(structure, protocol)
    typed = typed_in(received(request, (*services.SCREENED, OTHER_THEME)), fields)
    if mask_asked(request) or is_search(request.POST):
        return _page(request, structure, protocol, typed, Refused(seen=seen(request)))
    try:
        written = save(read(ProtocolFields, _given(typed)))
    except (BadInput, Changed, NotNow) as wrong:
        return _page(request, structure, protocol, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, f"Le protocole « {written.title} » est enregistré.")
    return redirect("web:structure_protocoles_un", structure.pk, written.pk)


def _given(typed: Mapping[str, Any]) -> dict[str, Any]:
    several = {name: tuple(typed[name]) for name in ("metiers", "writers")}
    given = {**typed, **several, "in_mission": bool(typed["in_mission"])}
    other = str(given.pop(OTHER_THEME, ""))
    if OTHER_THEME in typed and given["theme"] in ("", OTHER):
        given["theme"] = other
    return given


def _themed(structure: Structure, theme: str) -> dict[str, str]:
    """A theme as the form shows it: one of the agreement, or another in words."""
    titles = [each.title for each in themes_of(structure)]
    if not titles or not theme or theme in titles:
        return {"theme": theme}
    return {"theme": OTHER, OTHER_THEME: theme}


def _page(
    request: HttpRequest,
    structure: Structure,
    protocol: Protocol | None,
    typed: Mapping[str, Any],
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    fields = filled(_fields(structure, protocol), typed, refused)
    writers = next(each for each in fields if each.name == "writers")
    context = {
        "structure": structure,
        "protocole": protocol,
        "champs": fields,
        "choix": choosing(writers.choices, writers.values, request.POST.get(WORDS, "")),
        "themes": themes_of(structure),
        "refus": refused,
        "vu": refused.seen or (stamp(protocol) if protocol else ""),
    }
    return render(request, "structures/protocoles/ecrire.html", context, status=status)


def _fields(structure: Structure, protocol: Protocol | None) -> list[Field]:
    people = pilots(structure, protocol.pilot if protocol else None)
    start = [] if protocol else [Field("state", "Où en est-il ?", "select", choices=STARTS)]
    return [
        Field("title", "Intitulé", required=True),
        *start,
        *_theme(structure),
        Field("need", "Besoin", "words", "Pourquoi l'équipe l'écrit, pour quels patients, sans en désigner aucun."),
        Field("content", "Ce que fait chacun", "words", "Qui fait quoi, quand, qui prévient qui.", rows=12),
        Field(
            "metiers", "Métiers engagés", "checks", "Les membres de ces métiers donneront leur avis.",
            choices=metier_choices(structure, protocol.metiers if protocol else ()),
        ),
        Field("writers", "Rédacteurs", "checks", choices=[row for row in people if row[0]]),
        Field("pilot", "Pilote", "select", choices=people),
        Field("planned_on", "Prévu pour le", "day"),
        Field(
            "in_mission", "Une mission de santé publique compte déjà ce protocole", "yes",
            "Selon une seule source, il ne compte alors pas deux fois : à confirmer avec la CPAM.",
        ),
    ]  # fmt: skip


def _theme(structure: Structure) -> list[Field]:
    """The theme: chosen among those of the agreement, or another; free when the agreement names none."""
    titles = [each.title for each in themes_of(structure)]
    if not titles:
        return [Field("theme", "Thème")]
    choices = [("", "À préciser"), *((title, title) for title in titles), (OTHER, "Un autre thème")]
    return [
        Field("theme", "Thème", "select", "L'accord paie un protocole sur l'un de ses thèmes.", choices=choices),
        Field(OTHER_THEME, "Autre thème", help="À remplir seulement pour un thème que l'accord ne nomme pas."),
    ]
