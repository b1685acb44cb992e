"""What every page of a structure does first: find who asks, and the structure within their right."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.projets.queries import visible_structure
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit, may_run
from maillage.web.contexte.choice import follow

Page = Callable[..., HttpResponseBase]
REMOVED = "Ce que vous vouliez changer est introuvable : quelqu’un l’a retiré entre-temps."


def person(request: HttpRequest) -> User:
    """Who asks, on a page that asks to sign in. Raises :class:`PermissionDenied` when nobody does."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def of_structure(page: Page) -> Page:
    """Give a page its structure; a stranger gets « introuvable », as if it did not exist.

    So does who acts on what someone else removed in the meantime: services look again at what they are to write.
    """

    @login_required
    @wraps(page)
    def view(request: HttpRequest, structure: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        found = visible_structure(person(request), structure)
        if found is None:
            raise Http404
        follow(request, found.organisation_id)
        try:
            return page(request, found, **kwargs)
        except ObjectDoesNotExist:
            if request.method != "POST":
                raise
            raise Http404(REMOVED) from None

    return view


def for_team(page: Page) -> Page:
    """Same, for what the structure keeps to itself: an authority that follows it gets « introuvable »."""

    @of_structure
    @wraps(page)
    def view(request: HttpRequest, structure: Structure, **kwargs: Any) -> HttpResponseBase:
        if not may_see_inside(person(request), structure):
            raise Http404
        return page(request, structure, **kwargs)

    return view


def for_writers(page: Page) -> Page:
    """Same, for who may write in the structure; who may only read it is told so."""

    @of_structure
    @wraps(page)
    def view(request: HttpRequest, structure: Structure, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(person(request), structure):
            raise PermissionDenied
        return page(request, structure, **kwargs)

    return view


def for_team_writers(page: Page) -> Page:
    """Same, for who may write what the structure keeps to itself: an authority gets « introuvable »."""

    @for_team
    @wraps(page)
    def view(request: HttpRequest, structure: Structure, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(person(request), structure):
            raise PermissionDenied
        return page(request, structure, **kwargs)

    return view


def for_runners(page: Page) -> Page:
    """Same, for who runs the structure (porteur, coordinateur, gérant)."""

    @for_team
    @wraps(page)
    def view(request: HttpRequest, structure: Structure, **kwargs: Any) -> HttpResponseBase:
        if not may_run(person(request), structure):
            raise PermissionDenied
        return page(request, structure, **kwargs)

    return view
