"""The page of a meeting: who came, what goes with it, its report, its sealed sheets."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.apps.activity.check_in import is_open
from maillage.apps.activity.meeting_queries import SHOWN, people_of
from maillage.apps.activity.models import Attendance, Meeting
from maillage.apps.activity.permissions import may_reopen, may_see_inside, may_write
from maillage.apps.activity.queries import HERE, expected_of, minutes_spent, team_of
from maillage.apps.activity.sealing import clock
from maillage.apps.activity.services.invitations import address_of
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel import french
from maillage.core.projet.elaboration import hours
from maillage.web.activite.common import now
from maillage.web.activite.form import NOTHING, Refused
from maillage.web.structures.access import person
from maillage.web.structures.meetings.parts import context_of
from maillage.web.structures.meetings.planning import MARKS

UNCOUNTED = "temps compté une fois la réunion commencée"
PRESENCES = {"present": "Présent", "distance": "À distance", "excuse": "Excusé", "absent": "Absent"}
NOT_NOTED = "non_note"
"""What takes a name off the sheet again."""
PRECISIONS = ("minutes", "preparation", "mandated_by", "arrived_at", "left_at")


def shown(
    request: HttpRequest,
    structure: Structure,
    meeting: Meeting,
    refused: Refused = NOTHING,
    *,
    typed: Mapping[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; ``typed`` and ``refused``: what was not saved; ``more``: the same for a form around it."""
    who, told = person(request), typed or {}
    inside = may_see_inside(who, structure)
    context = {
        "structure": structure,
        "reunion": meeting,
        **_when(meeting),
        **_attendance(request, meeting, told, refused),
        **context_of(meeting, request),
        "feuilles": meeting.sheets.select_related("by", "reopened_by"),
        "refus": refused,
        "compte_rendu": told.get("report", meeting.report),
        "avant": told.get("avant", meeting.report),
        "peut_ecrire": (writes := may_write(who, structure)),
        "equipe_connue": (known := structure.members.exists()),
        "seance_ouverte": writes and known and meeting.state == Meeting.State.PREVUE,
        "peut_rouvrir": writes and may_reopen(who, structure),
        "voit_dedans": inside,
        **(_reached(meeting) if inside else {}),
        **more,
    }
    return render(request, "structures/reunions/une.html", context, status=status)


def counted(meeting: Meeting, rows: Collection[Attendance]) -> dict[str, Any]:
    """How many came, and the time that they spent."""
    came, spent = [row for row in rows if row.presence in HERE], minutes_spent(meeting, rows, now())
    told = UNCOUNTED if spent is None else f"{hours(spent)} en tout"
    return {"presents": len(came), "temps": told, "a": clock(timezone.localtime())}


def _when(meeting: Meeting) -> dict[str, Any]:
    start = timezone.localtime(meeting.starts_at)
    return {
        "jour": french.day(start.date()),
        "heure": clock(start),
        "duree": hours(meeting.minutes),
        "marque": MARKS[meeting.state],
        "est_commencee": meeting.starts_at <= timezone.now(),
        "code_ouvert": is_open(meeting, now()),
    }


def _attendance(request: HttpRequest, meeting: Meeting, told: Mapping[str, Any], refused: Refused) -> dict[str, Any]:
    held = {row.member_id: row for row in meeting.attendances.select_related("member", "meeting")}
    is_open_to_write = meeting.state == Meeting.State.PREVUE
    words = request.GET.get("qui", "").strip()
    people = people_of(meeting, words if is_open_to_write else "")
    members = people.members if is_open_to_write else sorted_members(held.values())
    typed_ones = [each for each in team_of(meeting) if f"presence-{each.pk}" in told] if told else []
    members = tuple(dict.fromkeys([*typed_ones, *members]))
    return {
        "lignes": [_row(member, held.get(member.pk), told, refused) for member in members],
        "cherche": words,
        "autres": people.others if is_open_to_write else 0,
        "compte": counted(meeting, held.values()),
    }


def sorted_members(rows: Collection[Attendance]) -> tuple[Member, ...]:
    """The members of a sheet, by name."""
    return tuple(sorted((row.member for row in rows), key=lambda each: (each.nom.lower(), each.prenom.lower())))


def _reached(meeting: Meeting) -> dict[str, Any]:
    members = [member for member in expected_of(meeting) if member.left_on is None]
    return {
        "attendus": len(members),
        "attendus_nommes": (named := meeting.expected.exists()),
        "tous_possibles": named or len(members) <= SHOWN,
        "joignables": [member for member in members if address_of(member)],
        "injoignables": [member for member in members if not address_of(member)],
    }


def kept(held: Attendance | None) -> dict[str, str]:
    """What is noted of a member, as the fields of the page show it."""
    if held is None:
        return dict.fromkeys(("presence", *PRECISIONS), "")
    timed = held.arrived_at or held.left_at
    partial = held.presence in HERE and held.minutes != held.meeting.minutes and not timed
    return {
        "presence": held.presence,
        "minutes": str(held.minutes) if partial else "",
        "preparation": str(held.preparation) if held.preparation else "",
        "mandated_by": held.mandated_by,
        "arrived_at": _hour(held.arrived_at),
        "left_at": _hour(held.left_at),
    }


def _row(member: Member, held: Attendance | None, typed: Mapping[str, Any], refused: Refused) -> dict[str, Any]:
    key, known = str(member.pk), kept(held)
    now_told = {name: typed.get(f"{name}-{key}", value) for name, value in known.items()}
    return {
        "cle": key,
        "membre": member,
        "metier": name_of(member.metier),
        "etait": "|".join(known.values()),
        "presence": now_told["presence"],
        "mot": PRESENCES[held.presence] if held else "Non noté",
        "horaires": _between(held) if held else "",
        "note_par": held.get_source_display() if held and held.source != Attendance.Source.EQUIPE else "",
        "arrivee": now_told["arrived_at"],
        "depart": now_told["left_at"],
        "minutes": now_told["minutes"],
        "preparation": now_told["preparation"],
        "organisme": now_told["mandated_by"],
        "temps": hours(held.minutes + held.preparation) if held and minutes_spent(held.meeting, [held], now()) else "",
        "choix": PRESENCES.items(),
        "erreurs": [message for name in PRECISIONS if (message := refused.errors.get(f"{name}-{key}"))],
    }


def _hour(moment: datetime.time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def _between(row: Attendance) -> str:
    told = [f"arrivée à {_hour(row.arrived_at)}" if row.arrived_at else ""]
    told.append(f"départ à {_hour(row.left_at)}" if row.left_at else "")
    return ", ".join(filter(None, told))
