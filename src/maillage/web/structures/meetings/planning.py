"""The meetings of a structure: the list, planning one, changing it."""

import datetime
import uuid
import zoneinfo
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.queries import HERE, meeting_of, meetings_of, minutes_spent
from maillage.apps.activity.services import meetings as services
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.core.projet.elaboration import hours
from maillage.web.activite.common import asked, exported, found, now, query
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, of_structure, person

NAMES = ("etat", "nature", "q")
MARKS = {"prevue": ("todo", "a_venir"), "close": ("ok", "faite"), "annulee": ("no", "impossible")}
TO_CLOSE = "a_clore"
STATES = {"": "Toutes", TO_CLOSE: "Tenues, à clore", **dict(Meeting.State.choices)}
HEADER = ("Date", "Heure", "Durée (minutes)", "Sujet", "Nature", "Lieu", "État", "Présents", "Temps passé (minutes)")
SCREENED = ("title", "place", "agenda")
QUARTER = 15
UNCOUNTED = "—"
Save = Callable[[MeetingFields], Meeting]


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered as its address asks; ``format`` exports what is shown."""
    told = asked(request, NAMES)
    every = list(meetings_of(person(request), structure))
    rows = [each for each in every if _answers(each, told)]
    if kind := request.GET.get("format"):
        return export(exported(kind), "reunions", HEADER, [exported_row(each) for each in rows])
    context = {
        "structure": structure,
        "lignes": [_line(each) for each in rows],
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": STATES.items(),
        "natures": [("", "Toutes"), *Meeting.Kind.choices],
        "peut_ecrire": may_write(person(request), structure),
    }
    return render(request, "structures/reunions/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Plan a meeting."""
    if request.method == "POST":
        by = person(request)
        return _saved(
            request,
            structure,
            None,
            lambda fields: services.plan_meeting(structure, fields, zone=zone(), by=by, at=now()),
        )
    today = timezone.localtime()
    typed = {
        "kind": "projet",
        "day": today.date(),
        "hour": _just_begun(today),
        "minutes": "1 h 30",
        "place": _last_place(structure),
    }
    return _page(request, structure, None, typed)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def edit(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Change a meeting that is not closed."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    if request.method != "POST":
        return _page(request, structure, meeting, values_of(meeting))
    return _saved(
        request,
        structure,
        meeting,
        lambda fields: services.change_meeting(meeting, fields, zone=zone(), seen=seen(request), by=by, at=now()),
    )


def _just_begun(moment: datetime.datetime) -> str:
    """The quarter of an hour that has just begun: a meeting noted on the spot can be closed at once."""
    return f"{moment.hour:02d}:{moment.minute - moment.minute % QUARTER:02d}"


def zone() -> zoneinfo.ZoneInfo:
    """The hours that people type are those of this place."""
    return zoneinfo.ZoneInfo(timezone.get_current_timezone_name())


def values_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the form shows it."""
    start = timezone.localtime(meeting.starts_at)
    return {
        "title": meeting.title,
        "kind": meeting.kind,
        "day": start.date(),
        "hour": f"{start:%H:%M}",
        "minutes": str(meeting.minutes),
        "place": meeting.place,
        "agenda": meeting.agenda,
    }


def exported_row(meeting: Meeting) -> list[Any]:
    """A meeting as a line of a spreadsheet."""
    start = timezone.localtime(meeting.starts_at)
    rows = list(meeting.attendances.all())
    return [
        start.date().isoformat(),
        f"{start:%H:%M}",
        meeting.minutes,
        meeting.title,
        meeting.get_kind_display(),
        meeting.place,
        meeting.get_state_display(),
        sum(row.presence in HERE for row in rows),
        minutes_spent(meeting, rows, now()),
    ]


def _line(meeting: Meeting) -> dict[str, Any]:
    rows = list(meeting.attendances.all())
    is_past, spent = meeting.starts_at <= timezone.now(), minutes_spent(meeting, rows, now())
    word = "tenue, à clore" if meeting.state == "prevue" and is_past else meeting.get_state_display()
    return {
        "reunion": meeting,
        "debut": timezone.localtime(meeting.starts_at),
        "duree": hours(meeting.minutes),
        "marque": ("warn", "en_cours") if meeting.state == "prevue" and is_past else MARKS[meeting.state],
        "mot": word,
        "presents": sum(row.presence in HERE for row in rows),
        "temps": UNCOUNTED if spent is None else hours(spent),
    }


def _answers(meeting: Meeting, told: Mapping[str, str]) -> bool:
    state = told["etat"]
    is_held = meeting.state == Meeting.State.PREVUE and meeting.starts_at <= timezone.now()
    words = french.fold(f"{meeting.title} {meeting.place}")
    return (
        (not state or (is_held if state == TO_CLOSE else meeting.state == state))
        and (not told["nature"] or meeting.kind == told["nature"])
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _last_place(structure: Structure) -> str:
    last = structure.meetings.exclude(place="").first()
    return last.place if last else ""


def _saved(request: HttpRequest, structure: Structure, meeting: Meeting | None, save: Save) -> HttpResponse:
    fields = _fields()
    typed = typed_in(received(request, SCREENED), fields)
    if mask_asked(request):
        return _page(request, structure, meeting, typed, Refused(seen=seen(request)))
    try:
        written = save(read(MeetingFields, typed))
    except (BadInput, Changed, NotNow) as wrong:
        return _page(request, structure, meeting, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, "La réunion est enregistrée.")
    return redirect("web:structure_reunions_une", structure.pk, written.pk)


def _page(
    request: HttpRequest,
    structure: Structure,
    meeting: Meeting | None,
    typed: Mapping[str, Any],
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "reunion": meeting,
        "champs": filled(_fields(), typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(meeting) if meeting else ""),
    }
    return render(request, "structures/reunions/ecrire.html", context, status=status)


def _fields() -> list[Field]:
    return [
        Field("title", "Sujet", required=True),
        Field("day", "Date", "day", required=True),
        Field("hour", "Heure", "hour", required=True),
        Field("minutes", "Durée", "duration", "Comme « 90 » ou « 1 h 30 ».", required=True),
        Field("place", "Lieu"),
        Field("kind", "Nature", "select", choices=Meeting.Kind.choices),
        Field("agenda", "Ordre du jour", "words", "Une ligne par point. Aucune donnée de patient.", rows=4),
    ]
