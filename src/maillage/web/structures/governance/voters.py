"""Who votes in an assembly, and in which collège: a page of the team at a time, searched and filtered."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.apps.governance.models import Assembly, Voter
from maillage.apps.governance.queries import assembly_of
from maillage.apps.governance.services import assemblies
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.french import fold, number, plural
from maillage.web.activite.common import asked, done, found, now, query
from maillage.web.structures.access import for_team_writers, person

PAGE = 50
VIEWS = (("", "toute l'équipe"), ("votent", "ceux qui votent"), ("non", "ceux qui ne votent pas"))
OUTSIDE = ("sans_college", "ceux sans collège")
Held = Mapping[uuid.UUID, Voter]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def voters(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Say who may vote, and in which collège. Only those that the page shows change."""
    assembly, by = found(assembly_of(person(request), structure, assemblee)), person(request)
    held = {each.member_id: each for each in assembly.voters.all()}
    told = asked(request, ("q", "vue", "page"))
    if request.method == "POST":
        chosen = _chosen(request.POST, held)
        words = f"La liste est enregistrée : {number(len(chosen))} {plural(len(chosen), 'membre')} {_votes(chosen)}."
        if done(request, lambda: assemblies.set_voters(assembly, chosen, by=by, at=now()), words):
            return redirect(_next(assembly, told))
    return render(request, "structures/gouvernance/votants.html", _context(request, structure, assembly, held, told))


def _context(
    request: HttpRequest, structure: Structure, assembly: Assembly, held: Held, told: Mapping[str, str]
) -> dict[str, Any]:
    team = [each for each in structure.members.all() if each.left_on is None or each.pk in held]
    rows = [each for each in team if _answers(each, held.get(each.pk), told)]
    page = Paginator(rows, PAGE).get_page(told["page"])
    colleges = [("", "Aucun collège"), *((str(each.pk), each.nom) for each in assembly.body.colleges.all())]
    return {
        "structure": structure,
        "assemblee": assembly,
        "colleges": colleges,
        "lignes": [_line(each, held.get(each.pk)) for each in page],
        "page": page,
        "suite": query({**told, "page": ""}).removeprefix("?"),
        "total": len(team),
        "trouves": len(rows),
        "votent": len(held),
        "demande": told,
        "vues": [*VIEWS, OUTSIDE] if len(colleges) > 1 else VIEWS,
        "est_longue": len(team) > PAGE,
        "ici": request.get_full_path(),
    }


def _line(member: Member, voter: Voter | None) -> dict[str, Any]:
    college = str(voter.college_id or "") if voter else ""
    return {"membre": member, "metier": name_of(member.metier), "vote": voter is not None, "college": college}


def _answers(member: Member, voter: Voter | None, told: Mapping[str, str]) -> bool:
    words = fold(f"{member} {name_of(member.metier)}")
    views = {
        "votent": voter is not None,
        "non": voter is None,
        "sans_college": voter is not None and voter.college_id is None,
    }
    return views.get(told["vue"], True) and all(word in words for word in fold(told["q"]).split())


def _chosen(data: QueryDict, held: Held) -> dict[uuid.UUID, uuid.UUID | None]:
    """Who votes: those chosen on the page, and those that the page did not show, as they were."""
    shown = {_uuid(text) for text in data.getlist("montre")}
    kept = {key: each.college_id for key, each in held.items() if shown and key not in shown}
    chosen = {key: _uuid(data.get(f"college-{key}", "")) for text in data.getlist("membre") if (key := _uuid(text))}
    return {**kept, **chosen}


def _next(assembly: Assembly, told: Mapping[str, str]) -> str:
    """The same page of a long list, to go on; else the assembly."""
    route = f"structure_gouvernance_assemblee{'_votants' if any(told.values()) else ''}"
    address = reverse(f"web:{route}", args=[assembly.body.structure_id, assembly.pk])
    return f"{address}{query(told)}"


def _votes(chosen: Mapping[uuid.UUID, uuid.UUID | None]) -> str:
    return plural(len(chosen), "vote", "votent")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
