"""Governance in one page: who decides today, what there is to do, the assemblies; and every mandate, to be sorted."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import NotNow
from maillage.apps.governance.models import Body, College, Mandate, VotingRules
from maillage.apps.governance.queries import Alert, alerts, assemblies_of, bodies_of, current, mandates_of
from maillage.apps.governance.services.bodies import Part, put_back
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french
from maillage.web.activite.common import asked, exported, now, query
from maillage.web.exports import export
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.governance.writing import home_of

PARTS: dict[str, type[Part]] = {"college": College, "regles": VotingRules, "mandat": Mandate}
NAMES = ("etat", "organe", "tri", "q")
STATES = (("", "en cours"), ("bientot", "finissent bientôt"), ("finis", "terminés"), ("tous", "tous"))
SORTS = (("", "fin du mandat"), ("nom", "nom"), ("organe", "organe"), ("debut", "début"))
HEADER = ("Organe", "Personne morale", "Collège", "Nom", "Fonction", "Depuis", "Jusqu'au", "Fini le", "Raison")
FIRST = 5
PAGE = 50
FAR = datetime.date.max


@require_safe
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The organigram of today, what there is to do, the last assemblies."""
    who, today = person(request), timezone.localdate()
    bodies = list(bodies_of(who, structure).filter(closed_on=None).prefetch_related("colleges"))
    running = current(mandates_of(who, structure).filter(body__closed_on=None), today)
    meetings = list(assemblies_of(who, structure)[: FIRST + 1])
    told = alerts(bodies, running, today)
    context = {
        "structure": structure,
        "groupes": _by_entity(bodies, running),
        "alertes": _gathered([each for each in told if each.nature != "siege"]),
        "sieges": [each for each in told if each.nature == "siege"],
        "assemblees": [{"assemblee": each, "debut": timezone.localtime(each.meeting.starts_at)} for each in meetings],
        "fermes": bodies_of(who, structure).exclude(closed_on=None),
        "aujourdhui": today,
        "peut_ecrire": may_write(who, structure),
    }
    return render(request, "structures/gouvernance/accueil.html", context)


@require_safe
@for_team
def mandates(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Every mandate, filtered as the address asks; ``format`` exports what is shown."""
    who, told, today = person(request), asked(request, NAMES), timezone.localdate()
    every = list(mandates_of(who, structure))
    rows = _sorted([each for each in every if _answers(each, told, today)], told["tri"])
    if kind := request.GET.get("format"):
        return export(exported(kind), "mandats", HEADER, [_exported(each) for each in rows])
    first = _rank(request.GET.get("page", "")) * PAGE
    context = {
        "structure": structure,
        "mandats": rows[first : first + PAGE],
        "nombre": len(rows),
        "total": len(every),
        "avant": query({**told, "page": str(first // PAGE)}) if first else "",
        "apres": query({**told, "page": str(first // PAGE + 2)}) if first + PAGE < len(rows) else "",
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": STATES,
        "tris": SORTS,
        "organes": [("", "tous"), *((str(each.pk), each.nom) for each in bodies_of(who, structure))],
        "aujourdhui": today,
        "peut_ecrire": may_write(who, structure),
    }
    return render(request, "structures/gouvernance/mandats.html", context)


@require_POST
@for_team_writers
def restore(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Put back what was just removed."""
    model = PARTS.get(request.POST.get("quoi", ""))
    if model is None:
        raise Http404
    try:
        row = put_back(model, structure, _key(request.POST.get("cle", "")), by=person(request), at=now())
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect(home_of(structure))
    messages.success(request, "C'est rétabli.")
    return redirect("web:structure_gouvernance_organe", structure.pk, row.body_id)


def _gathered(rows: list[Alert]) -> list[list[Alert]]:
    """The alerts of a body that say the same of the same day, together: a board is renewed as a whole."""
    found: dict[Any, list[Alert]] = {}
    for each in rows:
        found.setdefault((each.nature, each.body.pk, each.day), []).append(each)
    return list(found.values())


def _key(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Http404 from None


def _rank(text: str) -> int:
    return max(int(text) - 1, 0) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _by_entity(bodies: list[Body], running: list[Mandate]) -> list[dict[str, Any]]:
    """The organigram: legal persons, their bodies, who is in them."""
    found: dict[int | None, dict[str, Any]] = {}
    for body in bodies:
        group = found.setdefault(body.entity_id, {"entite": body.entity, "organes": []})
        group["organes"].append({"organe": body, "mandats": [each for each in running if each.body_id == body.pk]})
    return sorted(found.values(), key=lambda each: (each["entite"] is None, str(each["entite"] or "")))


def _answers(mandate: Mandate, told: Mapping[str, str], today: datetime.date) -> bool:
    over = mandate.ended_on is not None and mandate.ended_on <= today
    soon = not over and bool(alerts([], [mandate], today))
    states = {"": not over, "bientot": soon, "finis": over, "tous": True}
    words = french.fold(f"{mandate.member} {mandate.function} {mandate.body.nom}")
    return (
        states.get(told["etat"], not over)
        and told["organe"] in ("", str(mandate.body_id))
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _sorted(rows: list[Mandate], order: str) -> list[Mandate]:
    keys: dict[str, Any] = {
        "nom": lambda each: (french.fold(each.member.nom), french.fold(each.member.prenom)),
        "organe": lambda each: (french.fold(each.body.nom), french.fold(each.member.nom)),
        "debut": lambda each: (each.since, french.fold(each.member.nom)),
    }
    return sorted(rows, key=keys.get(order, lambda each: (each.until or FAR, french.fold(each.member.nom))))


def _exported(mandate: Mandate) -> list[Any]:
    return [
        mandate.body.nom,
        str(mandate.body.entity or ""),
        str(mandate.college or ""),
        str(mandate.member),
        mandate.function,
        mandate.since.isoformat(),
        mandate.until.isoformat() if mandate.until else french.UNKNOWN,
        mandate.ended_on.isoformat() if mandate.ended_on else "",
        mandate.get_ended_why_display(),
    ]
