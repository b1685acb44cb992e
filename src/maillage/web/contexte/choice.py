"""For which organisation a person acts: kept in the session, checked against their roles each time."""

import uuid

from django.http import HttpRequest

from maillage.apps.accounts.queries import Context, contexts_of

KEY = "contexte"
CACHED = "_contexts"


def contexts(request: HttpRequest) -> list[Context]:
    """The organisations that who asks may act for, read once a request."""
    if not hasattr(request, CACHED):
        setattr(request, CACHED, contexts_of(request.user))
    found: list[Context] = getattr(request, CACHED)
    return found


def current(request: HttpRequest) -> Context | None:
    """The one chosen; the first one when none is, or when its roles ended; ``None`` for who has no role."""
    mine = contexts(request)
    chosen = request.session.get(KEY) if mine else None
    return next((each for each in mine if str(each.organisation.pk) == chosen), mine[0] if mine else None)


def choose(request: HttpRequest, organisation: uuid.UUID) -> bool:
    """Act for this organisation from now on; whether this person may."""
    if hasattr(request, CACHED):
        delattr(request, CACHED)
    if not any(each.organisation.pk == organisation for each in contexts(request)):
        return False
    request.session[KEY] = str(organisation)
    return True


def follow(request: HttpRequest, organisation: uuid.UUID) -> None:
    """Act for the organisation whose page is open, when this person has a role in it; else for the same as before."""
    held = any(each.organisation.pk == organisation for each in contexts(request))
    here = current(request)
    if held and here is not None and here.organisation.pk != organisation:
        request.session[KEY] = str(organisation)
