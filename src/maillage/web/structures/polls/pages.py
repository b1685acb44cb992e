"""The polls of a structure, what was answered, and the date that is kept."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.between_meetings import answers_of, poll_of, polls_of
from maillage.apps.activity.models import DatePoll, Meeting, PollAnswer, PollDate
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.services import polls as services
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.structures.models import Structure
from maillage.web.activite.common import done, found, now
from maillage.web.exports import export
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.meetings.planning import zone
from maillage.web.structures.paging import paged
from maillage.web.structures.polls.opening import told

MARKS = {"ouvert": ("warn", "en_cours"), "retenu": ("ok", "faite"), "abandonne": ("no", "impossible")}
ANSWERS = {"oui": ("ok", "remplie"), "si_besoin": ("warn", "en_cours"), "non": ("no", "impossible")}
WORDS = dict(PollAnswer.Choice.choices)
ACTS = {
    "abandonner": ("abandonner", "Le sondage est abandonné."),
    "retablir": ("rétablir", "Le sondage est de nouveau ouvert."),
}


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The polls, the latest first."""
    paging = paged(request, polls_of(structure))
    rows = [
        (poll, MARKS[poll.state], sum(voter.answered_at is not None for voter in poll.voters.all()))
        for poll in paging["page"]
    ]
    context = {"structure": structure, "lignes": rows, "peut_ecrire": may_write(person(request), structure), **paging}
    return render(request, "structures/sondages/liste.html", context)


@never_cache
@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, sondage: uuid.UUID) -> HttpResponse:
    """What was answered, by date then by person; the same as a spreadsheet."""
    poll = found(poll_of(structure, sondage))
    voters, counts = answers_of(poll)
    dates = list(poll.dates.all())
    # Who answered first: the others are many, and all the same.
    ordered = sorted(voters, key=lambda voter: voter.answered_at is None)
    lines = [(voter, _given(voter.answers.all(), dates)) for voter in ordered]
    if kind := request.GET.get("format"):
        if kind not in ("csv", "xlsx"):
            raise Http404
        header = ["personne", *(f"{timezone.localtime(date.starts_at):%d/%m/%Y %H:%M}" for date in dates)]
        rows = [[str(voter), *(WORDS.get(choice, "") for choice in given)] for voter, given in lines]
        return export(kind, "sondage", header, rows)
    paging = paged(request, lines)
    context = {
        "structure": structure,
        "sondage": poll,
        **paging,
        "marque": MARKS[poll.state],
        "dates": list(zip(dates, counts, strict=True)),
        "lignes": [(voter, _shown(given, dates), _link(poll, voter)) for voter, given in paging["page"]],
        "reponses": sum(voter.answered_at is not None for voter in voters),
        "peut_ecrire": may_write(person(request), structure),
        "est_ouvert": poll.state == DatePoll.State.OUVERT,
    }
    return render(request, "structures/sondages/un.html", context)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, sondage: uuid.UUID, acte: str) -> HttpResponse:
    """Keep a date, write again, give up, open again."""
    poll, by, at = found(poll_of(structure, sondage)), person(request), now()
    page = reverse("web:structure_reunions_sondages_un", args=[structure.pk, poll.pk])
    if acte == "retenir":
        return _kept(request, structure, poll)
    if acte == "relancer":
        done(request, lambda: told(request, poll), "")
    elif acte in ACTS:
        done(request, lambda: services.turn(poll, ACTS[acte][0], by=by, at=at), ACTS[acte][1])
    else:
        raise Http404
    return redirect(page)


def _kept(request: HttpRequest, structure: Structure, poll: DatePoll) -> HttpResponse:
    key = request.POST.get("date", "")
    date = poll.dates.filter(pk=key).first() if key.isdecimal() else None
    if date is None:
        messages.error(request, "Choisissez une des dates proposées.")
        return redirect("web:structure_reunions_sondages_un", structure.pk, poll.pk)
    try:
        meeting = services.keep_date(poll, date, zone=zone(), by=person(request), at=now())
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect("web:structure_reunions_sondages_un", structure.pk, poll.pk)
    messages.success(request, "La réunion est prévue. Envoyez maintenant l’invitation : elle se met dans les agendas.")
    _tell_guests(request, poll, meeting)
    return redirect("web:structure_reunions_une", structure.pk, meeting.pk)


def _tell_guests(request: HttpRequest, poll: DatePoll, meeting: Meeting) -> None:
    """Tell the date to who answered without being of the team, and say so."""
    try:
        told, left = services.tell_guests(poll, meeting, by=person(request), at=now())
    except TooMuchMail as refused:
        messages.error(request, str(refused))
        return
    if told:
        names = ", ".join(str(voter) for voter in told)
        messages.success(request, f"Prévenus de la date, hors de l’équipe : {names}.")
    if left:
        names = ", ".join(str(voter) for voter in left)
        messages.error(request, f"Le message n’est pas parti pour : {names}. Prévenez-les autrement.")


def _given(answers: Any, dates: list[PollDate]) -> list[str]:
    by_date = {each.date_id: each.choice for each in answers}
    return [by_date.get(date.pk, "") for date in dates]


def _shown(given: list[str], dates: list[PollDate]) -> list[dict[str, Any]]:
    return [
        {"date": date, "mot": WORDS.get(choice, ""), "marque": ANSWERS.get(choice)}
        for choice, date in zip(given, dates, strict=True)
    ]


def _link(poll: DatePoll, voter: Any) -> str:
    """Where one answers for somebody, as long as the poll is open."""
    if poll.state != DatePoll.State.OUVERT:
        return ""
    return reverse("web:sondage_repondre", args=[services.link_of(voter)])
