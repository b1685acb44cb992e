"""Where e-mails leave from: a mail server given by its address, or a folder of this machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from maillage.config.secret_key import LOCAL_HOSTS

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 25, "submission": 587, "smtps": 465}
"""Usual port of each scheme: in clear, ciphered once connected (STARTTLS), ciphered from the start."""
ACCEPTED = "attendu : smtp://, submission:// (STARTTLS) ou smtps://, puis utilisateur:mot_de_passe@serveur:port"
SECONDS = 20


def site_address(told: str, hosts: Sequence[str]) -> str:
    """How mails name the site, without a final slash; when nobody told it, its first name, over https as soon as others
    may reach it."""
    if told:
        return told.rstrip("/")
    name = next((each.lstrip(".") for each in hosts if each.strip("*.")), LOCAL_HOSTS[0])
    return f"http://{name}:8000" if name in LOCAL_HOSTS else f"https://{name}"


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings of e-mail. Without an address, each e-mail is written as a file in ``folder``.

    Raises ``ImproperlyConfigured`` when the address cannot be read; it is never repeated, it holds a password.
    """
    if not url:
        return {"EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"Le port de EMAIL_URL n'est pas un nombre : {ACCEPTED}.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(f"EMAIL_URL n'est pas l'adresse d'un serveur de messagerie : {ACCEPTED}.")
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "submission",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", [str(SECONDS)])[0]),
    }
