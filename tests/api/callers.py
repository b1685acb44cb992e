"""Calling the API with a token: the tokens of the cast, and what they ask."""

import datetime
import json
from typing import Any

from django.test import Client
from django.utils import timezone

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.connections.models import ApiToken
from maillage.apps.connections.tokens import SCOPES, hash_of


def token_for(person: User, organisation: Organisation, *scopes: str, **fields: Any) -> str:
    """The secret of a token written straight, of every scope unless said: what its account may is what is tested."""
    secret = f"mlg_{ApiToken.objects.count()}{'x' * 40}"
    now = timezone.now()
    given = {"created_at": now, "expires_at": now + datetime.timedelta(days=30), **fields}
    ApiToken.objects.create(
        organisation=organisation, name="Logiciel", hint=secret[:10], secret_hash=hash_of(secret),
        scopes=list(scopes or SCOPES), created_by=person, **given,
    )  # fmt: skip
    return secret


class Caller:
    """A software that holds a token; each call gives the status and the answer."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(), secret
        self.headers: Any = {}

    def get(self, address: str, **headers: str) -> tuple[int, Any]:
        """Read."""
        return self._told(self.client.get(address, headers=self._named(headers)))

    def act(self, dossier: Any, geste: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Do."""
        address = f"/api/dossiers/{dossier.pk}/gestes/{geste}"
        sent = json.dumps(body or {})
        return self._told(
            self.client.post(address, sent, content_type="application/json", headers=self._named(headers))
        )

    def _named(self, headers: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **{k.replace("_", "-"): v for k, v in headers.items()}}

    def _told(self, response: Any) -> tuple[int, Any]:
        self.headers = response.headers
        return response.status_code, json.loads(response.content)
