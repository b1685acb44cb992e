"""One meeting: who came, its report, what closes it, its sealed sheets."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.fields import read_minutes
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.activity.queries import HERE, meeting_of, not_noted, sheet_of, team_of
from maillage.apps.activity.sealing import is_intact
from maillage.apps.activity.services import meetings as services
from maillage.apps.activity.services.invitations import appointment_of
from maillage.apps.activity.services.series import cancel_following
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Member, Structure
from maillage.core.documents.invitations import appointment
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import Field, refusal
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, of_structure, person
from maillage.web.structures.meetings.sheet import PRECISIONS, counted, shown

LABELS = dict(zip(PRECISIONS, ("Temps", "Préparation", "Organisme", "Arrivée", "Départ"), strict=True))
MOST_NAMES = 20
REPORT = Field("report", "Compte rendu", "words", rows=8)


@require_safe
@of_structure
def page(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """The meeting."""
    return shown(request, structure, found(meeting_of(person(request), structure, reunion)))


@require_POST
@for_writers
def attendances(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Note who came; ``clore`` closes the meeting at once. As one taps, htmx asks for the sentence alone."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    try:
        rows = services.note_attendance(meeting, _given(request.POST, meeting), by=by, at=now())
        if "tous" in request.POST:
            everyone = [AttendanceFields(member=each.pk, presence="present") for each in not_noted(meeting)]
            services.note_attendance(meeting, everyone, by=by, at=now())
    except (BadInput, NotNow) as wrong:
        return _refused(request, structure, meeting, wrong)
    if by_htmx(request):
        return render(request, "structures/reunions/_presences_etat.html", counted(meeting, rows))
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
    """Close a meeting; while some members are not noted, ask first what to do with them."""
    try:
        services.close_meeting(
            meeting,
            absent="absents" in request.POST,
            leave_out="sans_eux" in request.POST,
            by=person(request),
            at=now(),
        )
    except services.NotAllNoted as left:
        context = {
            "structure": structure,
            "reunion": meeting,
            "membres": left.members[:MOST_NAMES],
            "nombre": len(left.members),
            "autres": len(left.members[MOST_NAMES:]),
        }
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
    typed = {name: data.get(f"{name}-{member.pk}", "").strip() for name in PRECISIONS}
    times: dict[str, int] = {}
    for name in ("minutes", "preparation"):
        try:
            times[name] = read_minutes(typed[name])
        except ValueError as wrong:
            raise BadInput([Problem(name, typed[name], str(wrong))]) from None
    came = presence in HERE
    told = {"member": member.pk, "presence": presence, "preparation": times["preparation"]}
    told |= {"minutes": times["minutes"] if typed["minutes"] and came else None, "mandated_by": typed["mandated_by"]}
    told |= {name: typed[name] if came else None for name in ("arrived_at", "left_at")}
    return read(AttendanceFields, told)


def _refused(request: HttpRequest, structure: Structure, meeting: Meeting, wrong: BadInput | NotNow) -> HttpResponse:
    members = {str(member.pk): member for member in team_of(meeting)}
    fields = [
        Field(f"{name}-{key}", f"{label}, {member}")
        for key, member in members.items()
        for name, label in LABELS.items()
    ]
    typed = {each.name: request.POST.get(each.name, "") for each in fields}
    refused = refusal(wrong, fields, typed)
    if by_htmx(request):
        beside = [f"{each.label} : {refused.errors[each.name]}" for each in fields if each.name in refused.errors]
        words = {"refus": " ".join(filter(None, [refused.notice, *beside]))}
        return render(request, "structures/reunions/_presences_etat.html", words, status=422)
    return shown(request, structure, meeting, refused, typed=request.POST.dict(), status=422)
