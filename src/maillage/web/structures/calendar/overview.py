"""« Vue d'ensemble »: the first page of a structure."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.apps.accounts import journal
from maillage.apps.accounts.journal import Asked
from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.queries import meetings_of
from maillage.apps.calendar.awaiting import to_do
from maillage.apps.calendar.gathering import Entry, late_and_coming
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.apps.structures.queries import present
from maillage.core.dossiers.calendar import day_in
from maillage.web.structures.access import for_team, person

MOST_TO_DO, MOST_LATE, MOST_MEETINGS, MOST_DUE, MOST_ACTS = 8, 5, 5, 8, 6
AHEAD = datetime.timedelta(days=183)
CONTRACTS = frozenset({"contrat", "avenant"})
MEETING = "reunion"


@never_cache
@require_safe
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What awaits who reads, what comes next, what is late, what was done last."""
    who, now = person(request), timezone.now()
    today = day_in(structure.region, now)
    awaiting = to_do(who, structure, at=now)
    overdue, coming = late_and_coming(structure, since=today, until=today + AHEAD, today=today)
    context: dict[str, Any] = {
        "structure": structure,
        "nom_en_titre": True,
        "peut_ecrire": may_edit(who, structure),
        "a_faire": awaiting[:MOST_TO_DO],
        "a_faire_de_plus": max(0, len(awaiting) - MOST_TO_DO),
        "aujourd_hui": today,
        "retard": overdue[:MOST_LATE],
        "retards": len(overdue),
        "reunions": [(each, page_of(each)) for each in next_meetings(who, structure, now)],
        "contrats": [each for each in coming if each.due.nature in CONTRACTS][:2],
        "echeances": _but_meetings(coming)[:MOST_DUE],
        "equipe": present(structure).count(),
        "actes": list(journal.lines(journal.events_for(who, _of(structure))[:MOST_ACTS])),
    }
    return render(request, "structures/calendrier/vue.html", context)


def next_meetings(who: User, structure: Structure, now: datetime.datetime) -> list[Meeting]:
    """The next meetings, the nearest first."""
    rows = meetings_of(who, structure).filter(state=Meeting.State.PREVUE, starts_at__gt=now)
    return list(rows.order_by("starts_at", "pk")[:MOST_MEETINGS])


def page_of(meeting: Meeting) -> str:
    """The path of the page of a meeting."""
    return f"/structures/{meeting.structure_id}/reunions/{meeting.pk}/"


def _but_meetings(entries: list[Entry]) -> list[Entry]:
    return [each for each in entries if each.due.nature != MEETING]


def _of(structure: Structure) -> Asked:
    return Asked(scope=str(structure.organisation_id), held=False)
