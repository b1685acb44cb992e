"""Where an act leads back to: the page of the meeting that it was done from, or a list."""

import uuid

from django.http import HttpRequest
from django.urls import reverse

from maillage.apps.activity.models import Meeting
from maillage.apps.activity.queries import meeting_of
from maillage.apps.structures.models import Structure
from maillage.web.structures.access import person

NAME = "reunion"
"""Name of the field that tells the meeting that one acts from."""


def meeting_asked(request: HttpRequest, structure: Structure) -> Meeting | None:
    """The meeting that a form comes from, ``None`` when it comes from a list."""
    try:
        key = uuid.UUID(request.POST.get(NAME, ""))
    except ValueError:
        return None
    return meeting_of(person(request), structure, key)


def back_to(request: HttpRequest, structure: Structure, otherwise: str) -> str:
    """The path to go back to; ``otherwise`` is the name of an address of the structure."""
    meeting = meeting_asked(request, structure)
    if meeting is None:
        return reverse(f"web:{otherwise}", args=[structure.pk])
    return f"{reverse('web:structure_reunions_une', args=[structure.pk, meeting.pk])}#suites"
