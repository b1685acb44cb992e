"""Who calls: a token (« Authorization: Bearer mlg_… »), or, to read only, the session of the site."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from maillage.api.errors import Erreurs, Refusal
from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import signed_in
from maillage.apps.connections import rates, tokens
from maillage.apps.dossiers.calling import Caller
from maillage.core.kernel.problems import Problem

SAFE = ("GET", "HEAD")
REFUSED_TO_CALLERS: dict[int, Any] = dict.fromkeys((401, 403, 429), Erreurs)
"""What a route asked with a token can refuse, whatever it is about."""


class CallerProblem(Problem):
    """What the caller lacks; what they sent is a secret, and is never repeated."""

    @property
    def message(self) -> str:
        """What is needed."""
        return f"Il faut {self.expected}."


class Bearer(HttpBearer):
    """A route for who is known. Its view reads the caller in ``request.auth``."""

    def __init__(self, *scopes: str) -> None:
        super().__init__()
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> Caller:
        """Who calls. Raises :class:`Refusal`: 401, 403 without one of the scopes, 429."""
        given = request.headers.get("Authorization")
        return self._by_session(request) if given is None else self._by_token(given)

    def authenticate(self, request: HttpRequest, token: str) -> None:
        """Never called: the class is that of ninja for what the OpenAPI document says of it."""

    def _by_session(self, request: HttpRequest) -> Caller:
        user = request.user
        if not isinstance(user, User) or not signed_in(user) or request.method not in SAFE:
            raise _unknown(
                "session" if request.method in SAFE else "Authorization",
                "une session du site pour lire, ou un jeton (Bearer mlg_…)",
            )
        return Caller(user)

    def _by_token(self, given: str) -> Caller:
        kind, _space, secret = given.partition(" ")
        found = tokens.recognised(secret.strip()) if kind.lower() == "bearer" else None
        if found is None:
            raise _unknown("Authorization", "un jeton connu, après « Bearer » et une espace")
        now = timezone.now()
        if why := tokens.why_stopped(found, now):
            raise _unknown("Authorization", f"un jeton en vigueur (celui-ci est {why})")
        if wait := rates.wait_of(found, now):
            told = f"attendre {wait} secondes : ce jeton a fait ses appels de la minute"
            raise Refusal(429, [CallerProblem("Authorization", None, told)], {"Retry-After": str(wait)})
        if self.scopes and not any(tokens.allows(found, scope) for scope in self.scopes):
            raise Refusal(403, [CallerProblem("portée", None, _missing(self.scopes))])
        tokens.used(found, now)
        return Caller(tokens.person_of(found), found)


def caller_of(request: HttpRequest) -> Caller:
    """Who calls, on a route that asks it."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Caller):
        raise _unknown("Authorization", "un jeton connu, après « Bearer » et une espace")
    return found


def _missing(scopes: tuple[str, ...]) -> str:
    return f"un jeton avec la portée {' ou '.join(scopes)}, dont le compte a encore le rôle qu'elle demande"


def _unknown(field: str, expected: str) -> Refusal:
    return Refusal(401, [CallerProblem(field, None, expected)], {"WWW-Authenticate": "Bearer"})
