"""The communes of a project, as a visitor says them: the whole EPCI, or a list of names and codes."""

from typing import Any

from maillage.apps.territories.models import Commune
from maillage.apps.territories.names import search_key
from maillage.apps.territories.queries import commune_by_code, communes_of_epci, search_communes
from maillage.core.kernel.problems import BadInput
from maillage.web.orientation.answers import EPCI


def with_territory(situation: dict[str, Any], territory: str) -> dict[str, Any]:
    """The situation, its communes as codes. What names no commune is kept as written, to be refused with its words."""
    commune = _commune(situation["commune"])
    if commune is not None and territory == EPCI and commune.epci_id:
        return {**situation, "communes": [place.code for place in communes_of_epci(commune.epci_id)]}
    words = situation.get("communes", [])
    return {**situation, "communes": [_code(word, commune) for word in words]} if words else situation


def _code(word: str, near: Commune | None) -> str:
    """The code of a commune written by name: the only one, else that of the same département."""
    if word[:1].isdigit():
        return word
    exact = [place for place in search_communes(word, limit=30) if search_key(place.nom) == search_key(word)]
    here = [place for place in exact if near is not None and place.departement_id == near.departement_id]
    chosen = exact if len(exact) == 1 else here
    return chosen[0].code if len(chosen) == 1 else word


def _commune(code: str) -> Commune | None:
    try:
        return commune_by_code(code)
    except BadInput:
        return None
