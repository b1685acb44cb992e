"""The protocols of a structure: the list, what the agreement pays of it, order and removal."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.models import Protocol
from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.apps.activity.protocol_facts import paid, terms_of, used_by_protocol
from maillage.apps.activity.protocol_reading import protocols_for
from maillage.apps.activity.services import protocols as services
from maillage.apps.activity.services.protocol_life import awaiting
from maillage.apps.structures.models import Structure
from maillage.core.activity.protocol_life import is_written
from maillage.core.kernel import french
from maillage.web.activite.common import asked, done, exported, now, query
from maillage.web.exports import export
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.protocols.common import metiers_of, shown, state_of, themes_of

NAMES = ("etat", "theme", "q", "tri")
SORTS = {"": "Ordre de l'équipe", "titre": "Intitulé", "theme": "Thème", "date": "À revoir", "etat": "État"}
HEADER = (
    "Rang", "Intitulé", "État", "Version", "Thème", "Thème de l'accord", "Besoin", "Ce que fait chacun", "Métiers",
    "Pilote", "Prévu pour le", "À revoir le",
)  # fmt: skip
USES = "Utilisations de l'année"
STEPS: Mapping[str, int] = {"monter": -1, "descendre": 1}
PER_PAGE = 50
IN_FORCE, TO_REVIEW = "en_vigueur", "a_revoir"
Row = tuple[int, Protocol]


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered and sorted as its address asks; ``format`` exports what is shown."""
    told, by, today = asked(request, NAMES), person(request), timezone.localdate()
    every, inside = protocols_for(by, structure), may_see_inside(by, structure)
    rows, uses = listed(every, told), used_by_protocol(structure, today.year)
    if kind := request.GET.get("format"):
        return _export(exported(kind), rows, uses if inside else None)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "structure": structure,
        "lignes": [_line(row, uses) for row in page],
        "trouves": len(rows),
        "page": page,
        "suite": query(told).removeprefix("?"),
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": [("", "Tous"), (IN_FORCE, "en vigueur"), (TO_REVIEW, "à revoir"), *Protocol.State.choices],
        "tris": SORTS.items(),
        "themes": sorted({each.theme for each in every if each.theme}),
        "themes_accord": themes_of(structure),
        "payes": paid(every, structure, today) if inside else None,
        "accord": terms_of(structure, today),
        "sans_version": sum(1 for each in every if each.is_in_force and not each.version),
        "mes_avis": awaiting(by, structure) if inside else [],
        "annee": today.year,
        "aujourdhui": today,
        "voit_dedans": inside,
        "peut_ecrire": may_write(by, structure),
        "peut_ordonner": not any(told.values()),
        "retire": request.session.pop("protocole_retire", None),
    }
    return render(request, "structures/protocoles/liste.html", context)


def arrange(request: HttpRequest, structure: Structure, protocol: Protocol, acte: str) -> HttpResponse:
    """Move or remove a protocol."""
    by = person(request)
    if acte in STEPS:
        done(request, lambda: services.move_protocol(protocol, STEPS[acte], by=by, at=now()), "")
        return redirect(f"{redirect('web:structure_protocoles', structure.pk).url}#protocole-{protocol.pk}")
    if acte != "supprimer":
        raise Http404
    title, key = protocol.title, str(protocol.pk)
    if done(request, lambda: services.remove_protocol(protocol, by=by, at=now()), ""):
        request.session["protocole_retire"] = {"cle": key, "titre": title}
    return redirect("web:structure_protocoles", structure.pk)


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


def listed(every: list[Protocol], told: Mapping[str, str]) -> list[Row]:
    """The protocols that are asked for, each with its rank."""
    rows = [row for row in enumerate(every, start=1) if _answers(row[1], told)]
    keys: dict[str, Callable[[Protocol], Any]] = {
        "titre": lambda each: french.fold(each.title),
        "theme": lambda each: (not each.theme, french.fold(each.theme)),
        "date": lambda each: (each.review_on is None, each.review_on),
        "etat": lambda each: Protocol.State.values.index(each.state),
    }
    key = keys.get(told["tri"])
    return rows if key is None else sorted(rows, key=lambda row: key(row[1]))


def _export(kind: str, rows: list[Row], uses: Mapping[uuid.UUID, int] | None) -> HttpResponse:
    """What is shown, with the uses of the year for the team only."""
    if uses is None:
        return export(kind, "protocoles", HEADER, [exported_row(*row) for row in rows])
    told = [[*exported_row(*row), uses.get(row[1].pk, 0)] for row in rows]
    return export(kind, "protocoles", (*HEADER, USES), told)


def exported_row(rank: int, protocol: Protocol) -> list[Any]:
    """A protocol as a line of a spreadsheet."""
    return [
        rank,
        protocol.title,
        state_of(protocol),
        protocol.version or "",
        protocol.theme,
        protocol.theme_code,
        protocol.need,
        protocol.content,
        metiers_of(protocol),
        str(protocol.pilot or ""),
        protocol.planned_on.isoformat() if protocol.planned_on else "",
        protocol.review_on.isoformat() if protocol.review_on else "",
    ]


def _line(row: Row, uses: Mapping[uuid.UUID, int]) -> dict[str, Any]:
    rank, protocol = row
    return {**shown(protocol), "rang": rank, "usages": uses.get(protocol.pk, 0), "est_libre": is_removable(protocol)}


def is_removable(protocol: Protocol) -> bool:
    """Whether a protocol was neither published nor submitted."""
    return not protocol.version and is_written(protocol.state, protocol.version)


def _answers(protocol: Protocol, told: Mapping[str, str]) -> bool:
    words = french.fold(f"{protocol.title} {protocol.theme} {protocol.need} {protocol.content}")
    return (
        _in_state(protocol, told["etat"])
        and (not told["theme"] or protocol.theme == told["theme"])
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _in_state(protocol: Protocol, wanted: str) -> bool:
    if wanted == IN_FORCE:
        return protocol.is_in_force
    if wanted == TO_REVIEW:
        return protocol.is_in_force and protocol.review_on is not None and protocol.review_on <= timezone.localdate()
    return not wanted or protocol.state == wanted
