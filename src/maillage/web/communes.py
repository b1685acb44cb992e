"""How a commune stands in a search field, so that the one chosen is not mistaken for a postal code."""

import re
from collections.abc import Iterable

from maillage.apps.territories.models import Commune
from maillage.apps.territories.names import search_key

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


def named(text: str, found: Iterable[Commune]) -> Commune | None:
    """The commune that the words name beyond doubt, among those found; ``None`` when a person must choose.

    A name must be whole, in any spelling; a code or a postal code may be that of one commune only. A name that is
    merely near (« Redonn ») is proposed, never taken.
    """
    communes, key, code = list(found), search_key(text), chosen_code(text)
    exact = [place for place in communes if place.code == code or key in _names(place)]
    if len(communes) == 1 and all(word.isdigit() or word in _words(communes[0]) for word in key.split()):
        return communes[0]
    return exact[0] if len(exact) == 1 else None


def _names(commune: Commune) -> set[str]:
    return {commune.nom_recherche, commune.nom_sans_article, search_key(commune.found_as)} - {""}


def _words(commune: Commune) -> set[str]:
    """The words by which a commune is told apart: its names, its département."""
    return (
        {word for name in _names(commune) for word in name.split()}
        | set(search_key(commune.departement.nom).split())
        | {commune.code.lower(), commune.departement_id.lower()}
    )
