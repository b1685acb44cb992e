"""Answering a survey from its public address. A cookie says that this browser answered; it names nobody."""

import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.writing import NotNow
from maillage.apps.quality.models import Survey
from maillage.apps.quality.services.answering import MINUTE, TooMany, answer
from maillage.apps.quality.survey_queries import public_survey, state_of
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.form import NOTHING, Refused
from maillage.web.enquetes.questions import asked, given_in, refused_of, required, texts_of
from maillage.web.screening import mask_asked, received

NOT_INDEXED = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}
DAY = datetime.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def survey(request: HttpRequest, secret: str) -> HttpResponse:
    """The questions, or why they are not asked any more."""
    row = _found(secret)
    if state_of(row, timezone.localdate()) != "ouverte" or _name(row) in request.COOKIES:
        return _shown(request, row, "enquetes/fermee.html", {"deja": _name(row) in request.COOKIES})
    if request.method != "POST":
        return _form(request, row, {})
    data = received(request, texts_of(row))
    given = given_in(data, row)
    if mask_asked(request):
        return _form(request, row, given)
    try:
        answer(row, given, at=timezone.now())
    except TooMany as refused:
        return _later(_form(request, row, given, Refused(notice=str(refused))))
    except NotNow as refused:
        return _form(request, row, given, Refused(notice=str(refused)))
    except BadInput as wrong:
        return _form(request, row, given, refused_of(wrong, row, given))
    return _thanked(row, secret)


@require_safe
@never_cache
def thanks(request: HttpRequest, secret: str) -> HttpResponse:
    """The answer is kept."""
    return _shown(request, _found(secret), "enquetes/merci.html", {})


def _found(secret: str) -> Survey:
    row = public_survey(secret)
    if row is None:
        raise Http404
    return row


def _name(row: Survey) -> str:
    return f"enquete-{row.pk.hex[:16]}"


def _thanked(row: Survey, secret: str) -> HttpResponse:
    answered = redirect("web:enquete_merci", secret)
    last = (row.closes_on - timezone.localdate() + DAY).total_seconds()
    answered.set_cookie(
        _name(row),
        "oui",
        max_age=int(last),
        path=f"/enquete/{secret}/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return answered


def _later(shown: HttpResponse) -> HttpResponse:
    """What was typed, to be sent again in a minute."""
    shown.status_code, shown.headers["Retry-After"] = 429, str(MINUTE)
    return shown


def _form(request: HttpRequest, row: Survey, given: dict[str, list[str]], refused: Refused = NOTHING) -> HttpResponse:
    rows = asked(row, given, refused)
    context = {"questions": rows, "refus": refused, "obligatoire": required(rows)}
    return _shown(request, row, "enquetes/questions.html", context, 422 if refused != NOTHING else 200)


def _shown(
    request: HttpRequest, row: Survey, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = render(request, template, {"enquete": row, "structure": row.structure, **context}, status=status)
    for name, value in NOT_INDEXED.items():
        shown.headers[name] = value
    return shown
