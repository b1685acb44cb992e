"""What allauth asks us: who a new account is, what it says, which steps a sign-in goes through."""

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.web.comptes.ciphering import cipher
from maillage.web.comptes.second_factor import may_remove

logger = logging.getLogger(__name__)
SILENT = ("account/email/password_reset_key", "account/email/login_code", "account/email/unknown_account")
"""E-mails whose failure is not told to who asked: it would say whether the account exists."""
NOT_SENT = "L’e-mail n’a pas pu partir. Réessayez dans quelques minutes."
WAYS = {
    "reauthenticate": "Avec mon mot de passe",
    "mfa_reauthenticate": "Avec un code de mon application ou un code de secours",
    "mfa_reauthenticate:webauthn": "Avec ma clé de sécurité",
}
"""How each way of proving who one is again is offered."""
STAGES = {"allauth.mfa.stages.AuthenticateStage": "maillage.web.comptes.stages.SecondFactorStage"}
"""Steps of allauth that ours stand in place of."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Ce compte est fermé.",
        "duplicate_email": "C’est déjà l’adresse de votre compte.",
        "email_password_mismatch": "Adresse ou mot de passe incorrect : vérifiez-les, ou changez de mot de passe.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": "Ce code n’est pas le bon, ou il a expiré. Prenez le code affiché maintenant.",
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "invalid_password_reset": "Ce lien a déjà servi ou a expiré. Demandez-en un autre.",
        "rate_limited": "Trop d’essais. Attendez quelques minutes.",
        "too_many_login_attempts": "Trop d’essais : attendez dix minutes, ou choisissez un nouveau mot de passe.",
    }

    def new_user(self, request: HttpRequest) -> User:
        """An account opened now, not yet saved."""
        return User(created_at=timezone.now())

    def get_login_stages(self) -> list[str]:
        """allauth's steps, ours in place of theirs."""
        return [STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose mistakes are counted: allauth adds the host, whose port the visitor chooses, and counts from zero."""
        return f"connexion:{credentials.get('email', '').strip().lower()}"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove who one is again, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": WAYS.get(method["id"], method["description"])} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say that it could not leave: what was done stays done."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException) as problem:
            logger.warning("%s could not be sent: %s", template_prefix, type(problem).__name__)
            if template_prefix not in SILENT:
                messages.error(self.request, NOT_SENT)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password, what else keeps the account safe."""
        return "/comptes/sessions/"


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are ciphered, the last compulsory one stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Votre rôle demande un second facteur : ajoutez-en un autre avant.",
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """Cipher a secret before it is kept."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not the last one of who must have one."""
        return may_remove(authenticator)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """How the device names the site when it asks for the key."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Maillage"}
