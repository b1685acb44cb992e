"""Signed tokens of identity providers (JWS, RFC 7515; OpenID Connect Core 1.0, § 3.1.3.7 and 5.3.2)."""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a key pair only: « none », and secrets that a public key could stand for, are refused."""
LEEWAY = 60
"""Seconds that two clocks may differ by."""


class RefusedToken(OAuth2Error):
    """What a provider sent cannot be trusted; the message says why, for the log."""


def verified_claims(
    token: str, keys: Sequence[Mapping[str, Any]], *, issuer: str, audience: str, needed: Sequence[str]
) -> dict[str, Any]:
    """The claims of a token signed by one of the provider's ``keys`` (JWK), for this ``audience``, in force.

    ``needed`` are claims that must be there. Raises :class:`RefusedToken`.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "sub", *needed]},
        )
    except jwt.PyJWTError as error:
        raise RefusedToken(f"token refused: {error}") from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", audience) != audience or (several and "azp" not in claims):
        raise RefusedToken("token refused: it was made for another application")
    return claims


def _key(token: str, keys: Sequence[Mapping[str, Any]]) -> jwt.PyJWK:
    """The key that the token names; the only one when it names none. Raises ``PyJWTError`` or :class:`RefusedToken`."""
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise RefusedToken(f"token refused: signature {header.get('alg')!r}")
    signing = [key for key in keys if key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC")]
    named = [key for key in signing if key.get("kid") == header["kid"]] if "kid" in header else signing
    if len(named) != 1 or named[0].get("alg", header["alg"]) != header["alg"]:
        raise RefusedToken("token refused: its key is not one of the provider's")
    return jwt.PyJWK(dict(named[0]), algorithm=header["alg"])
