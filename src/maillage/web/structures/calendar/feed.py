"""The days of the structures of a person, for the agenda that reads their secret address."""

import datetime

from django.http import HttpRequest

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.calendar.gathering import gathered
from maillage.apps.projets.queries import visible_structures
from maillage.core.documents.calendars import Event
from maillage.core.dossiers.calendar import day_in
from maillage.web.structures.calendar.pages import AHEAD, BEHIND, event_of

OF_DOSSIERS = "dossier:"
"""What the deadlines of the person tell already."""


def events_for(request: HttpRequest, user: User, now: datetime.datetime) -> list[Event]:
    """What awaits the structures whose inside this person reads: a month back, a year ahead."""
    found = []
    for structure in visible_structures(user):
        if may_see_inside(user, structure):
            today = day_in(structure.region, now)
            found += gathered(structure, since=today - BEHIND, until=today + AHEAD, today=today)
    return [event_of(request, each) for each in found if not each.due.subject.startswith(OF_DOSSIERS)]
