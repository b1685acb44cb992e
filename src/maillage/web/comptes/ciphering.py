"""The secrets of second factors, ciphered in the database with a key drawn from SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def cipher() -> MultiFernet:
    """Writes with SECRET_KEY, and still reads what SECRET_KEY_FALLBACKS wrote."""
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str) -> Fernet:
    digest = hashlib.sha256(b"maillage.second-facteur:" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
