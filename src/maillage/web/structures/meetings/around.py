"""What goes with a meeting: who is expected, its guests, the files that a concertation studied."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.meeting_inputs import GuestFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.queries import meeting_of, team_of
from maillage.apps.activity.services import around as services
from maillage.apps.activity.services.series import expect_following, following
from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import filled, refusal, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.meetings.parts import GUESTS, concertation_fields
from maillage.web.structures.meetings.saving import counts_of, whole
from maillage.web.structures.meetings.sheet import shown


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def expected(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Choose who is expected: nobody ticked means the whole team."""
    meeting = found(meeting_of(person(request), structure, reunion))
    team = team_of(meeting)
    if request.method == "POST":
        ticked = set(request.POST.getlist("membre"))
        chosen = [member.pk for member in team if str(member.pk) in ticked]
        choose = expect_following if "serie" in request.POST else services.expect
        if done(request, lambda: choose(meeting, chosen, by=person(request), at=now()), "C’est noté."):
            return redirect("web:structure_reunions_une", structure.pk, meeting.pk)
    named = set(meeting.expected.values_list("member_id", flat=True))
    rows = [(member, name_of(member.metier), member.pk in named) for member in team]
    later = len(following(meeting))
    context = {"structure": structure, "reunion": meeting, "lignes": rows, "nommes": len(named), "suivantes": later}
    return render(request, "structures/reunions/attendus.html", context)


@require_POST
@for_writers
def guests(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Count people from outside."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    typed = typed_in(received(request, ["organisation", "profession"]), GUESTS)
    if mask_asked(request):
        return shown(request, structure, meeting, invites=filled(GUESTS, typed))
    try:
        told = {**typed, "count": whole("count", typed["count"] or "1")}
        services.add_guests(meeting, read(GuestFields, told), by=by, at=now())
    except (BadInput, NotNow) as wrong:
        refused = refusal(wrong, GUESTS, typed)
        told_again: dict[str, Any] = {"invites": filled(GUESTS, typed, refused), "refus_invites": refused}
        return shown(request, structure, meeting, status=422, **told_again)
    messages.success(request, "Les personnes invitées sont comptées.")
    return redirect(f"{_page_of(structure, meeting)}#invites")


@require_POST
@for_writers
def remove_guests(request: HttpRequest, structure: Structure, reunion: uuid.UUID, invite: uuid.UUID) -> HttpResponse:
    """Count them no more; the page then proposes to put them back."""
    meeting = found(meeting_of(person(request), structure, reunion))
    guest = found(meeting.guests.filter(pk=invite).first())
    request.session["invites_retires"] = {"cle": str(guest.pk), "titre": str(guest), "reunion": str(meeting.pk)}
    if not done(request, lambda: services.remove_guests(meeting, guest, by=person(request), at=now()), ""):
        request.session.pop("invites_retires")
    return redirect(f"{_page_of(structure, meeting)}#invites")


@require_POST
@for_writers
def put_guests_back(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Undo the removal."""
    meeting, key = found(meeting_of(person(request), structure, reunion)), request.POST.get("cle", "")
    done(request, lambda: services.put_guests_back(meeting, key, by=person(request), at=now()), "C’est rétabli.")
    return redirect(f"{_page_of(structure, meeting)}#invites")


@require_POST
@for_writers
def concertation(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Write what the concertation studied: counts and themes, never a patient."""
    meeting, by = found(meeting_of(person(request), structure, reunion)), person(request)
    fields = concertation_fields(meeting)
    typed = typed_in(request.POST, fields)
    try:
        services.count_files(meeting, counts_of(typed), by=by, at=now())
    except (BadInput, NotNow) as wrong:
        refused = refusal(wrong, fields, typed)
        told: dict[str, Any] = {"concertation": filled(fields, typed, refused), "refus_concertation": refused}
        return shown(request, structure, meeting, status=422, **told)
    messages.success(request, "Les dossiers étudiés sont comptés.")
    return redirect(f"{_page_of(structure, meeting)}#concertation")


def _page_of(structure: Structure, meeting: Meeting) -> str:
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk).url
