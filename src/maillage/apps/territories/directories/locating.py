"""The commune of today of an address: by its code INSEE, else by its postal code and the name written there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from maillage.apps.territories.names import search_key

CEDEX = re.compile(r"\bcedex\b.*$")
POSTAL = re.compile(r"^([0-9]{5})\b *(.*)$")
CORSICA = ("2A", "2B")


class Means(Enum):
    """How a commune was found."""

    CODE = "code"
    POSTAL = "code postal"
    NAME = "nom"
    NONE = "inconnue"


class Place(NamedTuple):
    """A commune that can be found: its code, the key of its name, its département, its city when a quarter of one."""

    code: str
    name: str
    departement: str
    parent: str = ""


class Located(NamedTuple):
    """The code of the commune, empty when none is found, and how it was found."""

    code: str
    means: Means


NOWHERE = Located("", Means.NONE)


@dataclass
class Locator:
    """The communes of today, the single heir of each former code, the communes of each postal code."""

    places: Mapping[str, Place]
    heirs: Mapping[str, str]
    postal: Mapping[str, frozenset[str]]
    _names: dict[tuple[str, str], str] = field(init=False, repr=False)
    _parents: set[str] = field(init=False, repr=False)
    _known: dict[tuple[str, str, str], Located] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._parents = {place.parent for place in self.places.values() if place.parent}
        self._names = {}
        for place in self.places.values():
            key = (place.departement, place.name)
            # Two communes of one name in a département: the name alone tells neither.
            self._names[key] = "" if key in self._names else place.code

    def locate(self, code: str, postal: str = "", label: str = "") -> Located:
        """The commune of a code INSEE, a postal code and a name (« RENNES CEDEX 7 »), each empty when not given."""
        asked = (code, postal, label)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._locate(*asked)
        return found

    def _locate(self, code: str, postal: str, label: str) -> Located:
        today = self._today(code.strip().upper())
        name = CEDEX.sub("", search_key(label)).strip()
        if today and today not in self._parents:
            return Located(today, Means.CODE)
        nearby = self._of_postal(postal.strip(), name)
        if today:
            # Paris, Lyon, Marseille: the postal code tells the arrondissement.
            quarter = nearby if nearby and self.places[nearby].parent == today else today
            return Located(quarter, Means.CODE)
        if nearby:
            return Located(nearby, Means.POSTAL)
        named = self._of_name(postal.strip(), name)
        return Located(named, Means.NAME) if named else NOWHERE

    def _today(self, code: str) -> str:
        return code if code in self.places else self.heirs.get(code, "")

    def _of_postal(self, postal: str, name: str) -> str:
        codes = self.postal.get(postal, frozenset())
        quarters = {self.places[code].parent for code in codes}
        left = [code for code in codes if code not in quarters]
        if len(left) > 1:
            left = [code for code in left if self.places[code].name == name]
        return left[0] if len(left) == 1 else ""

    def _of_name(self, postal: str, name: str) -> str:
        if len(postal) != 5 or not postal.isdigit() or not name:
            return ""
        found = {self._names.get((departement, name), "") for departement in departements_of(postal)} - {""}
        return found.pop() if len(found) == 1 else ""


def departements_of(postal: str) -> Iterable[str]:
    """The départements that a postal code may be of: its first two figures, three overseas, both in Corsica."""
    if postal.startswith("20"):
        return CORSICA
    return (postal[:3],) if postal.startswith("97") else (postal[:2],)


def written_address(line: str) -> tuple[str, str]:
    """The postal code and the name of a last line of address: « 25300 DOUBS » → « 25300 », « DOUBS »."""
    found = POSTAL.match(line.strip())
    return (found[1], found[2]) if found else ("", line.strip())
