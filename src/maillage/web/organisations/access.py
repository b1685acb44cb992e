"""What every page of an organisation does first: find who asks, and the organisation within their right."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.accounts.permissions import may_manage_people
from maillage.apps.accounts.queries import visible_organisation

Page = Callable[..., HttpResponse]


def person(request: HttpRequest) -> User:
    """Who asks, on a page that asks to sign in. Raises :class:`PermissionDenied` when nobody does."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def of_organisation(page: Page) -> Page:
    """Give a page its organisation; a stranger gets « introuvable », as if it did not exist."""

    @login_required
    @wraps(page)
    def view(request: HttpRequest, organisation: uuid.UUID, **kwargs: Any) -> HttpResponse:
        found = visible_organisation(person(request), organisation)
        if found is None:
            raise Http404
        return page(request, found, **kwargs)

    return view


def for_managers(page: Page) -> Page:
    """Same, for who may invite to it and end roles in it; the others are refused."""

    @of_organisation
    @wraps(page)
    def view(request: HttpRequest, organisation: Organisation, **kwargs: Any) -> HttpResponse:
        if not may_manage_people(person(request), organisation):
            raise PermissionDenied("Seules les personnes qui gèrent cette organisation ouvrent cette page.")
        return page(request, organisation, **kwargs)

    return view
