"""Leaving for an identity provider, coming back, signing out there too."""

import secrets
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.web.comptes.identite.provider import IdentityOAuth2Adapter
from maillage.web.comptes.second_factor import IDENTITY


class _CallbackView(OAuth2CallbackView):
    """The return; what was put aside on leaving is given to the adapter, which checks the nonce against it."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, response


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask to confirm, then leave for the provider."""
    adapter = _adapter(request, provider_id)
    try:
        response = OAuth2LoginView.adapter_view(adapter)(request)
    except (requests.RequestException, OAuth2Error) as error:
        failed: HttpResponse = render_authentication_error(request, adapter.get_provider(), exception=error)
        return failed
    return leave(request, response.url, adapter.get_provider().name) if response.status_code == 302 else response


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    view = _CallbackView.adapter_view(_adapter(request, provider_id))
    response: HttpResponse = view(request)
    return response


def to_link(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Someone has an account with the address of this identity: they enter it first, then link the identity."""
    context = {"fournisseur": _adapter(request, provider_id).get_provider().name}
    return render(request, "socialaccount/a_relier.html", context)


def leave(request: HttpRequest, address: str, name: str) -> HttpResponse:
    """A page that goes to another site at once, with a link for who stays on it.

    The policy of the pages (form-action) stops a form whose answer redirects outside: this is why it is a page.
    """
    if urlsplit(address).netloc in ("", request.get_host()):
        return HttpResponse(status=302, headers={"Location": address})
    return render(request, "socialaccount/aller.html", {"adresse": address, "fournisseur": name})


def farewell(request: HttpRequest) -> tuple[str, str] | None:
    """The address where to sign out at the provider that let this session in, and its name; none otherwise."""
    kept = request.session.get(IDENTITY)
    if not kept:
        return None
    try:
        adapter = _adapter(request, kept["provider"])
        address = adapter.openid_config.get("end_session_endpoint")
    except (Http404, requests.RequestException, OAuth2Error):
        return None
    if not address:
        return None
    query = {
        "id_token_hint": kept["id_token"],
        "state": secrets.token_urlsafe(16),
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("web:accueil")),
    }
    return f"{address}?{urlencode(query)}", adapter.get_provider().name


def _adapter(request: HttpRequest, provider_id: str) -> IdentityOAuth2Adapter:
    """The adapter of an open provider. Raises ``Http404``."""
    if provider_id not in {app.provider_id for app in get_adapter(request).list_apps(request, provider="identite")}:
        raise Http404("Ce fournisseur d’identité n’est pas ouvert sur cette installation.")
    try:
        adapter = IdentityOAuth2Adapter(request, provider_id)
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter
