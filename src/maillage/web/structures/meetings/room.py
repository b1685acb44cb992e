"""The screen of the room: the code that each scans to note themself present, and how many are there."""

import io
import uuid

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from maillage.apps.activity.check_in import MARGIN, is_open, link_of
from maillage.apps.activity.meeting_queries import present_now
from maillage.apps.activity.queries import meeting_of
from maillage.apps.structures.models import Structure
from maillage.web.activite.common import found, now
from maillage.web.structures.access import for_team_writers, person


@require_safe
@for_team_writers
def screen(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """The page to show in the room; its count is asked again every few seconds."""
    meeting = found(meeting_of(person(request), structure, reunion))
    present, expected = present_now(meeting)
    address = request.build_absolute_uri(reverse("web:presence", args=[link_of(meeting)]))
    context = {
        "structure": structure,
        "reunion": meeting,
        "debut": timezone.localtime(meeting.starts_at),
        "ouvre": timezone.localtime(meeting.starts_at - MARGIN),
        "ouverte": is_open(meeting, now()),
        "passee": meeting.starts_at <= now(),
        "presents": present,
        "attendus": expected,
        "adresse": address,
        "code": code_of(address),
    }
    return render(request, "structures/reunions/projeter.html", context)


def code_of(address: str) -> SafeString:
    """The QR code of an address, as an SVG drawing in the page."""
    drawing = io.BytesIO()
    segno.make(address, error="l", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", border=3,
        title="Code à scanner pour noter sa présence", svgclass="qr", lineclass=None,
    )  # fmt: skip
    # Drawn by the library from an address that this site made.
    return mark_safe(drawing.getvalue().decode())  # noqa: S308
