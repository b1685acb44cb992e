"""One meeting: who came, its report, what closes it, its sealed sheets."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.fields import read_minutes
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.models import Attendance, Meeting
from maillage.apps.activity.permissions import may_reopen, may_see_inside, may_write
from maillage.apps.activity.queries import HERE, meeting_of, minutes_spent, sheet_of, team_of
from maillage.apps.activity.sealing import clock, is_intact
from maillage.apps.activity.services import meetings as services
from maillage.apps.activity.services.invitations import address_of, appointment_of
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member, Structure
from maillage.core.documents.invitations import appointment
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.projet.elaboration import hours
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, refusal
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.meetings.planning import MARKS

REPORT = Field("report", "Compte rendu", "words", rows=8)
UNCOUNTED = "temps compté une fois la réunion commencée"
PRESENCES = {"present": "Présent", "distance": "À distance", "excuse": "Excusé", "absent": "Absent"}


@require_safe
@of_structure
def page(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """The meeting."""
    return _page(request, structure, found(meeting_of(person(request), structure, reunion)))


@require_POST
@for_writers
def attendances(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Note who came; ``clore`` closes the meeting at once. As one taps, htmx asks for the sentence alone."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    try:
        rows = services.note_attendance(meeting, _given(request.POST, meeting), by=by, at=now())
    except (BadInput, NotNow) as wrong:
        return _refused(request, structure, meeting, wrong)
    if by_htmx(request):
        return render(request, "structures/reunions/_presences_etat.html", _counted(meeting, rows))
    if "clore" in request.POST:
        return _close(request, structure, meeting)
    messages.success(request, "Les présences sont enregistrées.")
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


@require_POST
@for_writers
def report(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Write the report."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    text = received(request, ["report"]).get("report", "").replace("\r\n", "\n").strip()
    before = request.POST.get("avant", "").replace("\r\n", "\n")
    if mask_asked(request):
        return _page(request, structure, meeting, typed={"report": text, "avant": before})
    try:
        services.write_report(meeting, text, seen=before, by=by, at=now())
    except (BadInput, NotNow) as wrong:
        refused = refusal(wrong, [REPORT], {"report": text})
        kept = meeting.report if not isinstance(wrong, PatientData) else before
        return _page(request, structure, meeting, refused, typed={"report": text, "avant": kept}, status=422)
    messages.success(request, "Le compte rendu est enregistré.")
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


@require_POST
@for_writers
def act(request: HttpRequest, structure: Structure, reunion: uuid.UUID, acte: str) -> HttpResponse:
    """Close, cancel, plan again, open again with a reason."""
    meeting, by, at = found(meeting_of(person(request), structure, reunion)), person(request), now()
    if acte == "clore":
        return _close(request, structure, meeting)
    acts = {
        "annuler": (lambda: services.cancel_meeting(meeting, by=by, at=at), "La réunion est annulée."),
        "retablir": (lambda: services.restore_meeting(meeting, by=by, at=at), "La réunion est de nouveau prévue."),
        "rouvrir": (
            lambda: services.reopen_meeting(meeting, request.POST.get("reason", ""), by=by, at=at),
            "La réunion est rouverte : la feuille scellée reste, avec votre raison.",
        ),
    }
    if acte not in acts:
        raise Http404
    done(request, *acts[acte])
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


@require_safe
@of_structure
def sealed(request: HttpRequest, structure: Structure, reunion: uuid.UUID, numero: int) -> HttpResponse:
    """A sealed sheet as it was; one that was changed since is not given."""
    meeting = found(meeting_of(person(request), structure, reunion))
    sheet = found(sheet_of(meeting, numero))
    if not is_intact(sheet):
        messages.error(request, "Ce document n'est plus celui qui a été scellé : prévenez qui tient l'installation.")
        return redirect("web:structure_reunions_une", structure.pk, meeting.pk)
    name = f"feuille-de-presence-{timezone.localdate(meeting.starts_at).isoformat()}-{sheet.number}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(sheet.pdf), content_type="application/pdf", headers=disposition)


@require_safe
@of_structure
def agenda(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """The meeting for one's own agenda."""
    meeting = found(meeting_of(person(request), structure, reunion))
    address = request.build_absolute_uri(reverse("web:structure_reunions_une", args=[structure.pk, meeting.pk]))
    planned = appointment_of(meeting, address=address)
    content = appointment(planned, at=timezone.now(), cancelled=meeting.state == Meeting.State.ANNULEE)
    disposition = {"Content-Disposition": 'attachment; filename="reunion.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


def _close(request: HttpRequest, structure: Structure, meeting: Meeting) -> HttpResponse:
    """Close a meeting; while some members are not noted, ask first what to do with them."""
    try:
        services.close_meeting(meeting, absent="absents" in request.POST, by=person(request), at=now())
    except services.NotAllNoted as left:
        context = {"structure": structure, "reunion": meeting, "membres": left.members}
        return render(request, "structures/reunions/clore.html", context)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "La réunion est close : sa feuille de présence est scellée.")
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


def by_htmx(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked."""
    return "HX-Request" in request.headers


def _given(data: QueryDict, meeting: Meeting) -> list[AttendanceFields]:
    """What was noted, for the members that the page listed and who have a presence. Raises :class:`BadInput`."""
    problems: list[Problem] = []
    found_rows = []
    for member in team_of(meeting):
        presence = data.get(f"presence-{member.pk}", "")
        if presence:
            try:
                found_rows.append(_of_member(data, member, presence))
            except BadInput as wrong:
                problems += [Problem(f"{each.field}-{member.pk}", each.value, each.expected) for each in wrong.problems]
    if problems:
        raise BadInput(problems)
    return found_rows


def _of_member(data: QueryDict, member: Member, presence: str) -> AttendanceFields:
    typed = {name: data.get(f"{name}-{member.pk}", "").strip() for name in ("minutes", "preparation", "mandated_by")}
    times: dict[str, int] = {}
    for name in ("minutes", "preparation"):
        try:
            times[name] = read_minutes(typed[name])
        except ValueError as wrong:
            raise BadInput([Problem(name, typed[name], str(wrong))]) from None
    came = presence in HERE
    told = {"member": member.pk, "presence": presence, "preparation": times["preparation"]}
    told |= {"minutes": times["minutes"] if typed["minutes"] and came else None, "mandated_by": typed["mandated_by"]}
    return read(AttendanceFields, told)


def _refused(request: HttpRequest, structure: Structure, meeting: Meeting, wrong: BadInput | NotNow) -> HttpResponse:
    if by_htmx(request):
        return render(request, "structures/reunions/_presences_etat.html", {"refus": str(wrong)}, status=422)
    members = {str(member.pk): member for member in team_of(meeting)}
    fields = [
        Field(f"{name}-{key}", f"{label}, {member}")
        for key, member in members.items()
        for name, label in (("minutes", "Temps"), ("preparation", "Préparation"), ("mandated_by", "Organisme"))
    ]
    typed = {each.name: request.POST.get(each.name, "") for each in fields}
    return _page(request, structure, meeting, refusal(wrong, fields, typed), typed=request.POST.dict(), status=422)


def _page(
    request: HttpRequest,
    structure: Structure,
    meeting: Meeting,
    refused: Refused = NOTHING,
    *,
    typed: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    who, told = person(request), typed or {}
    start = timezone.localtime(meeting.starts_at)
    writes, inside = may_write(who, structure), may_see_inside(who, structure)
    held = {row.member_id: row for row in meeting.attendances.all()}
    members = team_of(meeting)
    context = {
        "structure": structure,
        "reunion": meeting,
        "jour": french.day(start.date()),
        "heure": clock(start),
        "duree": hours(meeting.minutes),
        "marque": MARKS[meeting.state],
        "lignes": [_row(member, held.get(member.pk), told, refused) for member in members],
        "compte": _counted(meeting, held.values()),
        "feuilles": meeting.sheets.select_related("by", "reopened_by"),
        "refus": refused,
        "compte_rendu": told.get("report", meeting.report),
        "avant": told.get("avant", meeting.report),
        "peut_ecrire": writes,
        "peut_rouvrir": writes and may_reopen(who, structure),
        "voit_dedans": inside,
        "est_commencee": meeting.starts_at <= timezone.now(),
        "joignables": [member for member in members if member.left_on is None and address_of(member)],
        "injoignables": [member for member in members if member.left_on is None and not address_of(member)],
    }
    return render(request, "structures/reunions/une.html", context, status=status)


def _row(member: Member, held: Attendance | None, typed: Mapping[str, Any], refused: Refused) -> dict[str, Any]:
    key = str(member.pk)
    partial = held is not None and held.presence in HERE and held.minutes != held.meeting.minutes
    return {
        "cle": key,
        "membre": member,
        "metier": name_of(member.metier),
        "presence": typed.get(f"presence-{key}", held.presence if held else ""),
        "mot": PRESENCES[held.presence] if held else "Non noté",
        "minutes": typed.get(f"minutes-{key}", str(held.minutes) if held and partial else ""),
        "preparation": typed.get(f"preparation-{key}", str(held.preparation) if held and held.preparation else ""),
        "organisme": typed.get(f"mandated_by-{key}", held.mandated_by if held else ""),
        "temps": hours(held.minutes + held.preparation) if held and minutes_spent(held.meeting, [held], now()) else "",
        "choix": PRESENCES.items(),
        "erreurs": [
            message
            for name in ("minutes", "preparation", "mandated_by")
            if (message := refused.errors.get(f"{name}-{key}"))
        ],
    }


def _counted(meeting: Meeting, rows: Collection[Attendance]) -> dict[str, Any]:
    came, spent = [row for row in rows if row.presence in HERE], minutes_spent(meeting, rows, now())
    told = UNCOUNTED if spent is None else f"{hours(spent)} en tout"
    return {"presents": len(came), "temps": told, "a": clock(timezone.localtime())}
