"""What every page of a project does first: find who asks, and the project within their right."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from maillage.apps.accounts.models import User
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_read_discussion, may_write
from maillage.apps.projets.queries import visible_projet
from maillage.web.contexte.choice import follow

Page = Callable[..., HttpResponseBase]
REMOVED = "Ce que vous vouliez changer est introuvable : quelqu’un l’a retiré entre-temps."


def person(request: HttpRequest) -> User:
    """Who asks, on a page that asks to sign in. Raises :class:`PermissionDenied` when nobody does."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def of_projet(page: Page) -> Page:
    """Give a page its project; a stranger gets « introuvable », as if it did not exist.

    So does who acts on what someone else removed in the meantime: services look again at what they are to write.
    """

    @login_required
    @wraps(page)
    def view(request: HttpRequest, projet: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        found = visible_projet(person(request), projet)
        if found is None:
            raise Http404
        follow(request, found.structure.organisation_id)
        try:
            return page(request, found, **kwargs)
        except ObjectDoesNotExist:
            if request.method != "POST":
                raise
            raise Http404(REMOVED) from None

    return view


def for_writers(page: Page) -> Page:
    """Same, for who may write in the project; who may only read it is told so."""

    @of_projet
    @wraps(page)
    def view(request: HttpRequest, projet: Projet, **kwargs: Any) -> HttpResponseBase:
        if not may_write(person(request), projet):
            raise PermissionDenied
        return page(request, projet, **kwargs)

    return view


def of_discussion(page: Page) -> Page:
    """Same, for what the structure says among itself: an authority that reads the project gets « introuvable »."""

    @of_projet
    @wraps(page)
    def view(request: HttpRequest, projet: Projet, **kwargs: Any) -> HttpResponseBase:
        if not may_read_discussion(person(request), projet):
            raise Http404
        return page(request, projet, **kwargs)

    return view
