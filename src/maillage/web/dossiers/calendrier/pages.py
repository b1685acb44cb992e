"""« Échéances »: the list by week, the month as a table, and the same as a file."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.agenda import NATURES, Asked, Entry, Place, agenda_of
from maillage.apps.notifications.rhythm import regions_of
from maillage.core.documents.calendars import Event, calendar
from maillage.core.dossiers.calendar import day_in, place_of_days
from maillage.web.agenda import CALENDAR_TYPE
from maillage.web.contexte.choice import current
from maillage.web.dossiers.access import person
from maillage.web.dossiers.calendrier.months import Month, month_of, weeks_of
from maillage.web.exports import export

HEADER = ("jour", "heure", "nature", "échéance", "dossier ou commission", "lieu des jours fériés", "en retard")
WRONG_MONTH = "Écrivez un mois, comme 2026-11."
TITLE = "Mes échéances"
BEHIND, AHEAD = datetime.timedelta(days=31), datetime.timedelta(days=366)
"""What a file for an agenda holds of sessions and visits."""


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    month: Month
    nature: str
    only_held: bool
    error: str

    def address(self, month: Month | None = None, **more: str) -> str:
        """The same, of a month, ready for a link."""
        held = {"dossiers": "miens"} if self.only_held else {}
        nature = {"nature": self.nature} if self.nature else {}
        return "?" + urlencode({"mois": (month or self.month).code, **nature, **held, **more})


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What awaits this person in a month, and what is late."""
    user, now = person(request), timezone.now()
    today = day_in(regions_of([user]).get(user.pk, ""), now)
    filters = _filters(request, today)
    kind = request.GET.get("format", "")
    if kind == "ics":
        return ics(request, user, filters, now)
    weeks = filters.month.weeks
    asked = Asked(weeks[0][0], weeks[-1][-1], filters.nature, filters.only_held)
    entries = agenda_of(user, asked, at=now)
    shown = [each for each in entries if each.is_late or asked.since <= each.day <= asked.until]
    if kind in ("csv", "xlsx"):
        return export(kind, f"echeances-{filters.month.code}", HEADER, [_row(each) for each in shown])
    context = _context(request, filters, shown, today)
    return render(request, "dossiers/calendrier/page.html", context, status=422 if filters.error else 200)


def ics(
    request: HttpRequest, user: User, filters: Filters | None, now: datetime.datetime, others: Iterable[Event] = ()
) -> HttpResponse:
    """Everything that awaits a person, as a file for their agenda; with the filters but the month, then ``others``."""
    day = now.date()
    nature, held = (filters.nature, filters.only_held) if filters else ("", False)
    entries = agenda_of(user, Asked(day - BEHIND, day + AHEAD, nature, held), at=now)
    content = calendar(TITLE, [*(_event(request, each) for each in entries), *others])
    headers = {"Content-Disposition": 'attachment; filename="echeances.ics"'}
    return HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)


def _filters(request: HttpRequest, today: datetime.date) -> Filters:
    text = request.GET.get("mois", "")
    month = month_of(text)
    nature = request.GET.get("nature", "")
    return Filters(
        month or Month(today.year, today.month), nature if nature in NATURES else "",
        request.GET.get("dossiers") == "miens", WRONG_MONTH if text and month is None else "",
    )  # fmt: skip


def _context(request: HttpRequest, filters: Filters, shown: list[Entry], today: datetime.date) -> dict[str, Any]:
    chosen = current(request)
    reviews = chosen is not None and chosen.follows_a_territory
    here = [(chosen.organisation.region, chosen.organisation.departement)] if chosen else []
    places = _places(shown) or here or [("", "")]
    weeks = weeks_of(filters.month, shown, places, today)
    before, after = filters.month.shifted(-1), filters.month.shifted(1)
    return {
        "cadre": "dossiers/cadre_instruction.html" if reviews else "contexte/cadre.html",
        "instruit": reviews,
        "mois": filters.month,
        "saisi": request.GET.get("mois", "") if filters.error else filters.month.code,
        "erreur": filters.error,
        "nature": filters.nature,
        "natures": NATURES.items(),
        "miens": filters.only_held,
        "filtre": bool(filters.nature or filters.only_held),
        "retard": [each for each in shown if each.is_late],
        "semaines": weeks,
        "occupees": [week for week in weeks if any(day.entries or day.off for day in week)],
        "nombre_du_mois": sum(not each.is_late for each in shown),
        "lieux": list(dict.fromkeys(place_of_days(*each) for each in places)),
        "avant": (filters.address(before), before) if before else None,
        "apres": (filters.address(after), after) if after else None,
        "fichiers": {kind: filters.address(format=kind) for kind in ("csv", "xlsx", "ics")},
    }


def _places(entries: Iterable[Entry]) -> list[Place]:
    """Where the days off are those of what is shown: a département counts only where its days differ."""
    return list({place_of_days(*each.place): each.place for each in entries}.values())


def _event(request: HttpRequest, entry: Entry) -> Event:
    title = f"{entry.title} · {entry.about}"
    told = f"{entry.nature_told.capitalize()} : {title}."
    address = request.build_absolute_uri(entry.address)
    return Event(entry.key, title, told, entry.day, address, entry.starts_at, entry.minutes)


def _row(entry: Entry) -> tuple[str, ...]:
    hour = f"{entry.starts_at:%H:%M}" if entry.starts_at else ""
    late = "oui" if entry.is_late else "non"
    where = place_of_days(*entry.place)
    return entry.day.isoformat(), hour, entry.nature_told, entry.title, entry.about, where, late
