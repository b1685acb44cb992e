"""Putting one dossier on the agenda of a session, from its own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.dossiers.commissions import agenda
from maillage.apps.dossiers.commissions.content import head_of
from maillage.apps.dossiers.models import Dossier, Session
from maillage.apps.dossiers.refusals import refused
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_reviewers, person
from maillage.web.dossiers.commissions.access import say


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def choose(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The sessions to come of the commissions that this dossier waits for; POST puts it on the agenda of one."""
    who = person(request)
    sessions = agenda.sessions_for(who, dossier)
    if request.method == "POST":
        try:
            session = _asked(sessions, request.POST.get("seance", ""))
            agenda.add(session, dossier, by=who, at=timezone.now())
        except BadInput as wrong:
            say(request, wrong)
            return redirect("web:dossier_inscrire", dossier.pk)
        messages.success(request, f"Le dossier est inscrit à la séance du {head_of(session)['jour']}.")
        return redirect("web:dossier", dossier.pk)
    context = {
        "dossier": dossier,
        "seances": [{"seance": each, **head_of(each)} for each in sessions],
        "commissions": agenda.commissions_for(who, dossier),
        "point": agenda.item_to_come(dossier),
    }
    return render(request, "dossiers/commissions/inscrire.html", context)


def _asked(sessions: list[Session], given: str) -> Session:
    found = next((each for each in sessions if str(each.pk) == given), None)
    if found is None:
        raise refused("seance", "Choisissez une séance à venir de la liste.")
    return found
