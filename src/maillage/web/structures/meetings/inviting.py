"""Writing to the members: the invitation, the cancellation, the minutes."""

import uuid
from collections.abc import Collection
from email.utils import parseaddr
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.check_in import link_of
from maillage.apps.activity.minutes import document_of
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.queries import expected_of, meeting_of, team_of
from maillage.apps.activity.services.invitations import Sent, invite, tell_cancelled
from maillage.apps.activity.services.minutes import send_minutes
from maillage.apps.activity.services.series_invitations import invite_series
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.french import plural
from maillage.web.activite.common import found, now
from maillage.web.structures.access import for_team, for_writers, person


@require_POST
@for_writers
def send(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Write to the members that are ticked, all of them when nobody is; the page says what did not leave."""
    meeting = found(meeting_of(person(request), structure, reunion))
    page = reverse("web:structure_reunions_une", args=[structure.pk, meeting.pk])
    ticked = set(request.POST.getlist("membre"))
    team = [member for member in team_of(meeting) if member.left_on is None]
    expected = [member for member in expected_of(meeting) if member.left_on is None]
    chosen = [member for member in team if str(member.pk) in ticked] if ticked else expected
    try:
        sent = _sent(request, meeting, chosen, page)
    except (NotNow, TooMuchMail) as refused:
        messages.error(request, str(refused))
    else:
        _say(request, sent)
    return redirect(page)


@require_safe
@for_team
def minutes(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """The minutes as a document."""
    meeting = found(meeting_of(person(request), structure, reunion))
    content = document_of(meeting, by=person(request), at=now())
    name = f"compte-rendu-{timezone.localdate(meeting.starts_at).isoformat()}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


@require_POST
@for_writers
def send_out(request: HttpRequest, structure: Structure, reunion: uuid.UUID) -> HttpResponse:
    """Send the minutes to whoever the sheet names."""
    meeting = found(meeting_of(person(request), structure, reunion))
    try:
        sent = send_minutes(meeting, by=person(request), at=now())
    except (NotNow, TooMuchMail) as refused:
        messages.error(request, str(refused))
    else:
        _say(request, sent)
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


def _sent(request: HttpRequest, meeting: Meeting, chosen: Collection[Member], page: str) -> Sent:
    by, at = person(request), now()
    if "serie" in request.POST:
        return invite_series(meeting, chosen, link=partial(_own, request), by=by, at=at)
    told = {"address": request.build_absolute_uri(page), "sender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    if meeting.state == Meeting.State.ANNULEE:
        return tell_cancelled(meeting, chosen, **told, by=by, at=at)
    return invite(meeting, chosen, **told, link=partial(_own, request, meeting), by=by, at=at)


def _own(request: HttpRequest, meeting: Meeting, member: Member) -> str:
    """The address where a member notes themself present."""
    return request.build_absolute_uri(reverse("web:presence", args=[link_of(meeting, member)]))


def _say(request: HttpRequest, sent: Sent) -> None:
    count = len(sent.told)
    if count:
        messages.success(request, f"Message envoyé à {count} {plural(count, 'membre')}.")
    if sent.failed:
        names = ", ".join(str(member) for member in sent.failed)
        messages.error(request, f"Le message n'est pas parti pour : {names}. Prévenez-les autrement, ou réessayez.")
    if sent.without:
        names = ", ".join(str(member) for member in sent.without)
        messages.error(request, f"Sans adresse électronique : {names}.")
