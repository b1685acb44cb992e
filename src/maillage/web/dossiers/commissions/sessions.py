"""A session: planning it, its page, what takes it from a state to the next."""

import uuid
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.commissions import agenda, convening, minutes
from maillage.apps.dossiers.commissions import sessions as services
from maillage.apps.dossiers.commissions.content import agenda_of, head_of, quorum_said
from maillage.apps.dossiers.commissions.documents import documents_of
from maillage.apps.dossiers.commissions.holding import day_of_session, quorum_of
from maillage.apps.dossiers.commissions.inputs import SessionFields
from maillage.apps.dossiers.commissions.queries import may_read_minutes
from maillage.apps.dossiers.commissions.recorded import convoked_on
from maillage.apps.dossiers.commissions.rights import closed_items, runs
from maillage.apps.dossiers.models import Commission, Session
from maillage.core.documents.invitations import appointment
from maillage.core.dossiers.calendar import day_in, zone_of
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.dossiers.commissions.access import for_runners, for_secretaries, of_session, say
from maillage.web.dossiers.commissions.attendance import rows_of
from maillage.web.dossiers.commissions.listing import MARKS
from maillage.web.projets.access import person
from maillage.web.screening import mask_asked, received

Save = Callable[[SessionFields], Session]
CALENDAR = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
@for_runners
def new(request: HttpRequest, commission: Commission) -> HttpResponse:
    """Prepare a session."""
    by, at = person(request), timezone.now()
    typed = {"day": "", "hour": "14:00", "minutes": "120", "place": _last_place(commission)}
    return _form(request, commission, None, typed, lambda fields: services.plan(commission, fields, by=by, at=at))


@require_http_methods(["GET", "HEAD", "POST"])
@for_secretaries
def edit(request: HttpRequest, seance: Session) -> HttpResponse:
    """Change a session; once the quorum lacked, « nouvelle » prepares the one that replaces it."""
    by, at = person(request), timezone.now()
    return _form(
        request, seance.commission, seance, _values(seance), lambda f: services.change(seance, f, by=by, at=at)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_secretaries
def again(request: HttpRequest, seance: Session) -> HttpResponse:
    """Meet again, when an opened session lacks its quorum."""
    by, at = person(request), timezone.now()
    typed = {**_values(seance), "day": ""}
    return _form(
        request, seance.commission, seance, typed, lambda f: services.meet_again(seance, f, by=by, at=at), again=True
    )


@require_safe
@of_session
def page(request: HttpRequest, seance: Session) -> HttpResponse:
    """The session: its agenda, who comes, its documents, its minutes."""
    who = person(request)
    secretary = runs(who, seance.commission)
    away = closed_items(who, seance)
    quorum = quorum_of(seance)
    context = {
        "seance": seance,
        **head_of(seance),
        "commission": seance.commission,
        "marque": MARKS[seance.state],
        "points": _items(seance, away),
        "documents": documents_of(who, seance),
        "presences": rows_of(seance),
        "quorum": quorum_said(quorum),
        "sans_quorum": quorum.is_reached is False,
        "conduit": secretary,
        "lit_proces_verbal": may_read_minutes(who, seance),
        "attendus": agenda.waiting(who, seance.commission) if secretary and _is_planned(seance) else [],
        "convocations": convening.reached(seance) if secretary else [],
        "a_envoyer": len(convening.to_tell(seance, [each.person for each in convening.reached(seance)])),
        "trop_tard": _is_late(seance),
        "avant_le_jour": day_in(seance.commission.organisation.region, timezone.now()) < day_of_session(seance),
    }
    return render(request, "dossiers/commissions/seance.html", context)


@require_POST
@for_secretaries
def act(request: HttpRequest, seance: Session, acte: str) -> HttpResponse:
    """Convoke, open, close, cancel, tell of it; propose, approve and open again the minutes."""
    acts: dict[str, Callable[[], Any]] = {
        "convoquer": lambda: _send(request, seance, convening.convoke),
        "prevenir": lambda: _send(request, seance, convening.tell_cancelled),
        **_acts(request, seance, person(request)),
    }
    if acte not in acts:
        raise Http404
    try:
        acts[acte]()
    except BadInput as wrong:
        say(request, wrong)
    else:
        if words := DONE.get(acte):
            messages.success(request, words)
    name = "web:commission_proces_verbal" if acte in MINUTES else "web:commission_seance"
    return redirect(name, seance.pk)


DONE = {
    "ouvrir": "La séance est ouverte : notez les présences.",
    "clore": "La séance est fermée. Relisez son procès-verbal, puis proposez-le aux membres.",
    "annuler": "La séance est annulée. Prévenez les membres qui étaient convoqués.",
    "proposer": "Le procès-verbal est proposé : les membres peuvent faire leurs remarques.",
    "approuver": "Le procès-verbal est approuvé et scellé.",
    "rouvrir": "Le procès-verbal est rouvert : le document scellé reste, avec votre raison.",
}
MINUTES = ("proposer", "approuver", "rouvrir")


@require_POST
@for_secretaries
def order(request: HttpRequest, seance: Session, acte: str) -> HttpResponse:
    """Add a dossier to the agenda, take one off, move one, say who presents it."""
    by, at = person(request), timezone.now()
    try:
        if acte == "inscrire":
            _add(request, seance)
            return redirect("web:commission_seance", seance.pk)
        item = identifier(request.POST.get("point", ""))
        if acte == "retirer":
            agenda.remove(seance, item, by=by, at=at)
        elif acte in ("monter", "descendre"):
            agenda.shift(seance, item, acte == "monter", by=by, at=at)
        elif acte == "rapporteur":
            agenda.name_rapporteur(seance, item, request.POST.get("rapporteur", ""), by=by, at=at)
        else:
            raise Http404
    except BadInput as wrong:
        say(request, wrong)
    return redirect(f"{reverse('web:commission_seance', args=[seance.pk])}#ordre-du-jour")


@require_safe
@of_session
def invitation(request: HttpRequest, seance: Session) -> HttpResponse:
    """The session for one's own agenda."""
    address = request.build_absolute_uri(reverse("web:commission_seance", args=[seance.pk]))
    planned = convening.appointment_of(seance, address=address)
    content = appointment(
        planned, at=convoked_on(seance) or timezone.now(), cancelled=seance.state == Session.State.ANNULEE
    )
    disposition = {"Content-Disposition": 'attachment; filename="seance.ics"'}
    return HttpResponse(content, content_type=CALENDAR, headers=disposition)


@require_safe
@of_session
def letter(request: HttpRequest, seance: Session) -> HttpResponse:
    """The convocation (PDF), as this person may read it."""
    name = f"convocation-{day_of_session(seance).isoformat()}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    content = convening.letter_for(seance, person(request), at=timezone.now())
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def _acts(request: HttpRequest, seance: Session, by: User) -> dict[str, Callable[[], Any]]:
    at, reason = timezone.now(), request.POST.get("reason", "")
    return {
        "ouvrir": lambda: services.open_session(seance, reason=reason, by=by, at=at),
        "clore": lambda: services.close_session(seance, by=by, at=at),
        "annuler": lambda: services.cancel(seance, by=by, at=at),
        "proposer": lambda: minutes.propose(seance, by=by, at=at),
        "approuver": lambda: minutes.approve(seance, by=by, at=at),
        "rouvrir": lambda: minutes.reopen(seance, reason, by=by, at=at),
    }


def _send(request: HttpRequest, seance: Session, write: Callable[..., convening.Sent]) -> None:
    address = request.build_absolute_uri(reverse("web:commission_seance", args=[seance.pk]))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    sent = write(seance, address=address, sender=sender, by=person(request), at=timezone.now())
    if sent.told:
        count = len(sent.told)
        messages.success(request, f"Message envoyé à {count} personne{'s' if count > 1 else ''}.")
    if sent.failed:
        names = ", ".join(map(str, sent.failed))
        messages.error(request, f"Le message n'est pas parti pour : {names}. Prévenez-les autrement, ou réessayez.")
    if sent.without:
        messages.error(request, f"Sans adresse électronique : {', '.join(map(str, sent.without))}.")
    if not (sent.told or sent.failed or sent.without):
        messages.success(request, "Tous étaient déjà prévenus.")


def _add(request: HttpRequest, seance: Session) -> None:
    by, wanted = person(request), set(request.POST.getlist("dossier"))
    chosen = [each for each in agenda.waiting(by, seance.commission) if str(each.pk) in wanted]
    if not chosen:
        messages.error(request, "Choisissez un dossier de la liste.")
    for dossier in chosen:
        agenda.add(seance, dossier, by=by, at=timezone.now())
    if chosen:
        words = "Le dossier est inscrit." if len(chosen) == 1 else f"{len(chosen)} dossiers sont inscrits."
        messages.success(request, words)


def identifier(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def _items(seance: Session, away: set[uuid.UUID]) -> list[dict[str, Any]]:
    rows = list(seance.items.all())
    return [
        {**told, "point": None if told["ferme"] else item, "cle": item.pk}
        for told, item in zip(agenda_of(seance, away), rows, strict=True)
    ]


def _is_planned(seance: Session) -> bool:
    return seance.state in (Session.State.PREPAREE, Session.State.CONVOQUEE)


def _is_late(seance: Session) -> bool:
    """Whether the delay of convocation that the rules give is over before anyone is convoked."""
    days = seance.commission.notice_days
    if days is None or seance.state != Session.State.PREPAREE:
        return False
    return (day_of_session(seance) - day_in(seance.commission.organisation.region, timezone.now())).days < days


def _last_place(commission: Commission) -> str:
    last = commission.sessions.exclude(place="").first()
    return last.place if last else ""


def _values(seance: Session) -> dict[str, Any]:
    start = seance.starts_at.astimezone(zone_of(seance.commission.organisation.region))
    return {
        "day": start.date(), "hour": f"{start:%H:%M}", "minutes": str(seance.minutes_long), "place": seance.place,
    }  # fmt: skip


def _form(
    request: HttpRequest, commission: Commission, seance: Session | None, values: Mapping[str, Any], save: Save,
    *, again: bool = False,
) -> HttpResponse:  # fmt: skip
    fields = [
        Field("day", "Date", "day", required=True),
        Field("hour", "Heure", "hour", "Heure du lieu où siège la commission.", required=True),
        Field("minutes", "Durée", "duration", "Comme « 90 » ou « 2 h ».", required=True),
        Field("place", "Lieu", help="Salle et adresse, ou lien de visioconférence."),
    ]
    typed, refused, status = dict(values), NOTHING, 200
    if request.method == "POST":
        typed = typed_in(received(request, ("place",)), fields)
        if not mask_asked(request):
            try:
                saved = save(read(SessionFields, typed))
            except BadInput as wrong:
                refused, status = refusal(wrong, fields, typed), 422
            else:
                return redirect("web:commission_seance", saved.pk)
    return _shown(request, commission, seance, filled(fields, typed, refused), refused, again, status)


def _shown(
    request: HttpRequest, commission: Commission, seance: Session | None, fields: list[Field], refused: Refused,
    again: bool, status: int,
) -> HttpResponse:  # fmt: skip
    context = {
        "commission": commission, "seance": seance, "champs": fields, "refus": refused, "nouvelle": again,
    }  # fmt: skip
    return render(request, "dossiers/commissions/seance_ecrire.html", context, status=status)
