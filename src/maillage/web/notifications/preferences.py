"""« Mes notifications »: by kind of news, how often an e-mail tells it."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.apps.notifications.kinds import CODES, KINDS, Kind
from maillage.apps.notifications.models import Preference
from maillage.apps.notifications.rhythm import rhythms_of
from maillage.apps.notifications.services import prefer
from maillage.web.organisations.access import person

Rhythm = Preference.Rhythm
UNKNOWN = "Choisissez un rythme de la liste."


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The rhythm of each kind; one button changes them all."""
    user = person(request)
    if request.method != "POST":
        return _page(request, rhythms_of(user), refused=frozenset())
    wanted = _wanted(request)
    refused = frozenset(code for code, rhythm in wanted.items() if rhythm not in dict(KINDS[code].rhythms))
    if refused:
        return _page(request, {**rhythms_of(user), **wanted}, refused=refused)
    prefer(wanted, by=user, at=timezone.now())
    messages.success(request, _said(wanted))
    return redirect("web:notifications_preferences")


def _wanted(request: HttpRequest) -> dict[Kind, str]:
    """What is asked for: one rhythm for all (a letter keeps its own week), or those of the table."""
    if "tout" in request.POST:
        asked = request.POST["tout"]
        return {code: Rhythm.SEMAINE if KINDS[code].is_letter and asked == Rhythm.JOUR else asked for code in CODES}
    return {code: request.POST[code] for code in CODES if code in request.POST}


def _said(wanted: Mapping[Kind, str]) -> str:
    if set(wanted.values()) == {Rhythm.JAMAIS}:
        return "Vous ne recevrez plus de courriels. Vos notifications restent ici."
    return "Vos choix sont enregistrés."


def _page(request: HttpRequest, chosen: Mapping[Kind, str], *, refused: frozenset[Kind]) -> HttpResponse:
    rows = [
        (code, KINDS[code], chosen[code], UNKNOWN if code in refused else "")
        for code in CODES
    ]  # fmt: skip
    context = {"lignes": rows, "refus": bool(refused)}
    return render(request, "notifications/preferences.html", context, status=422 if refused else 200)
