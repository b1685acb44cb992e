"""The concertations of a year against what the agreement asks: counts, and what is still to confirm."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.meeting_inputs import BaseFields
from maillage.apps.activity.meeting_queries import Studied, concertations, progress
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.queries import meetings_of
from maillage.apps.activity.services.around import tell_base
from maillage.apps.structures.models import Structure
from maillage.core.activity.themes import themes
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.core.projet.elaboration import structure_code
from maillage.web.activite.common import exported, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.exports import export
from maillage.web.structures.access import for_writers, of_structure, person

FIRST_YEAR = 2017
"""The first year of the agreement of the MSP."""
HEADER = (
    "Date", "Sujet", "Présents", "Professions", "Dossiers étudiés", "Dont ALD ou 75 ans et plus", "Thèmes",
)  # fmt: skip
BASE = (
    Field(
        "patients",
        "Patients du médecin traitant en ALD ou de 75 ans et plus",
        "count",
        help="Au 31 décembre de l’année, sans compter deux fois la même personne.",
        required=True,
    ),
)


@require_safe
@of_structure
def year(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The concertations of a year; ``format`` exports them."""
    wanted = _year(request.GET.get("annee", ""))
    if kind := request.GET.get("format"):
        rows = concertations(person(request), structure, wanted)
        name = f"concertations-{wanted}"
        return export(exported(kind), name, HEADER, [_row(each, _names(structure, wanted)) for each in rows])
    return _page(request, structure, wanted)


@require_POST
@for_writers
def base(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Write how many patients the files of a year are compared with."""
    wanted, typed = _year(request.POST.get("annee", "")), typed_in(request.POST, BASE)
    try:
        bare = "".join(typed["patients"].split())
        told = {"year": wanted, "patients": int(bare) if bare.isascii() and bare.isdecimal() else bare or None}
        tell_base(structure, read(BaseFields, told), by=person(request), at=now())
    except BadInput as wrong:
        refused = refusal(wrong, BASE, typed)
        return _page(request, structure, wanted, typed, refused, status=422)
    messages.success(request, "Le nombre de patients est enregistré.")
    return redirect(f"{reverse('web:structure_reunions_concertations', args=[structure.pk])}?annee={wanted}")


def _page(
    request: HttpRequest,
    structure: Structure,
    wanted: int,
    typed: dict[str, Any] | None = None,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    who, names = person(request), _names(structure, wanted)
    rows = concertations(who, structure, wanted)
    found = progress(structure, wanted, rows)
    told = {"patients": str(found.patients or "")} if typed is None else typed
    context = {
        "structure": structure,
        "annee": wanted,
        "annees": range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1),
        "lignes": [_line(each, names) for each in rows],
        "bilan": found,
        "taux": None if found.rate is None else french.percent(float(found.rate)),
        "part": None if found.asked.share is None else french.percent(float(found.asked.share.value)),
        "ald": sum(each.counts.eligible or 0 for each in rows if each.counts),
        "sans_compte": sum(each.counts is None for each in rows),
        "a_clore": _to_close(request, structure, wanted),
        "parametres": {"parametres": [use.as_dict() for use in (found.asked.meetings, found.asked.share) if use]},
        "champs": filled(BASE, told, refused),
        "refus": refused,
        "peut_ecrire": may_write(who, structure),
        "exports": {kind: f"?annee={wanted}&format={kind}" for kind in ("csv", "xlsx")},
    }
    return render(request, "structures/reunions/concertations.html", context, status=status)


def _to_close(request: HttpRequest, structure: Structure, wanted: int) -> int:
    rows = meetings_of(person(request), structure).filter(kind=Meeting.Kind.CONCERTATION, starts_at__lte=now())
    return rows.filter(state=Meeting.State.PREVUE, starts_at__year=wanted).count()


def _year(text: str) -> int:
    today = timezone.localdate().year
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) == len("2026") else today
    return asked if FIRST_YEAR <= asked <= today + 1 else today


def _names(structure: Structure, wanted: int) -> dict[str, str]:
    known = themes(structure_code(structure.kind), "protocole", datetime.date(wanted, 12, 31))
    return {each.code: each.title for each in known}


def _line(each: Studied, names: dict[str, str]) -> dict[str, Any]:
    counts = each.counts
    return {
        "reunion": each.meeting,
        "jour": timezone.localdate(each.meeting.starts_at),
        "presents": each.present,
        "professions": ", ".join(each.professions),
        "dossiers": counts.files if counts else None,
        "ald": counts.eligible if counts else None,
        "themes": [names.get(code, code) for code in counts.themes] if counts else [],
    }


def _row(each: Studied, names: dict[str, str]) -> list[Any]:
    told = _line(each, names)
    blank = french.UNKNOWN
    return [
        told["jour"].isoformat(),
        each.meeting.title,
        each.present,
        told["professions"],
        blank if told["dossiers"] is None else told["dossiers"],
        blank if told["ald"] is None else told["ald"],
        ", ".join(told["themes"]),
    ]
