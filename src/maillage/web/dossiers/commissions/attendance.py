"""Who is there: seat by seat, as one taps."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.apps.dossiers.commissions import attendance as services
from maillage.apps.dossiers.commissions.content import CAME, quorum_said
from maillage.apps.dossiers.commissions.holding import people_of, quorum_of, seats_of
from maillage.apps.dossiers.models import Session
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.commissions.access import for_secretaries, say
from maillage.web.projets.access import person

CHOICES = {"titulaire": "Titulaire", "suppleant": "Suppléant", "excuse": "Excusé", "absent": "Absent"}


@require_POST
@for_secretaries
def note(request: HttpRequest, seance: Session) -> HttpResponse:
    """Note who holds each seat; as one taps, htmx asks for the sentence alone."""
    given = {}
    for seat in seats_of(seance):
        if (word := request.POST.get(f"siege-{seat.pk}")) is not None:
            given[uuid.UUID(str(seat.pk))] = word
    partial = "HX-Request" in request.headers
    try:
        services.note(seance, given, by=person(request), at=timezone.now())
    except BadInput as wrong:
        if partial:
            return render(request, "dossiers/commissions/_quorum.html", {"refus": str(wrong)}, status=422)
        say(request, wrong)
    else:
        if partial:
            told = {"quorum": quorum_said(quorum_of(seance)), "enregistre": True}
            return render(request, "dossiers/commissions/_quorum.html", told)
        messages.success(request, "Les présences sont enregistrées.")
    return redirect("web:commission_seance", seance.pk)


def rows_of(session: Session) -> list[dict[str, Any]]:
    """Each seat, who may hold it, who does."""
    came = {row.seat_id: row.holder for row in session.presences.filter(item=None)}
    found = []
    for seat in seats_of(session):
        people = list(people_of(seat))
        named = {each.holder for each in people}
        offered = [(code, word) for code, word in CHOICES.items() if code in ("excuse", "absent") or code in named]
        held = came.get(seat.pk, "")
        found.append({"siege": seat, "personnes": people, "choix": offered, "presence": held, "mot": CAME[held]})
    return found
