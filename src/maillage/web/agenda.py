"""Dates to keep as a calendar to open in an agenda."""

from collections.abc import Iterable

from django.http import HttpResponse

from maillage.core.documents.calendars import Event, calendar
from maillage.core.rules.simulation.results import Line

CALENDAR_TYPE = "text/calendar; charset=utf-8"


def agenda(title: str, name: str, lines: Iterable[Line], address: str) -> HttpResponse:
    """The deadlines of an answer as ``echeances-NAME.ics``; each leads to ``address``."""
    events = [Event(line.id, line.label, line.explanation, line.day, address) for line in lines if line.day]
    disposition = f'attachment; filename="echeances-{name}.ics"'
    content = calendar(f"Maillage : {title}", events)
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers={"Content-Disposition": disposition})
