"""The protocols of a structure: the list, one of them, what can be done from there."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.inputs import ProtocolFields
from maillage.apps.activity.models import Protocol
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.queries import protocol_of, protocols_of
from maillage.apps.activity.services import protocols as services
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.core.projet.elaboration import structure_code
from maillage.core.projet.missions import themes
from maillage.web.activite.common import asked, done, exported, found, metier_choices, now, pilots, query
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, of_structure, person

NAMES = ("etat", "theme", "q", "tri")
SORTS = {"": "Ordre de l'équipe", "titre": "Intitulé", "theme": "Thème", "date": "Date", "etat": "État"}
MARKS = {"prevu": ("todo", "a_venir"), "en_cours": ("warn", "en_cours"), "applique": ("ok", "faite")}
HEADER = ("Rang", "Intitulé", "État", "Thème", "Besoin", "Ce que fait chacun", "Métiers", "Pilote", "Prévu pour le")
STEPS: Mapping[str, int] = {"monter": -1, "descendre": 1}
Save = Callable[[ProtocolFields], Protocol]


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered and sorted as its address asks; ``format`` exports what is shown."""
    told = asked(request, NAMES)
    rows = listed(structure, told)
    if kind := request.GET.get("format"):
        return export(exported(kind), "protocoles", HEADER, [exported_row(rank, each) for rank, each in rows])
    every = list(protocols_of(structure))
    context = {
        "structure": structure,
        "lignes": [
            {"protocole": each, "rang": rank, "marque": MARKS[each.state], "metiers": _metiers(each)}
            for rank, each in rows
        ],
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": [("", "Tous"), *Protocol.State.choices],
        "tris": SORTS.items(),
        "themes": sorted({each.theme for each in every if each.theme}),
        "themes_accord": _themes(structure),
        "peut_ecrire": may_write(person(request), structure),
        "peut_ordonner": not any(told.values()),
        "retire": request.session.pop("protocole_retire", None),
    }
    return render(request, "structures/protocoles/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new protocol."""
    if request.method == "POST":
        by = person(request)
        return _saved(
            request, structure, None, lambda fields: services.create_protocol(structure, fields, by=by, at=now())
        )
    return _page(request, structure, None, {"theme": request.GET.get("theme", ""), "state": "prevu"})


@require_http_methods(["GET", "HEAD", "POST"])
@of_structure
def one(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """A protocol: to read, and to change for who may write."""
    protocol, by = found(protocol_of(structure, protocole)), person(request)
    if request.method == "POST":
        if not may_write(by, structure):
            raise PermissionDenied
        return _saved(
            request,
            structure,
            protocol,
            lambda fields: services.write_protocol(protocol, fields, seen=seen(request), by=by, at=now()),
        )
    if not may_write(by, structure):
        context = {
            "structure": structure,
            "protocole": protocol,
            "marque": MARKS[protocol.state],
            "metiers": _metiers(protocol),
        }
        return render(request, "structures/protocoles/un.html", context)
    return _page(request, structure, protocol, values_of(protocol))


@require_POST
@for_writers
def act(request: HttpRequest, structure: Structure, protocole: uuid.UUID, acte: str) -> HttpResponse:
    """Move or remove a protocol."""
    protocol, by = found(protocol_of(structure, protocole)), person(request)
    if acte in STEPS:
        done(request, lambda: services.move_protocol(protocol, STEPS[acte], by=by, at=now()), "")
        return redirect(f"{redirect('web:structure_protocoles', structure.pk).url}#protocole-{protocol.pk}")
    if acte == "supprimer":
        title = protocol.title
        key = services.remove_protocol(protocol, by=by, at=now())
        request.session["protocole_retire"] = {"cle": key, "titre": title}
        return redirect("web:structure_protocoles", structure.pk)
    raise Http404


@require_POST
@for_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a protocol."""
    key, by = request.POST.get("cle", ""), person(request)
    done(
        request,
        lambda: services.put_protocol_back(structure, key, by=by, at=now()),
        "Le protocole est rétabli.",
    )
    return redirect("web:structure_protocoles", structure.pk)


def listed(structure: Structure, told: Mapping[str, str]) -> list[tuple[int, Protocol]]:
    """The protocols that are asked for, each with its rank."""
    rows = [row for row in enumerate(protocols_of(structure), start=1) if _answers(row[1], told)]
    keys: dict[str, Callable[[Protocol], Any]] = {
        "titre": lambda each: french.fold(each.title),
        "theme": lambda each: (not each.theme, french.fold(each.theme)),
        "date": lambda each: (each.planned_on is None, each.planned_on),
        "etat": lambda each: Protocol.State.values.index(each.state),
    }
    key = keys.get(told["tri"])
    return rows if key is None else sorted(rows, key=lambda row: key(row[1]))


def exported_row(rank: int, protocol: Protocol) -> list[Any]:
    """A protocol as a line of a spreadsheet."""
    return [
        rank,
        protocol.title,
        protocol.get_state_display(),
        protocol.theme,
        protocol.need,
        protocol.content,
        _metiers(protocol),
        str(protocol.pilot or ""),
        protocol.planned_on.isoformat() if protocol.planned_on else "",
    ]


def values_of(protocol: Protocol) -> dict[str, Any]:
    """A protocol as the form shows it."""
    names = (*services.SCREENED, "planned_on", "state")
    told = {name: getattr(protocol, name) for name in names}
    return {**told, "pilot": str(protocol.pilot_id or ""), "metiers": protocol.metiers}


def _saved(request: HttpRequest, structure: Structure, protocol: Protocol | None, save: Save) -> HttpResponse:
    fields = _fields(structure, protocol)
    typed = typed_in(received(request, services.SCREENED), fields)
    if mask_asked(request):
        return _page(request, structure, protocol, typed, Refused(seen=seen(request)))
    try:
        written = save(read(ProtocolFields, {**typed, "metiers": tuple(typed["metiers"])}))
    except (BadInput, Changed, NotNow) as wrong:
        return _page(request, structure, protocol, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, f"Le protocole « {written.title} » est enregistré.")
    return redirect("web:structure_protocoles", structure.pk)


def _page(
    request: HttpRequest,
    structure: Structure,
    protocol: Protocol | None,
    typed: Mapping[str, Any],
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "protocole": protocol,
        "champs": filled(_fields(structure, protocol), typed, refused),
        "themes": _themes(structure),
        "refus": refused,
        "vu": refused.seen or (stamp(protocol) if protocol else ""),
    }
    return render(request, "structures/protocoles/ecrire.html", context, status=status)


def _fields(structure: Structure, protocol: Protocol | None) -> list[Field]:
    named = _themes(structure)
    help_ = "Un thème de l'accord est payé ; vous pouvez en écrire un autre." if named else ""
    return [
        Field("title", "Intitulé", required=True),
        Field("state", "État", "select", choices=Protocol.State.choices),
        Field("theme", "Thème", help=help_),
        Field("need", "Besoin", "words", "Pourquoi l'équipe l'écrit, pour quels patients, sans en désigner aucun."),
        Field("content", "Ce que fait chacun", "words", "Qui fait quoi, quand, qui prévient qui.", rows=8),
        Field(
            "metiers",
            "Métiers engagés",
            "checks",
            choices=metier_choices(structure, protocol.metiers if protocol else ()),
        ),
        Field("pilot", "Pilote", "select", choices=pilots(structure, protocol.pilot if protocol else None)),
        Field("planned_on", "Prévu pour le", "day"),
    ]


def _themes(structure: Structure) -> list[Any]:
    return list(themes(structure_code(structure.kind), "protocole", timezone.localdate()))


def _metiers(protocol: Protocol) -> str:
    return ", ".join(name_of(slug) for slug in protocol.metiers)


def _answers(protocol: Protocol, told: Mapping[str, str]) -> bool:
    words = french.fold(f"{protocol.title} {protocol.theme} {protocol.need} {protocol.content}")
    return (
        (not told["etat"] or protocol.state == told["etat"])
        and (not told["theme"] or protocol.theme == told["theme"])
        and all(word in words for word in french.fold(told["q"]).split())
    )
