"""What happens when an identity comes back: a new account, a known one, or one that must be entered first."""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect

from maillage.apps.accounts.models import User
from maillage.web.comptes.identite.tokens import RefusedToken

logger = logging.getLogger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Accounts reached through an identity provider."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": "Cette identité est déjà reliée à un autre compte.",
        "no_password": "Choisissez d’abord un mot de passe : sans lui, vous ne pourriez plus entrer.",
    }

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Tell the journal why; what a provider answered is left out, it may hold tokens."""
        why = (
            str(exception) if isinstance(exception, RefusedToken) else type(exception).__name__ if exception else error
        )
        logger.warning("sign-in through %s failed: %s", provider.sub_id, why)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Never enter an account by its address alone: who has one signs in first, then links the identity."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        if verified and _has_account(verified):
            raise ImmediateHttpResponse(redirect("identite_a_relier", sociallogin.account.provider))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Fill a new account with the names and the address that the provider gives."""
        user = sociallogin.user
        user.prenom = data.get("prenom", "")[:120]
        user.nom = data.get("nom", "")[:120]
        user.email = data.get("email", "")
        return user

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        """What the form of a new account already holds."""
        user = sociallogin.user
        return {"email": user.email, "prenom": user.prenom, "nom": user.nom}

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No form to fill when the provider gave all that it asks."""
        user = sociallogin.user
        return bool(user.email and user.prenom and user.nom)


def _has_account(emails: list[str]) -> bool:
    return (
        User.objects.filter(email__in=emails).exists()
        or EmailAddress.objects.filter(email__in=emails, verified=True).exists()
    )
