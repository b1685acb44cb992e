"""Sending a convocation: the act, its document, the proof that each was called."""

import uuid
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.writing import NotNow
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.governance.models import Assembly, Convocation, Dispatch
from maillage.apps.governance.queries import assembly_of
from maillage.apps.governance.services.convocations import (
    Sent,
    awaiting,
    carry_on,
    note_dispatch,
    note_dispatches,
    send_convocation,
)
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.french import plural
from maillage.web.activite.common import done, found, now
from maillage.web.structures.access import for_team, for_team_writers, person

ALL = "tous"
"""Instead of a member: everyone whom no message can reach."""
SEALED = "Ce document n'est plus celui qui a été scellé : prévenez qui tient l'installation."


@require_POST
@for_team_writers
def send(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Send the convocation to every voter, or go on with those who wait; the page says what did not leave."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    page = reverse("web:structure_gouvernance_assemblee", args=[structure.pk, assembly.pk])
    powers = reverse("web:structure_gouvernance_assemblee_pouvoirs", args=[structure.pk, assembly.pk])
    act = carry_on if "suite" in request.POST else send_convocation
    try:
        _convocation, sent = act(
            assembly,
            address=request.build_absolute_uri(powers),
            sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            by=person(request),
            at=now(),
        )
    except (NotNow, TooMuchMail) as refused:
        messages.error(request, str(refused))
    else:
        _say(request, sent)
    return redirect(f"{page}#convocation")


@require_POST
@for_team_writers
def by_hand(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Note that the last convocation went by post or by hand: to a member, or to all who have no address."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    convocation = found(assembly.convocations.first())
    who, way, by = request.POST.get("membre", ""), request.POST.get("moyen", ""), person(request)
    if who == ALL:
        done(request, lambda: note_dispatches(convocation, way, by=by, at=now()), "Les envois sont notés.")
    else:
        done(request, lambda: note_dispatch(convocation, _key(who), way, by=by, at=now()), "L'envoi est noté.")
    return redirect(f"{reverse('web:structure_gouvernance_assemblee', args=[structure.pk, assembly.pk])}#convocation")


@require_safe
@for_team
def document(request: HttpRequest, structure: Structure, assemblee: uuid.UUID, numero: int) -> HttpResponse:
    """A convocation as it was sent."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    row = found(assembly.convocations.filter(number=numero).first())
    day = timezone.localdate(assembly.meeting.starts_at).isoformat()
    return pdf(bytes(row.pdf), f"convocation-{day}-{row.number}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to download."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def proof(assembly: Assembly) -> dict[str, Any]:
    """What the page says of the convocations: each one, who was not reached by the last, whether the delay is kept."""
    rows = list(assembly.convocations.prefetch_related("dispatches__member"))
    voters = [each.member for each in assembly.voters.select_related("member")]
    _last, waiting = awaiting(assembly)
    reached = {each.member_id for each in rows[0].dispatches.all() if _left(each)} if rows else set()
    days = _shortest(assembly, rows)
    missing = [each for each in voters if each.pk not in reached] if rows else []
    asked, rest = assembly.rules.notice_days if assembly.rules else None, _days(assembly, now())
    return {
        "convocations": [
            {"convocation": each, "envois": each.dispatches.all(), "nombre": sum(map(_left, each.dispatches.all()))}
            for each in rows
        ],
        "manquants": missing,
        "attendent": len(waiting),
        "sans_adresse": [each for each in missing if each not in waiting],
        "tous": ALL,
        "jours": days,
        "demandes": asked,
        "reste": None if asked is None else rest,
        "trop_tard": asked is not None and rest < asked,
        "est_tenu": None
        if days is None or asked is None
        else _kept(min(days, rest) if missing else days, asked, missing),
        "moyens": [each for each in Dispatch.Way.choices if each[0] != Dispatch.Way.COURRIEL],
    }


def _kept(days: int, asked: int, missing: list[Member]) -> bool | None:
    """Whether the delay is kept; ``None`` while there is time to reach those who are missing."""
    if days < asked:
        return False
    return None if missing else True


def _shortest(assembly: Assembly, rows: list[Convocation]) -> int | None:
    """How many days before the assembly the last of those reached was first called."""
    firsts: dict[uuid.UUID, Any] = {}
    for each in (each for row in rows for each in row.dispatches.all() if _left(each)):
        firsts[each.member_id] = min(each.at, firsts.get(each.member_id, each.at))
    return _days(assembly, max(firsts.values())) if firsts else None


def _days(assembly: Assembly, at: Any) -> int:
    return (timezone.localdate(assembly.meeting.starts_at) - timezone.localdate(at)).days


def _left(row: Dispatch) -> bool:
    return row.state == Dispatch.State.ENVOYE


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _say(request: HttpRequest, sent: Sent) -> None:
    count = len(sent.told)
    if count:
        messages.success(request, f"Convocation envoyée à {count} {plural(count, 'membre')}.")
    if sent.waiting:
        waits = len(sent.waiting)
        messages.warning(
            request,
            f"{waits} {plural(waits, 'membre')} {plural(waits, 'attend', 'attendent')} encore : c'est tout ce qui peut "
            "partir aujourd'hui. Continuez l'envoi demain.",
        )
    if sent.failed:
        names = ", ".join(str(member) for member in sent.failed)
        messages.error(request, f"Le message n'est pas parti pour : {names}. Réessayez, ou convoquez-les autrement.")
    if sent.without:
        names = ", ".join(str(member) for member in sent.without)
        messages.error(request, f"Sans adresse électronique : {names}. Remettez-leur la convocation, puis notez-le.")
