"""Who comes to an assembly: the presences and the live quorum, the powers."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import NotNow
from maillage.apps.governance.counting import places_of, presences
from maillage.apps.governance.models import Assembly, Power, Voter
from maillage.apps.governance.queries import assembly_of
from maillage.apps.governance.services import assemblies, powers
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.common import asked, done, found, now, query
from maillage.web.structures.access import for_team, person
from maillage.web.structures.governance.assemblies import counted

PAGE = 50
CHOICES = (("present", "Présent"), ("distance", "À distance"), ("excuse", "Excusé"), ("absent", "Absent"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def attendance(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Tap who came; the quorum is counted at each tap. As one taps, htmx asks for the quorum alone."""
    who = person(request)
    assembly = found(assembly_of(who, structure, assemblee))
    if request.method == "POST":
        if not may_write(who, structure):
            raise PermissionDenied
        return _noted(request, assembly)
    return render(request, "structures/gouvernance/presences.html", _attendance(request, assembly))


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def power(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """The powers; a member gives their own, who writes records any."""
    who = person(request)
    assembly = found(assembly_of(who, structure, assemblee))
    own, writes = powers.own_voter(assembly, who), may_write(who, structure)
    if request.method == "POST":
        giver = _number(request.POST.get("donne", "")) if writes else (own.pk if own else None)
        if own is None and not writes:
            raise PermissionDenied
        holder = _number(request.POST.get("recoit", ""))
        done(
            request,
            lambda: powers.give_power(assembly, giver or 0, holder or 0, by=who, at=now()),
            "Le pouvoir est enregistré.",
        )
        return redirect(_address("structure_gouvernance_assemblee_pouvoirs", assembly))
    return render(request, "structures/gouvernance/pouvoirs.html", _powers(assembly, own, writes))


@require_POST
@for_team
def power_back(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Take a power back."""
    who = person(request)
    assembly = found(assembly_of(who, structure, assemblee))
    own, giver = powers.own_voter(assembly, who), _number(request.POST.get("donne", ""))
    if not may_write(who, structure) and (own is None or giver not in (None, own.pk)):
        raise PermissionDenied
    done(request, lambda: powers.take_power_back(assembly, giver or 0, by=who, at=now()), "Le pouvoir est retiré.")
    return redirect(_address("structure_gouvernance_assemblee_pouvoirs", assembly))


def _noted(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    given = {
        each.member_id: how
        for each in assembly.voters.all()
        if (how := request.POST.get(f"presence-{each.pk}", "")) in dict(CHOICES)
    }
    is_part = "HX-Request" in request.headers
    try:
        assemblies.note_presences(assembly, given, by=person(request), at=now())
    except (NotNow, BadInput) as refused:
        if is_part:
            context = {"refus": str(refused)}
            return render(request, "structures/gouvernance/_quorum_ligne.html", context, status=422)
        messages.error(request, str(refused))
    else:
        if is_part:
            return render(request, "structures/gouvernance/_quorum_ligne.html", counted(assembly))
        messages.success(request, "Les présences sont enregistrées.")
    asked_for = query(asked(request, ("q", "page")))
    return redirect(_address("structure_gouvernance_assemblee_presences", assembly) + asked_for)


def _attendance(request: HttpRequest, assembly: Assembly) -> dict[str, Any]:
    noted, words = presences(assembly), fold(request.GET.get("q", "")).split()
    rows = list(assembly.voters.select_related("member", "college", "power__holder__member"))
    matching = [each for each in rows if all(word in fold(str(each.member)) for word in words)]
    page = Paginator(matching, PAGE).get_page(request.GET.get("page"))
    return {
        "structure": assembly.body.structure,
        "assemblee": assembly,
        "lignes": [
            {
                "votant": each,
                "metier": name_of(each.member.metier),
                "presence": noted.get(each.member_id, ""),
                "mot": dict(CHOICES).get(noted.get(each.member_id, ""), "Non noté"),
                "pouvoir": getattr(each, "power", None),
            }
            for each in page
        ],
        "page": page,
        "suite": query({"q": request.GET.get("q", "")}).removeprefix("?"),
        "ici": request.get_full_path(),
        "total": len(rows),
        "q": request.GET.get("q", ""),
        "choix": CHOICES,
        "peut_ecrire": may_write(person(request), assembly.body.structure) and assembly.meeting.state == "prevue",
        **counted(assembly),
    }


def _powers(assembly: Assembly, own: Voter | None, writes: bool) -> dict[str, Any]:
    rows = list(assembly.voters.select_related("member"))
    given = list(Power.objects.filter(giver__assembly=assembly).select_related("giver__member", "holder__member"))
    where, is_open = places_of(assembly, rows), assembly.meeting.state == "prevue"
    gave = {each.giver_id for each in given}
    free = [each for each in rows if each.pk not in gave]
    away = [each for each in free if not where[each.pk].startswith(("present", "distance"))]
    return {
        "structure": assembly.body.structure,
        "assemblee": assembly,
        "pouvoirs": [{"pouvoir": each, "compte": where[each.giver_id].startswith("represente")} for each in given],
        "mien": next((each for each in given if own and each.giver_id == own.pk), None),
        "moi": own,
        "donneurs": away,
        "receveurs": free,
        "au_plus": assembly.rules.powers_most if assembly.rules else None,
        "peut_donner": own is not None and is_open and own.pk not in gave,
        "peut_ecrire": writes and is_open,
        "est_ouverte": is_open,
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _address(name: str, assembly: Assembly) -> str:
    return reverse(f"web:{name}", args=[assembly.body.structure_id, assembly.pk])
