"""What every page needs: the bar and which of its entries is the current one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

MENU = (
    ("web:orientation", "Trouver ma structure", "orientation"),
    ("web:simuler", "Simuler", "simuler"),
    ("web:territoires", "Territoires", "territoires"),
    ("web:regles", "Règles et aides", "regles"),
    ("web:aide", "Se faire aider", "aide"),
)
"""Address, title and section (first part of the path) of each entry."""
SAME_SECTION = {"aides": "regles", "appels": "regles"}
"""Sections that stand under the entry of another."""


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    section = request.path.strip("/").split("/")[0]
    return {
        "menu": MENU,
        "rubrique_courante": SAME_SECTION.get(section, section),
        "adresse_du_code": settings.SOURCE_URL,
    }
