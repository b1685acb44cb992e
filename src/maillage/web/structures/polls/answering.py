"""Where somebody answers a poll by their own link, without an account."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts.models import User
from maillage.apps.activity.between_meetings import answers_of
from maillage.apps.activity.models import DatePoll, PollAnswer, PollVoter
from maillage.apps.activity.services import polls as services
from maillage.apps.activity.writing import NotNow
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.common import now

CLASSES = {"oui": "present", "si_besoin": "distance", "non": "excuse"}
"""The look of each answer: that of the attendance."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, lien: str) -> HttpResponse:
    """The dates, each with three answers; « introuvable » for a link that was not made here."""
    voter = services.voter_of(lien)
    if voter is None:
        raise Http404
    if shut := services.why_shut(voter, now()):
        return _kept_private(render(request, "structures/sondages/ferme.html", {"pourquoi": shut}))
    typed = {each.date_id: each.choice for each in voter.answers.all()}
    if request.method != "POST":
        return _page(request, voter, typed, {})
    typed = {date.pk: request.POST.get(f"date-{date.pk}", "") for date in voter.poll.dates.all()}
    by = request.user if isinstance(request.user, User) else None
    try:
        services.answer(voter, typed, by=by, at=now())
    except BadInput as wrong:
        missing = {each.field: "Choisissez une réponse." for each in wrong.problems}
        return _page(request, voter, typed, missing, status=422)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, "Merci, votre réponse est enregistrée. Vous pouvez la changer tant que rien n’est fixé."
        )
    return redirect("web:sondage_repondre", lien)


def _page(
    request: HttpRequest, voter: PollVoter, typed: Mapping[int, str], wrong: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    poll = voter.poll
    counts = {each.date: each for each in answers_of(poll)[1]}
    context = {
        "sondage": poll,
        "personne": voter,
        "structure_": poll.structure,
        "est_ouvert": poll.state == DatePoll.State.OUVERT,
        "a_repondu": voter.answered_at is not None,
        "reunion": poll.meeting,
        "refus": bool(wrong),
        "lignes": [
            {
                "date": date,
                "debut": timezone.localtime(date.starts_at),
                "choix": typed.get(date.pk, ""),
                "erreur": wrong.get(f"date-{date.pk}", ""),
                "compte": counts[date.pk],
            }
            for date in poll.dates.all()
        ],
        "reponses": [(code, word, CLASSES[code]) for code, word in PollAnswer.Choice.choices],
    }
    return _kept_private(render(request, "structures/sondages/repondre.html", context, status=status))


def _kept_private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
