"""The forms and facts that the page of a meeting shows around the attendance."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from maillage.apps.activity.models import Concertation, Meeting
from maillage.core.activity.recurrence import words_of
from maillage.core.activity.themes import themes
from maillage.core.projet.elaboration import structure_code
from maillage.web.activite.form import NOTHING, Field, filled

NEXT_SHOWN = 5
GUESTS = (
    Field("profession", "Profession", help="Jamais de nom."),
    Field("organisation", "Organisation"),
    Field("count", "Combien", "count", value="1"),
)


def context_of(meeting: Meeting, request: HttpRequest) -> dict[str, Any]:
    """What the page of a meeting shows of all this."""
    retired = request.session.get("invites_retires")
    is_here = retired is not None and retired["reunion"] == str(meeting.pk)
    if is_here:
        request.session.pop("invites_retires")
    rows = list(meeting.guests.all())
    counted = Concertation.objects.filter(meeting=meeting).first()
    return {
        "invites": filled(GUESTS, {"count": "1"}),
        "invites_notes": rows,
        "invites_nombre": sum(each.count for each in rows),
        "invites_retires": retired if is_here else None,
        "refus_invites": NOTHING,
        "concertation": filled(concertation_fields(meeting), _shown(counted)),
        "concertation_notee": counted,
        "themes_notes": _names(meeting, counted),
        "refus_concertation": NOTHING,
        **_series(meeting),
    }


def _series(meeting: Meeting) -> dict[str, Any]:
    """The series that a meeting is of: its words, the next ones, the days off that it skips."""
    series = meeting.series
    if series is None:
        return {}
    after = series.meetings.filter(starts_at__gt=meeting.starts_at)
    coming = after.exclude(state=Meeting.State.ANNULEE)
    return {
        "serie": series,
        "serie_mots": words_of(series.rule, series.first_on),
        "serie_suite": coming.order_by("starts_at", "pk")[:NEXT_SHOWN],
        "serie_reste": coming.count(),
        "serie_annulees": after.filter(state=Meeting.State.ANNULEE).count(),
        "serie_pareilles": after.filter(state=meeting.state).count(),
        "serie_sautes": [(datetime.date.fromisoformat(each["jour"]), each["nom"]) for each in series.skipped],
    }


def concertation_fields(meeting: Meeting) -> list[Field]:
    """The counts of a concertation, and the themes of the agreement on its day where it names some."""
    known = themes(structure_code(meeting.structure.kind), "protocole", timezone.localdate(meeting.starts_at))
    rows = [
        Field("files", "Dossiers étudiés", "count", help="Un nombre. Jamais de nom ni d’initiales.", required=True),
        Field(
            "eligible",
            "Dont patients en ALD ou de 75 ans et plus",
            "count",
            help="Laissez vide si ce n’est pas compté.",
        ),
    ]
    if known:
        rows.append(Field("themes", "Thèmes", "checks", known[0].source, [(each.code, each.title) for each in known]))
    return rows


def _shown(counted: Concertation | None) -> dict[str, Any]:
    if counted is None:
        return {}
    return {"files": str(counted.files), "eligible": counted.eligible, "themes": counted.themes}


def _names(meeting: Meeting, counted: Concertation | None) -> list[str]:
    known = themes(structure_code(meeting.structure.kind), "protocole", timezone.localdate(meeting.starts_at))
    names = {each.code: each.title for each in known}
    return [names.get(code, code) for code in counted.themes] if counted else []
