"""One meeting: who came, its report, what closes it, its sealed sheets."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.models import Attendance, Concertation, Meeting
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.activity.queries import meeting_of, not_noted, sheet_of, team_of
from maillage.apps.activity.sealing import is_intact
from maillage.apps.activity.services import meetings as services
from maillage.apps.activity.services.invitations import appointment_of
from maillage.apps.activity.services.series import cancel_following, restore_following
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Member, Structure
from maillage.core.documents.invitations import appointment
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Refused, filled, refusal, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.meetings import saving
from maillage.web.structures.meetings.parts import concertation_fields
from maillage.web.structures.meetings.saving import REPORT
from maillage.web.structures.meetings.sheet import counted, kept, shown

MOST_NAMES = 20
ANSWERS = ("absents", "sans_eux", "sans_compte")
"""What one answers to what is asked before closing."""


@require_safe
@of_structure
def page(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """The meeting."""
    return shown(request, structure, found(meeting_of(person(request), structure, reunion)))


@require_POST
@for_writers
def attendances(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Save what the page holds; ``clore`` closes the meeting at once. As one taps, htmx asks for the sentence alone."""
    meeting = found(meeting_of(person(request), structure, reunion))
    data = saving.typed_of(request, meeting)
    if mask_asked(request):
        return shown(request, structure, meeting, typed=data.dict(), **_counted(meeting, data))
    try:
        rows = saving.save(request, meeting, data)
    except saving.NotSaved as refused:
        return _refused(request, structure, meeting, data, refused)
    if by_htmx(request):
        return _noted(request, meeting, data, rows)
    if "clore" in data:
        return _close(request, structure, meeting)
    messages.success(request, "Les présences sont enregistrées.")
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


@require_POST
@for_writers
def report(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Write the report."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    text = saving.clean(received(request, [REPORT.name]).get(REPORT.name, ""))
    before = request.POST.get("avant", "").replace("\r\n", "\n")
    if mask_asked(request):
        return shown(request, structure, meeting, typed={"report": text, "avant": before})
    try:
        services.write_report(meeting, text, seen=before, by=by, at=now())
    except (BadInput, NotNow) as wrong:
        refused = refusal(wrong, [REPORT], {"report": text})
        kept = meeting.report if not isinstance(wrong, PatientData) else before
        return shown(request, structure, meeting, refused, typed={"report": text, "avant": kept}, status=422)
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
        "annuler-suite": (
            lambda: cancel_following(meeting, by=by, at=at),
            "Celle-ci et les suivantes sont annulées.",
        ),
        "retablir-suite": (
            lambda: restore_following(meeting, by=by, at=at),
            "Celle-ci et les suivantes sont de nouveau prévues.",
        ),
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
    planned = appointment_of(meeting, address=address, inside=may_see_inside(person(request), structure))
    content = appointment(planned, at=timezone.now(), cancelled=meeting.state == Meeting.State.ANNULEE)
    disposition = {"Content-Disposition": 'attachment; filename="reunion.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


def _close(request: HttpRequest, structure: Structure, meeting: Meeting) -> HttpResponse:
    """Close a meeting; while members are not noted or files not counted, ask first what to do with them."""
    answered = any(name in request.POST for name in ANSWERS)
    try:
        if answered:
            saving.write_counts(meeting, request.POST, person(request))
        elif meeting.kind == Meeting.Kind.CONCERTATION and not Concertation.objects.filter(meeting=meeting).exists():
            return _before_closing(request, structure, meeting, not_noted(meeting))
        services.close_meeting(
            meeting,
            absent="absents" in request.POST,
            leave_out="sans_eux" in request.POST,
            by=person(request),
            at=now(),
        )
    except services.NotAllNoted as left:
        return _before_closing(request, structure, meeting, left.members)
    except BadInput as wrong:
        fields = concertation_fields(meeting)
        why = refusal(wrong, fields, typed_in(request.POST, fields))
        return _before_closing(request, structure, meeting, not_noted(meeting), why)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "La réunion est close : sa feuille de présence est scellée.")
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


def _before_closing(
    request: HttpRequest,
    structure: Structure,
    meeting: Meeting,
    members: Sequence[Member],
    refused: Refused = NOTHING,
) -> HttpResponse:
    """What is left to say before the sheet is sealed: who is not noted, the files of a concertation."""
    is_counted = meeting.kind != Meeting.Kind.CONCERTATION or Concertation.objects.filter(meeting=meeting).exists()
    context = {
        "structure": structure,
        "reunion": meeting,
        "membres": members[:MOST_NAMES],
        "nombre": len(members),
        "autres": len(members[MOST_NAMES:]),
        "a_compter": not is_counted,
        "refus": refused,
        **_counted(meeting, request.POST, refused),
    }
    status = 422 if refused is not NOTHING else 200
    return render(request, "structures/reunions/clore.html", context, status=status)


def by_htmx(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked."""
    return "HX-Request" in request.headers


def _noted(request: HttpRequest, meeting: Meeting, data: QueryDict, rows: Collection[Attendance]) -> HttpResponse:
    """The sentence, and what the page must know of what it has just saved."""
    held = {row.member_id: row for row in rows}
    lines = [(each.pk, "|".join(kept(held.get(each.pk)).values())) for each in saving.touched(data, team_of(meeting))]
    told = {**counted(meeting, rows), "notes": lines, "a_ecrit": REPORT.name in data}
    told["ecrit"] = saving.clean(data.get(REPORT.name, ""))
    return render(request, "structures/reunions/_presences_etat.html", told)


def _refused(
    request: HttpRequest, structure: Structure, meeting: Meeting, data: QueryDict, refused: saving.NotSaved
) -> HttpResponse:
    """Say what is wrong beside its field; what was typed everywhere else is kept."""
    fields = {
        saving.COUNTS: concertation_fields(meeting),
        saving.WORDS: [REPORT],
        saving.PRESENCES: saving.fields_of(meeting),
    }[refused.part]
    why = refusal(refused.wrong, fields, {each.name: data.get(each.name, "") for each in fields})
    if by_htmx(request):
        beside = [f"{each.label} : {why.errors[each.name]}" for each in fields if each.name in why.errors]
        words = {"refus": " ".join(filter(None, [why.notice, *beside]))}
        return render(request, "structures/reunions/_presences_etat.html", words, status=422)
    meeting.refresh_from_db()
    typed = data.dict() | {} if isinstance(refused.wrong, PatientData) else data.dict() | {"avant": meeting.report}
    if refused.part == saving.COUNTS:
        told = _counted(meeting, data, why)
        return shown(request, structure, meeting, typed=typed, status=422, **told)
    return shown(request, structure, meeting, why, typed=typed, status=422, **_counted(meeting, data))


def _counted(meeting: Meeting, data: QueryDict, refused: Refused = NOTHING) -> dict[str, Any]:
    """The counts of a concertation as they were typed."""
    fields = concertation_fields(meeting)
    return {"concertation": filled(fields, typed_in(data, fields), refused), "refus_concertation": refused}
