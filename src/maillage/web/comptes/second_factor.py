"""The second factor, compulsory for some: until it is set up, nothing else of the site answers them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from maillage.apps.accounts.permissions import needs_second_factor

if TYPE_CHECKING:
    from maillage.apps.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponse]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts: recovery codes only replace one of these for a while."""
IDENTITY = "identite"
"""What the session keeps of an identity provider: {"provider", "id_token", "second_factor"}."""
OPEN = ("/comptes/2fa/", "/comptes/reauthenticate/", "/comptes/logout/", "/comptes/confirm-email/", "/static/")
"""What answers before the second factor is set up."""
TOLD = "Votre rôle demande un second facteur : ajoutez-le à votre compte avant de continuer."


def has_second_factor(user: "User") -> bool:
    """Whether an account has an application of codes or a security key."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def second_factor_missing(request: HttpRequest) -> bool:
    """Whether who asks must have a second factor and has none, here or at the provider that let them in."""
    user = request.user
    if not user.is_authenticated or has_second_factor(user):
        return False
    if request.session.get(IDENTITY, {}).get("second_factor"):
        return False
    return needs_second_factor(user)


def may_remove(authenticator: Any) -> bool:
    """Whether a factor can go: not the last one of who must have one."""
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
    return authenticator.type not in FACTORS or others.exists() or not needs_second_factor(authenticator.user)


def second_factor_required(get_response: Answer) -> Answer:
    """Send who lacks a compulsory second factor to set it up. Pages of accounts are never kept by a browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and second_factor_missing(request):
            return _refused(request)
        response = get_response(request)
        if request.path.startswith("/comptes/") and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def _refused(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        told = {"champ": "", "valeur": None, "attendu": "un second facteur", "message": TOLD}
        return JsonResponse({"erreurs": [told]}, status=403)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("mfa_index")})
    return redirect("mfa_index")
