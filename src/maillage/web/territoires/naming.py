"""What a visitor types to name a place, and the place that it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from maillage.apps.territories.epci_search import EpciFound, search_epci
from maillage.apps.territories.models import Commune
from maillage.apps.territories.names import search_key
from maillage.apps.territories.proposals import PLAIN, expected_instead_of
from maillage.apps.territories.search import search_communes
from maillage.web.communes import chosen_code, named

Place = TypeVar("Place", Commune, EpciFound)
MOST = 20
"""Places proposed when words name several."""
CHOSEN_EPCI = re.compile(r".*\((?P<code>\d{9})\)\s*")
"""An EPCI as the field shows it once chosen."""


@dataclass(frozen=True)
class Named(Generic[Place]):
    """The place that words name beyond doubt; else the sentence to show beside the field, and the places to choose."""

    place: Place | None
    refusal: str = ""
    choices: Sequence[Place] = field(default=())


def commune_named(words: str) -> Named[Commune]:
    """The commune of a name, a postal code or « Redon (35236) »; the one proposed is never taken without a choice."""
    text = words.strip()
    found = search_communes(chosen_code(text) or text, limit=MOST) if text else []
    if place := named(text, found):
        return Named(place)
    if found:
        return Named(None, f"« {text} » peut désigner plusieurs communes : choisissez.", found)
    expected = expected_instead_of(text) if text[:1].isdigit() else "un nom de commune, un code postal ou un code INSEE"
    return Named(None, _refused(text, expected if expected != PLAIN else f"{PLAIN}, un nom ou un code postal"))


def epci_named(words: str) -> Named[EpciFound]:
    """The EPCI of a name, of a SIREN, or of a commune: taken when it is the only one, or has exactly this name."""
    chosen = CHOSEN_EPCI.fullmatch(words)
    text = chosen["code"] if chosen else words.strip()
    found = search_epci(text, limit=MOST)
    exact = [epci for epci in found if search_key(epci.nom) == search_key(text) or epci.code == text]
    if len(exact) == 1 or (len(found) == 1 and not found[0].through):
        return Named((exact or found)[0])
    if found:
        return Named(None, f"« {text} » peut désigner plusieurs intercommunalités : choisissez.", found)
    return Named(None, _refused(text, "le nom d'une intercommunalité, son SIREN ou l'une de ses communes"))


def _refused(text: str, expected: str) -> str:
    if not text:
        return f"À remplir : {expected}."
    return f"« {text[:60]} » n'est pas accepté. Attendu : {expected}."
