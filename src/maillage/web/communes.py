"""How a commune stands in a search field, so that the one chosen is not mistaken for a postal code."""

import re

from maillage.apps.territories.models import Commune

CODE = re.compile(r"(\d{2}|2[AB])\d{3}")
CHOSEN = re.compile(rf".*\((?P<code>{CODE.pattern})\)\s*")


def written(commune: Commune) -> str:
    """The commune as the field shows it once chosen (« Redon (35236) »).

    A bare code would not do: 51300 is the code INSEE of Isle-sur-Marne and the postal code of Vitry-le-François.
    """
    return f"{commune.nom} ({commune.code})"


def chosen_code(text: str) -> str:
    """The code of a commune written by :func:`written`, empty for other words."""
    found = CHOSEN.fullmatch(text.strip())
    return found["code"] if found else ""
