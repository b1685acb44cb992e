"""Planning a meeting or a series of them, changing it, it alone or with those after it."""

import datetime
import uuid
import zoneinfo
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.meeting_inputs import SeriesFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.queries import meeting_of
from maillage.apps.activity.services import meetings as services
from maillage.apps.activity.services.series import Planned, change_following, plan_series
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.structures.models import Structure
from maillage.core.activity.recurrence import ONCE, RHYTHMS
from maillage.core.dossiers.calendar import public_holidays
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, person

MARKS = {"prevue": ("todo", "a_venir"), "close": ("ok", "faite"), "annulee": ("no", "impossible")}
SCREENED = ("title", "place", "agenda")
QUARTER = 15
YEARS_AHEAD = 2
ALONE, FOLLOWING = "", "suivantes"
Typed = Mapping[str, Any]
Save = Callable[[Typed], Meeting]


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Plan a meeting, or a series of them."""
    if request.method == "POST":
        return _saved(request, structure, None, lambda typed: _planned(request, structure, typed))
    today = timezone.localtime()
    last = structure.meetings.exclude(state=Meeting.State.ANNULEE).first()
    typed = {
        "kind": last.kind if last else Meeting.Kind.PROJET,
        "day": today.date(),
        "hour": _just_begun(today),
        "minutes": "1 h 30",
        "place": _last_place(structure),
    }
    return _page(request, structure, None, typed)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def edit(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Change a meeting that is not closed, alone or with those after it in its series."""
    meeting = found(meeting_of(person(request), structure, reunion))
    if request.method != "POST":
        return _page(request, structure, meeting, values_of(meeting))
    return _saved(request, structure, meeting, lambda typed: _changed(request, meeting, typed))


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


def days_off(structure: Structure, first: datetime.date) -> dict[datetime.date, str]:
    """The public holidays of the place of a structure, from the year of a day on, with their names."""
    place = (structure.region, structure.organisation.departement)
    years = range(first.year, first.year + YEARS_AHEAD + 1)
    return {day: name for year in years for day, name in public_holidays(year, *place).items()}


def _just_begun(moment: datetime.datetime) -> str:
    """The quarter of an hour that has just begun: a meeting noted on the spot can be closed at once."""
    return f"{moment.hour:02d}:{moment.minute - moment.minute % QUARTER:02d}"


def _last_place(structure: Structure) -> str:
    last = structure.meetings.exclude(place="").first()
    return last.place if last else ""


def _planned(request: HttpRequest, structure: Structure, typed: Typed) -> Meeting:
    fields, by = _read(typed), person(request)
    if typed["rhythm"] == ONCE:
        messages.success(request, "La réunion est enregistrée.")
        return services.plan_meeting(structure, fields, zone=zone(), by=by, at=now())
    again = read(SeriesFields, {"rhythm": typed["rhythm"], "until": typed["until"]})
    off = days_off(structure, fields.day)
    planned = plan_series(structure, fields, again, off=off, zone=zone(), by=by, at=now())
    messages.success(request, _told(planned))
    return planned.meetings[0]


def _told(planned: Planned) -> str:
    count = len(planned.meetings)
    words = f"{count} {french.plural(count, 'réunion')} {french.plural(count, 'prévue')}."
    if planned.skipped:
        days = ", ".join(f"{french.day(day)} ({name})" for day, name in planned.skipped)
        words += f" {french.plural(len(planned.skipped), 'Jour férié sauté', 'Jours fériés sautés')} : {days}."
    return words


def _changed(request: HttpRequest, meeting: Meeting, typed: Typed) -> Meeting:
    fields, by = _read(typed), person(request)
    told: dict[str, Any] = {"zone": zone(), "seen": seen(request), "by": by, "at": now()}
    if typed.get("scope") == FOLLOWING:
        rows = change_following(meeting, fields, **told)
        messages.success(request, f"{len(rows)} {french.plural(len(rows), 'réunion modifiée', 'réunions modifiées')}.")
        return rows[0]
    row = services.change_meeting(meeting, fields, **told)
    messages.success(request, "La réunion est enregistrée.")
    return row


def _read(typed: Typed) -> MeetingFields:
    own = {name: value for name, value in typed.items() if name not in ("rhythm", "until", "scope")}
    return read(MeetingFields, own)


def _saved(request: HttpRequest, structure: Structure, meeting: Meeting | None, save: Save) -> HttpResponse:
    fields = _fields(meeting)
    typed = typed_in(received(request, SCREENED), fields)
    if mask_asked(request):
        return _page(request, structure, meeting, typed, Refused(seen=seen(request)))
    try:
        written = save(typed)
    except (BadInput, Changed, NotNow) as wrong:
        return _page(request, structure, meeting, typed, refusal(wrong, fields, typed), status=422)
    return redirect("web:structure_reunions_une", structure.pk, written.pk)


def _page(
    request: HttpRequest,
    structure: Structure,
    meeting: Meeting | None,
    typed: Typed,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "reunion": meeting,
        "champs": filled(_fields(meeting), typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(meeting) if meeting else ""),
    }
    return render(request, "structures/reunions/ecrire.html", context, status=status)


def _fields(meeting: Meeting | None) -> list[Field]:
    return [
        Field("title", "Sujet", required=True),
        Field("kind", "Nature", "select", choices=[(code, label.capitalize()) for code, label in Meeting.Kind.choices]),
        Field("day", "Date", "day", required=True),
        Field("hour", "Heure", "hour", required=True),
        Field("minutes", "Durée", "duration", "Comme « 90 » ou « 1 h 30 ».", required=True),
        Field("place", "Lieu"),
        *_repetition(meeting),
        Field("agenda", "Ordre du jour", "words", "Une ligne par point. Aucune donnée de patient.", rows=4),
    ]


def _repetition(meeting: Meeting | None) -> list[Field]:
    if meeting is None:
        return [
            Field("rhythm", "Se répète", "select", "Les jours fériés sont sautés.", list(RHYTHMS.items())),
            Field("until", "Jusqu’au", "day", "Seulement si la réunion se répète."),
        ]
    if meeting.series_id is None:
        return []
    choices = [(ALONE, "Cette réunion seulement"), (FOLLOWING, "Celle-ci et les suivantes")]
    return [Field("scope", "Changer", "select", "Chaque réunion garde son ordre du jour.", choices)]
