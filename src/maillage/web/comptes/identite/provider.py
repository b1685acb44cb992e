"""An OpenID Connect provider as allauth wants it: signed answers are verified, little is kept.

allauth's own provider reads userinfo as plain JSON and believes the id_token that the token endpoint sends. Both
providers of the State answer userinfo as a signed token, and ask for a nonce.
"""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import Provider
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider, OpenIDConnectProviderAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from maillage.web.comptes.identite.claims import counts_as_second_factor, identity_of
from maillage.web.comptes.identite.tokens import RefusedToken, verified_claims

SIGNED = "application/jwt"


class IdentityOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """Talks to the provider's endpoints."""

    expires_in_key = ""
    """Access tokens serve once and are not kept."""
    state: dict[str, Any]
    """What was put aside when the person left for the provider; the view of the return sets it."""

    def endpoint(self, name: str) -> Any:
        """An entry of the provider's description. Raises :class:`RefusedToken` when it lacks it."""
        if not self.openid_config.get(name):
            raise RefusedToken(f"the provider does not describe {name}")
        return self.openid_config[name]

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends the person back."""
        return request.build_absolute_uri(reverse("identite_callback", args=[self.provider_id]))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The person behind a code: id_token and userinfo are verified, and speak of the same person.

        Raises :class:`RefusedToken`.
        """
        id_token = kwargs["response"].get("id_token") or ""
        claims = self.verified(id_token, app, needed=("iat", "nonce"))
        expected = self.state.get("nonce")
        if not expected or not secrets.compare_digest(str(claims["nonce"]).encode(), str(expected).encode()):
            raise RefusedToken("id_token refused: not the nonce of this sign-in")
        userinfo = self.userinfo(token.token, app)
        if userinfo.get("sub") != claims["sub"]:
            raise RefusedToken("userinfo refused: it speaks of someone else")
        self.state["id_token"] = id_token
        self.state["second_factor"] = counts_as_second_factor(claims, app.settings.get("second_factor", []))
        return self.get_provider().sociallogin_from_response(request, userinfo)

    def verified(self, token: str, app: Any, *, needed: tuple[str, ...] = ()) -> dict[str, Any]:
        """The claims of a token signed by the provider for us."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.endpoint("jwks_uri"))
            response.raise_for_status()
        keys = response.json().get("keys", [])
        return verified_claims(token, keys, issuer=self.endpoint("issuer"), audience=app.client_id, needed=needed)

    def userinfo(self, access_token: str, app: Any) -> dict[str, Any]:
        """What the provider says of the person, as JSON or as a signed token."""
        headers = {"Authorization": f"Bearer {access_token}", "Accept": f"{SIGNED}, application/json"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.endpoint("userinfo_endpoint"), headers=headers)
            response.raise_for_status()
        if response.headers.get("Content-Type", "").split(";")[0].strip().lower() == SIGNED:
            return self.verified(response.text.strip(), app)
        claims = response.json()
        if not isinstance(claims, dict):
            raise RefusedToken("userinfo refused: not an object")
        return claims


class IdentityAccount(OpenIDConnectProviderAccount):
    """How a linked identity is named on the page of connections."""

    def to_str(self) -> str:
        """The professional number when there is one."""
        kept = self.account.extra_data
        told = {"RPPS": kept.get("rpps"), "SIRET": kept.get("siret")}
        return " · ".join(f"{name} {value}" for name, value in told.items() if value) or "identité reliée"


class IdentityProvider(OpenIDConnectProvider):
    """Pro Santé Connect or ProConnect, as the settings say."""

    id = "identite"
    name = "Identité"
    account_class = IdentityAccount
    oauth2_adapter_class = IdentityOAuth2Adapter
    pkce_enabled_default = True
    supports_token_authentication = False

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Where the button of the sign-in page is sent."""
        return reverse("identite_login", args=[self.app.provider_id], query=kwargs or None)

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """What the address may choose: where to go next. Never the scope, nor the strength that is asked."""
        return dict(Provider.get_redirect_from_request_kwargs(self, request))

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        """Leave for the provider with a nonce that the id_token must repeat."""
        nonce = secrets.token_urlsafe(24)
        auth_params = {**self.get_auth_params(), "nonce": nonce}
        response: HttpResponse = super().redirect(request, process, auth_params=auth_params, nonce=nonce, **kwargs)
        return response

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The provider's own identifier of the person."""
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept."""
        return identity_of(data).kept

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """What fills the account when it is new."""
        identity = identity_of(data)
        return {
            "prenom": identity.prenom,
            "nom": identity.nom,
            "email": identity.email,
            "email_verified": identity.email_verified,
        }

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """The address, verified only if the provider says so in as many words."""
        identity = identity_of(data)
        if not identity.email:
            return []
        return [EmailAddress(email=identity.email, verified=identity.email_verified, primary=True)]
