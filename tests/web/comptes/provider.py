"""A real OpenID Connect provider on this machine: description, authorization, token, keys, userinfo, end of session.

It signs with an RSA key made for the tests; ``fault`` lets a test alter what it sends, as an attacker would.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "maillage", "le-secret-de-maillage"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC_PEM = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
KID = "cle-1"


@dataclass
class Provider:
    """What the provider says, and what was asked of it."""

    claims: dict[str, Any] = field(default_factory=dict)
    signed_userinfo: bool = True
    acr: str = "eidas1"
    id_token: Callable[[dict[str, Any]], str] | None = None
    userinfo: Callable[[dict[str, Any]], str] | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    address: str = ""

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/end",
        }

    def keys(self) -> dict[str, Any]:
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**jwk, "kid": KID, "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Note what was asked, and give the code that the person would bring back."""
        self.asked["authorize"] = query
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return code

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked["token"] = form
        query = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = query and challenge.decode().rstrip("=") == query["code_challenge"]
        if not right or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        claims = {**self.common(), "nonce": query["nonce"], "acr": self.acr}
        return 200, {"access_token": "acces", "token_type": "Bearer", "id_token": (self.id_token or sign)(claims)}

    def common(self) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": self.address, "aud": CLIENT, "sub": self.claims["sub"], "iat": now, "exp": now + 60}

    def said(self) -> tuple[str, str]:
        """The answer of userinfo and its type."""
        if not self.signed_userinfo:
            return "application/json", json.dumps(self.claims)
        return "application/jwt", (self.userinfo or sign)({**self.common(), **self.claims})


def sign(claims: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = KID) -> str:
    """A token as the provider makes them."""
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


def unsigned(claims: dict[str, Any], algorithm: str = "none", signature: bytes = b"") -> str:
    """A token made by hand: no library would sign it so."""
    header = {"alg": algorithm, "typ": "JWT", "kid": KID}
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self._json(200, self.provider.described())
        elif parts.path == "/jwks":
            self._json(200, self.provider.keys())
        elif parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer acces":
            self._send(200, *self.provider.said())
        elif parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = self.provider.authorize(query)
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?code={code}&state={query['state']}")
            self.end_headers()
        elif parts.path == "/end":
            self._send(
                200,
                "text/html",
                "<title>fin</title><link rel=icon href=data:,><h1>Session fermée chez l’opérateur</h1>",
            )
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._json(*self.provider.token({name: values[0] for name, values in parse_qs(body).items()}))

    def _json(self, status: int, data: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(data))

    def _send(self, status: int, kind: str, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind == "text/html" else kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(claims: dict[str, Any]) -> Iterator[Provider]:
    """The provider, listening for as long as the block."""
    provider = Provider(claims=claims)
    handler = type("Handler", (_Handler,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
