"""What every page of a commission does first: find it within the right of who asks."""

import uuid
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from maillage.apps.dossiers.commissions.rights import runs, visible_commissions, visible_item, visible_sessions
from maillage.apps.dossiers.models import Commission, Session
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.access import REMOVED, Page, person


def of_commission(page: Page) -> Page:
    """Give a page its commission; who has no part in it gets « introuvable »."""

    @login_required
    @wraps(page)
    def view(request: HttpRequest, commission: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        found = visible_commissions(person(request)).filter(pk=commission).first()
        if found is None:
            raise Http404
        return page(request, found, **kwargs)

    return view


def of_session(page: Page) -> Page:
    """Same, for a session: a member finds those to which they were convoked."""

    @login_required
    @wraps(page)
    def view(request: HttpRequest, seance: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        found = visible_sessions(person(request)).filter(pk=seance).first()
        if found is None:
            raise Http404
        try:
            return page(request, found, **kwargs)
        except ObjectDoesNotExist:
            if request.method != "POST":
                raise
            raise Http404(REMOVED) from None

    return view


def for_runners(page: Page) -> Page:
    """Same as :func:`of_commission`, for who runs it; the others get « introuvable »."""

    @of_commission
    @wraps(page)
    def view(request: HttpRequest, commission: Commission, **kwargs: Any) -> HttpResponseBase:
        if not runs(person(request), commission):
            raise Http404
        return page(request, commission, **kwargs)

    return view


def for_secretaries(page: Page) -> Page:
    """Same as :func:`of_session`, for who runs the commission; the others get « introuvable »."""

    @of_session
    @wraps(page)
    def view(request: HttpRequest, seance: Session, **kwargs: Any) -> HttpResponseBase:
        if not runs(person(request), seance.commission):
            raise Http404
        return page(request, seance, **kwargs)

    return view


def of_item(page: Page) -> Page:
    """Same as :func:`of_session`, for an item; who is kept away from it gets « introuvable »."""

    @of_session
    @wraps(page)
    def view(request: HttpRequest, seance: Session, point: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        found = visible_item(person(request), seance, point)
        if found is None:
            raise Http404
        return page(request, found, **kwargs)

    return view


def say(request: HttpRequest, wrong: BadInput) -> None:
    """Say why an act was refused."""
    messages.error(request, str(wrong))
