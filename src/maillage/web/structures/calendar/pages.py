"""« Calendrier » of a structure: a month by week and as a table, the year to come as a list, the same as files."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.apps.calendar.gathering import LATE_FOR, Entry, gathered, late_and_coming, nature_told
from maillage.apps.structures.models import Structure
from maillage.core.documents.calendars import Event, calendar
from maillage.core.dossiers.calendar import day_in, place_of_days
from maillage.web.agenda import CALENDAR_TYPE
from maillage.web.dossiers.calendrier.months import Month, month_of, weeks_of
from maillage.web.exports import export
from maillage.web.structures.access import for_team

HEADER = ("jour", "heure", "nature", "échéance", "en retard")
WRONG_MONTH = "Écrivez un mois, comme 2026-11."
BEHIND, AHEAD = datetime.timedelta(days=31), datetime.timedelta(days=366)
MONTH, LIST = "mois", "liste"
BY_PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    month: Month
    nature: str
    view: str
    error: str

    def address(self, **other: str) -> str:
        """The same with another month, view, page or format, ready for a link."""
        told = {"vue": self.view if self.view == LIST else "", "mois": self.month.code, "nature": self.nature, **other}
        return "?" + urlencode({name: value for name, value in told.items() if value})


@never_cache
@require_safe
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What awaits a structure."""
    today = day_in(structure.region, timezone.now())
    filters = _filters(request, today)
    kind = request.GET.get("format", "")
    if kind == "ics":
        every = gathered(structure, since=today - BEHIND, until=today + AHEAD, today=today)
        return ics(request, f"{structure.nom} : calendrier", _of_nature(every, filters.nature))
    overdue, coming = _shown(structure, filters, today)
    rows = _of_nature([*(each for each in overdue if each not in coming), *coming], filters.nature)
    if kind in ("csv", "xlsx"):
        return export(kind, f"calendrier-{filters.month.code}", HEADER, [_row(each) for each in rows])
    natures = sorted({each.due.nature for each in (*overdue, *coming)} | ({filters.nature} - {""}), key=nature_told)
    context = {
        "structure": structure,
        "filtres": filters,
        "mois": filters.month,
        "saisi": request.GET.get("mois", "") if filters.error else filters.month.code,
        "natures": {each: nature_told(each) for each in natures}.items(),
        "retard": _of_nature(overdue, filters.nature),
        "fichiers": {each: filters.address(format=each) for each in ("csv", "xlsx", "ics")},
        "en_mois": filters.address(vue=""),
        "en_liste": filters.address(vue=LIST),
        **_of_view(request, structure, filters, [each for each in rows if not each.is_late], today),
    }
    status = 422 if filters.error else 200
    return render(request, "structures/calendrier/page.html", context, status=status)


def ics(request: HttpRequest, title: str, entries: Sequence[Entry]) -> HttpResponse:
    """Days as a file for an agenda."""
    content = calendar(title, [event_of(request, each) for each in entries])
    headers = {"Content-Disposition": 'attachment; filename="calendrier.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


def event_of(request: HttpRequest, entry: Entry) -> Event:
    """A day as an agenda reads it."""
    title = f"{entry.due.what} · {entry.structure.nom}"
    told = f"{entry.nature_told.capitalize()} : {entry.due.what}."
    address = request.build_absolute_uri(entry.address)
    return Event(entry.key, title, told, entry.day, address, entry.due.starts_at, entry.due.minutes)


def _filters(request: HttpRequest, today: datetime.date) -> Filters:
    text = request.GET.get("mois", "")
    month = month_of(text)
    view = LIST if request.GET.get("vue") == LIST else MONTH
    error = WRONG_MONTH if text and month is None else ""
    return Filters(month or Month(today.year, today.month), request.GET.get("nature", "")[:40], view, error)


def _shown(structure: Structure, filters: Filters, today: datetime.date) -> tuple[list[Entry], list[Entry]]:
    """What is late, and the weeks of the month; for the list, from today to a year on."""
    if filters.view == LIST:
        return late_and_coming(structure, since=today, until=today + AHEAD, today=today)
    weeks = filters.month.weeks
    overdue, rows = late_and_coming(structure, since=weeks[0][0], until=weeks[-1][-1], today=today)
    return overdue, [each for each in rows if each.day >= today - LATE_FOR or not each.is_late]


def _of_view(
    request: HttpRequest, structure: Structure, filters: Filters, entries: list[Entry], today: datetime.date
) -> dict[str, Any]:
    if filters.view == LIST:
        found = Paginator(entries, BY_PAGE).get_page(request.GET.get("page"))
        pages = {"avant": found.has_previous() and found.previous_page_number()}
        pages["apres"] = found.has_next() and found.next_page_number()
        links = {name: filters.address(page=str(number)) for name, number in pages.items() if number}
        return {"page": found, "nombre": len(entries), "pages": links}
    place = (structure.region, structure.organisation.departement)
    weeks = weeks_of(filters.month, entries, [place], today)
    busy = [week for week in weeks if any(day.entries or day.off for day in week)]
    is_now = weeks[0][0].day <= today <= weeks[-1][-1].day
    around = {"avant": filters.month.shifted(-1), "apres": filters.month.shifted(1)}
    return {
        "semaines": weeks,
        "occupees": busy,
        "semaine_du_jour": next((week for week in busy if week[-1].day >= today), None) if is_now else None,
        "nombre": len(entries),
        "lieu": place_of_days(*place),
        "autour": {name: (filters.address(mois=each.code), each) for name, each in around.items() if each},
    }


def _of_nature(entries: Sequence[Entry], nature: str) -> list[Entry]:
    return [each for each in entries if nature in ("", each.due.nature)]


def _row(entry: Entry) -> tuple[str, ...]:
    start = entry.due.starts_at
    hour = f"{timezone.localtime(start):%H:%M}" if start else ""
    return entry.day.isoformat(), hour, entry.nature_told, entry.due.what, "oui" if entry.is_late else "non"
