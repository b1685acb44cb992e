"""The secret key of a machine that serves only itself: random, made once, readable by its owner alone."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


def secret_key(given: str, path: Path, allowed_hosts: Iterable[str], debug: bool) -> str:
    """The key of the environment, else the local one kept in ``path``.

    Raises :class:`ImproperlyConfigured` when the site answers to the outside without a key of its own: the
    machines that share its load would each sign with another one.
    """
    if given:
        return given
    if not debug and not set(allowed_hosts) <= set(LOCAL_HOSTS):
        raise ImproperlyConfigured(
            "SECRET_KEY est vide alors que ALLOWED_HOSTS ouvre le site à d'autres que cette machine. "
            "Donnez une clé longue et aléatoire dans la variable SECRET_KEY."
        )
    return local_key(path)


def local_key(path: Path) -> str:
    """The key kept in ``path``, made when there is none. Two processes that start together get the same."""
    if not path.exists():
        _publish(secrets.token_urlsafe(48), path)
    return path.read_text(encoding="ascii")


def _publish(key: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
