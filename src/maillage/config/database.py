"""The database of ``DATABASE_URL``: SQLite or PostgreSQL, the two that are tested."""

from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("sqlite", "postgres", "postgresql")
ACCEPTED = "les bases acceptées sont SQLite (sqlite:///chemin) et PostgreSQL (postgres://utilisateur:mot_de_passe@hôte:port/base)"


def checked_url(url: str) -> str:
    """The address of the database. Raises ``ImproperlyConfigured`` when it is not of a known kind.

    The address is not repeated: it may hold a password.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        raise ImproperlyConfigured(f"DATABASE_URL n'est pas l'adresse d'une base : {ACCEPTED}.")
    if scheme not in SCHEMES:
        raise ImproperlyConfigured(f"DATABASE_URL commence par « {scheme}:// » : {ACCEPTED}.")
    return url
