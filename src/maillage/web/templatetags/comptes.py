"""What the pages of accounts show: devices in words, providers by their names."""

import re
from typing import Any

from django import template
from django.conf import settings

from maillage.web.comptes.second_factor import second_factor_missing

register = template.Library()

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
"""A word of the User-Agent, and how a person calls it; the first found is right."""


@register.filter
def appareil(user_agent: str) -> str:
    """A browser and a system in words.

    >>> appareil("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox sur Linux'
    """
    browser = _first(BROWSERS, user_agent) or "Navigateur inconnu"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} sur {system}" if system else browser


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for word, name in names if re.search(rf"\b{word}", text)), "")


@register.filter
def nom_du_fournisseur(code: str) -> str:
    """The name of an identity provider, even once it is closed."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["identite"]["APPS"]
    names: dict[str, str] = {app["provider_id"]: app["name"] for app in apps}
    return names.get(code, code)


@register.simple_tag(takes_context=True)
def second_facteur_manque(context: dict[str, Any]) -> bool:
    """Whether who reads the page must still set up a second factor."""
    return second_factor_missing(context["request"])
