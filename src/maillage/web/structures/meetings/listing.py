"""The meetings of a structure: the list, page by page, exported; one that begins now, in one tap."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity import meeting_queries as queries
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.apps.activity.services.spot import begin_now
from maillage.apps.structures.models import Structure
from maillage.core.projet.elaboration import hours
from maillage.web.activite.common import asked, exported, now, query
from maillage.web.exports import export
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.meetings.planning import MARKS, zone

NAMES = ("etat", "nature", "annee", "q")
BY_PAGE = 50
NEXT = 5
"""Meetings of today and after, above the list."""
TO_CLOSE, COMING = "a_clore", "a_venir"
STATES = {"": "Toutes", COMING: "À venir", TO_CLOSE: "Tenues, à clore", **dict(Meeting.State.choices)}
HEADER = ("Date", "Heure", "Durée (minutes)", "Sujet", "Nature", "Lieu", "État", "Présents", "Temps passé (minutes)")
UNCOUNTED = "—"
FIRST_KINDS = 3
"""Kinds of meetings that one tap begins; the others are one tap further."""
Counts = Mapping[Any, tuple[int, int]]


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered as its address asks; ``format`` exports what is shown."""
    who, told = person(request), asked(request, NAMES)
    every = queries.listed(who, structure)
    rows = _filtered(every, told)
    if kind := request.GET.get("format"):
        return export(exported(kind), "reunions", HEADER, list(_exported(list(rows))))
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    here = list(page.object_list)
    counts, writes = queries.counted(here), may_write(who, structure)
    context = {
        "structure": structure,
        "lignes": [_line(each, counts) for each in here],
        "page": page,
        "suite": f"{query(told)}&" if query(told) else "?",
        "total": every.count(),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": STATES.items(),
        "natures": [("", "Toutes"), *Meeting.Kind.choices],
        "annees": [("", "Toutes"), *((str(year), str(year)) for year in _years(every))],
        "peut_ecrire": writes,
        "voit_dedans": may_see_inside(who, structure),
        "est_msp": structure.kind == "msp",
        "a_clore": queries.to_close(who, structure, now()).count() if writes else 0,
        "maintenant": _kinds(structure) if writes else ((), ()),
        "prochaines": _next(every) if page.number == 1 and not query(told) else (),
    }
    return render(request, "structures/reunions/liste.html", context)


@require_POST
@for_writers
def begin(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A meeting of this kind that begins now, as the last one was."""
    kind = request.POST.get("nature", "")
    if kind not in Meeting.Kind.values:
        raise Http404
    meeting, is_new = begin_now(structure, kind, zone=zone(), by=person(request), at=now())
    if not is_new:
        messages.info(request, "Cette réunion était déjà prévue aujourd’hui : la voici.")
    # The names at once: on a phone, the head of the page fills the screen.
    return redirect(f"{reverse('web:structure_reunions_une', args=[structure.pk, meeting.pk])}#presences")


def _next(rows: QuerySet[Meeting]) -> list[tuple[Meeting, bool]]:
    """The meetings of today and the next ones, the nearest first, and whether each is today."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    found = rows.filter(state=Meeting.State.PREVUE, starts_at__gte=today).order_by("starts_at", "pk")
    return [(each, timezone.localdate(each.starts_at) == today.date()) for each in found[:NEXT]]


def _kinds(structure: Structure) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The kinds that the structure holds the most, then the others."""
    told = [(kind.value, str(kind.label)) for kind in queries.usual_kinds(structure)]
    return told[:FIRST_KINDS], told[FIRST_KINDS:]


def _years(rows: QuerySet[Meeting]) -> list[int]:
    return sorted({day.year for day in rows.order_by().datetimes("starts_at", "year")}, reverse=True)


def _filtered(rows: QuerySet[Meeting], told: Mapping[str, str]) -> QuerySet[Meeting]:
    state, moment = told["etat"], timezone.now()
    if state == TO_CLOSE:
        rows = rows.filter(state=Meeting.State.PREVUE, starts_at__lte=moment)
    elif state == COMING:
        rows = rows.filter(state=Meeting.State.PREVUE, starts_at__gt=moment).order_by("starts_at", "pk")
    elif state:
        rows = rows.filter(state=state)
    if told["nature"]:
        rows = rows.filter(kind=told["nature"])
    if told["annee"].isdecimal() and len(told["annee"]) == len("2026"):
        rows = rows.filter(starts_at__year=int(told["annee"]))
    return queries.matching(rows, told["q"])


def _exported(rows: list[Meeting]) -> Iterable[list[Any]]:
    counts = queries.counted(rows)
    for meeting in rows:
        start = timezone.localtime(meeting.starts_at)
        present, _spent = counts.get(meeting.pk, (0, 0))
        yield [
            start.date().isoformat(),
            f"{start:%H:%M}",
            meeting.minutes,
            meeting.title,
            meeting.get_kind_display(),
            meeting.place,
            meeting.get_state_display(),
            present,
            _spent_in(meeting, counts, now()),
        ]


def _line(meeting: Meeting, counts: Counts) -> dict[str, Any]:
    is_past = meeting.state == Meeting.State.PREVUE and meeting.starts_at <= timezone.now()
    spent = _spent_in(meeting, counts, now())
    return {
        "reunion": meeting,
        "debut": timezone.localtime(meeting.starts_at),
        "duree": hours(meeting.minutes),
        "marque": ("warn", "en_cours") if is_past else MARKS[meeting.state],
        "mot": "tenue, à clore" if is_past else meeting.get_state_display(),
        "presents": counts.get(meeting.pk, (0, 0))[0],
        "temps": UNCOUNTED if spent is None else hours(spent),
    }


def _spent_in(meeting: Meeting, counts: Counts, at: datetime.datetime) -> int | None:
    """What everybody spent; ``None`` before the meeting begins, or when it is cancelled."""
    if meeting.starts_at > at or meeting.state == Meeting.State.ANNULEE:
        return None
    return counts.get(meeting.pk, (0, 0))[1]
