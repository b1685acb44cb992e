"""The steps between the password and the session."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the identity provider has just done so and the setting trusts it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not trusted_at_provider(self.login) and super()._should_handle(request)


def trusted_at_provider(login: Any) -> bool:
    """Whether this signing in comes from a provider whose second factor counts."""
    sociallogin = (login.signal_kwargs or {}).get("sociallogin")
    return bool(sociallogin and sociallogin.state.get("second_factor"))
