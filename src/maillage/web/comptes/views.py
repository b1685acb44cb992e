"""What allauth's pages of accounts lack: one session closed, the last factor kept, signing out at the provider."""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.views import LogoutView as AllauthLogoutView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from maillage.web.comptes.adapter import MfaAdapter
from maillage.web.comptes.identite.views import farewell, leave
from maillage.web.comptes.second_factor import may_remove


class LogoutView(AllauthLogoutView):
    """Signs out, at the identity provider too when it is what let the person in."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        provider = farewell(self.request)
        response: HttpResponse = super().post(*args, **kwargs)
        return leave(self.request, *provider) if provider else response


logout = LogoutView.as_view()


@login_required
@require_POST
def close_session(request: HttpRequest, session: int) -> HttpResponse:
    """Close one of one's own sessions, on another device."""
    end_sessions(request, [get_object_or_404(UserSession, pk=session, user=request.user)])
    messages.success(request, "La session est fermée sur cet appareil.")
    return redirect("usersessions_list")


@login_required
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth's page that removes a key, once sure that it is not the last compulsory factor."""
    key = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not may_remove(key):
        messages.error(request, MfaAdapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    response: HttpResponse = remove_webauthn(request, pk=pk)
    return response


@login_not_required
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: the rates of allauth are used up."""
    return render(request, "429.html", status=429)
