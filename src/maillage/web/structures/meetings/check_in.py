"""Noting oneself present: the page that the code of the room or a personal link opens, with or without an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts.models import User
from maillage.apps.activity.check_in import Door, door_of
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.models import Attendance
from maillage.apps.activity.queries import HERE
from maillage.apps.activity.services.check_in import is_spent, member_of, note_oneself, why_shut
from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in

FIELDS = (Field("arrived_at", "Arrivée en retard ? À quelle heure", "hour", "Laissez vide si vous étiez là au début."),)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, lien: str) -> HttpResponse:
    """Who one is, then one button."""
    door = door_of(lien)
    if door is None:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    member = door.member or (member_of(user, door.meeting) if user else None)
    if request.method == "POST" and member is not None:
        return _noted(request, lien, door, member, user)
    return _page(request, lien, door, member)


def _noted(request: HttpRequest, lien: str, door: Door, member: Member, user: User | None) -> HttpResponse:
    typed = typed_in(request.POST, FIELDS)
    try:
        told = {"member": member.pk, "presence": _how(request), "arrived_at": typed["arrived_at"] or None}
        note_oneself(door, read(AttendanceFields, told), by=user, at=now())
    except BadInput as wrong:
        near = BadInput([Problem("arrived_at", each.value, each.expected) for each in wrong.problems])
        return _page(request, lien, door, member, typed, refusal(near, FIELDS, typed), status=422)
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect("web:presence", lien)


def _how(request: HttpRequest) -> str:
    return "distance" if "distance" in request.POST else "present"


def _page(
    request: HttpRequest,
    lien: str,
    door: Door,
    member: Member | None,
    typed: dict[str, Any] | None = None,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    meeting, at = door.meeting, now()
    noted = Attendance.objects.filter(meeting=meeting, member=member).first() if member else None
    context = {
        "reunion": meeting,
        "lien": lien,
        "debut": timezone.localtime(meeting.starts_at),
        "membre": member,
        "note": noted if noted and noted.presence in HERE else None,
        "finie": is_spent(door, at),
        "pourquoi": why_shut(door, at),
        "champs": filled(FIELDS, typed or {}, refused),
        "refus": refused,
        "connexion": f"{reverse('account_login')}?next={request.path}",
        "est_connecte": request.user.is_authenticated,
    }
    return render(request, "structures/reunions/presence.html", context, status=status)
