"""What the page of a meeting shows of what goes from one meeting to the next."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from maillage.apps.activity.between_meetings import follow_ups_of, left_before, pending_topics
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.core.dossiers.calendar import day_in
from maillage.web.activite.form import filled
from maillage.web.structures.suites.follow_ups import fields, lines

register = template.Library()
MOST_LEFT = 20


@register.inclusion_tag("structures/suites/_de_la_reunion.html", takes_context=True)
def suites_de_la_reunion(context: Context, meeting: Meeting) -> dict[str, Any]:
    """The subjects on the agenda and those that wait, what is left to do, what this meeting decided.

    Nothing for an authority: it is what the team says to itself.
    """
    request = context["request"]
    structure, who = meeting.structure, request.user
    if not may_see_inside(who, structure):
        return {"visible": False}
    today = day_in(structure.region, timezone.now())
    left = left_before(meeting)
    is_open = meeting.state == Meeting.State.PREVUE
    return {
        "visible": True,
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "structure": structure,
        "reunion": meeting,
        "est_prevue": is_open,
        "peut_ecrire": may_write(who, structure),
        "sujets": meeting.topics.all(),
        "en_attente": pending_topics(structure) if is_open else (),
        "suites": lines(structure, follow_ups_of(structure).filter(meeting=meeting), who, today),
        "restent": lines(structure, left[:MOST_LEFT], who, today),
        "restent_de_plus": max(0, len(left) - MOST_LEFT),
        "champs": filled(fields(structure), {"kind": "tache"}),
    }
