"""What every page of a dossier does first: find who asks, and the dossier within their right."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import Person
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import may_draft, may_read_inside, may_review
from maillage.apps.dossiers.queries import visible_dossier
from maillage.web.projets.access import REMOVED, Page, person

Right = Callable[[Person, Dossier], bool]


def of_dossier(page: Page) -> Page:
    """Give a page its dossier; a stranger gets « introuvable », as if it did not exist."""

    @login_required
    @wraps(page)
    def view(request: HttpRequest, dossier: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        found = visible_dossier(person(request), dossier)
        if found is None:
            raise Http404
        try:
            return page(request, found, **kwargs)
        except ObjectDoesNotExist:
            if request.method != "POST":
                raise
            raise Http404(REMOVED) from None

    return view


def for_drafters(page: Page) -> Page:
    """Same, for who may write the draft; who may only read the dossier is told so."""
    return _with(may_draft, page, refused=PermissionDenied)


def for_reviewers(page: Page) -> Page:
    """Same, for who reviews; who files, or gives an avis, gets « introuvable »."""
    return _with(may_review, page, refused=Http404)


def for_insiders(page: Page) -> Page:
    """Same, for who reads what the authority keeps to itself; the others get « introuvable »."""
    return _with(may_read_inside, page, refused=Http404)


def _with(right: Right, page: Page, *, refused: type[Exception]) -> Page:
    @of_dossier
    @wraps(page)
    def view(request: HttpRequest, dossier: Dossier, **kwargs: Any) -> HttpResponseBase:
        if not right(person(request), dossier):
            raise refused
        return page(request, dossier, **kwargs)

    return view


__all__ = ["Page", "User", "for_drafters", "for_insiders", "for_reviewers", "of_dossier", "person"]
