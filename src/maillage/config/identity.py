"""The identity providers that an installation opens: Pro Santé Connect and ProConnect, by settings only."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL = ("127.0.0.1", "localhost", "::1")
NAMES = {"proconnect": "ProConnect", "psc": "Pro Santé Connect"}


def identity_app(code: str, given: dict[str, str], lists: dict[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The application of one provider, as allauth reads it; none when its client identifier is empty.

    ``given`` holds « url », « client_id » and « secret »; ``lists`` the « scope », the « acr » asked for and the
    « second_factor » values (of acr or amr) that count as a second factor. Raises ``ImproperlyConfigured`` when the
    client is given without its secret or its server, or a server that is not reached by https.
    """
    if not given["client_id"]:
        return []
    prefix = code.upper()
    if not given["url"] or not given["secret"]:
        raise ImproperlyConfigured(
            f"{prefix}_CLIENT_ID est donné : il faut aussi {prefix}_SECRET et {prefix}_URL, fournis par l'opérateur."
        )
    _check_https(prefix, given["url"])
    settings = {
        "server_url": given["url"],
        "oauth_pkce_enabled": True,
        "scope": list(lists["scope"]),
        "auth_params": {"acr_values": " ".join(lists["acr"])} if lists["acr"] else {},
        "second_factor": list(lists["second_factor"]),
    }
    app = {"provider_id": code, "name": NAMES[code], "client_id": given["client_id"], "secret": given["secret"]}
    return [{**app, "settings": settings}]


def _check_https(prefix: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise ImproperlyConfigured(f"{prefix}_URL doit commencer par https:// : les jetons y passent.")
