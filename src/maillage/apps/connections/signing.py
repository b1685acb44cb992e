"""The secret of a webhook, ciphered in the database with a key drawn from SECRET_KEY, and what it signs."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PREFIX = "mlgw_"


def new_secret() -> str:
    """A secret, shown once."""
    return PREFIX + secrets.token_urlsafe(32)


def ciphered(secret: str) -> str:
    """The secret as the database keeps it."""
    return _cipher().encrypt(secret.encode()).decode()


def deciphered(kept: str) -> str:
    """The secret, from what the database keeps. Raises ``cryptography.fernet.InvalidToken`` when SECRET_KEY is lost."""
    return _cipher().decrypt(kept.encode()).decode()


def signature(secret: str, moment: int, body: bytes) -> str:
    """The header « X-Maillage-Signature »: HMAC-SHA256 of « moment.body »."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def _cipher() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str) -> Fernet:
    digest = hashlib.sha256(b"maillage.webhook:" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
