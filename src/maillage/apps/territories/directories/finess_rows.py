"""What the three layouts of FINESS share: the row, its codes, its commune, what is left out and why.

Categories: apl_zonage.md, section 6.2 (620 pharmacie d'officine, confidence A; 124 centre de santé, 603 maison de
santé, 604 CPTS, confidence B). The JSON flow gives no label: only these four have one then.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from maillage.apps.territories.directories.keys import finess_fault
from maillage.apps.territories.directories.locating import Locator, Means, written_address
from maillage.core.kernel.french import number, plural

CATEGORIES = {
    "124": "Centre de santé",
    "603": "Maison de santé",
    "604": "Communauté professionnelle territoriale de santé (CPTS)",
    "620": "Pharmacie d'officine",
}
CENTRE_DE_SANTE, MAISON_DE_SANTE, CPTS, PHARMACIE = CATEGORIES
SIRET = re.compile(r"[0-9]{14}")
CATEGORY = re.compile(r"[0-9A-Z]{1,8}")
ISO, FRENCH = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
LONGEST = 250


class FacilityRow(NamedTuple):
    """A row of the table Facility, in the order of its columns, the source apart."""

    finess: str
    finess_ej: str
    nom: str
    categorie: str
    categorie_libelle: str
    siret: str
    commune: str
    latitude: float | None
    longitude: float | None
    opened_on: datetime.date | None


@dataclass(frozen=True)
class Written:
    """An establishment as a file writes it. ``commune``: five characters; ``address``: last line of the address."""

    finess: str
    finess_ej: str
    nom: str
    categorie: str
    libelle: str
    siret: str
    commune: str
    postal: str
    address: str
    opened: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass
class Tally:
    """What is counted while reading."""

    lines: int = 0
    closed: int = 0
    unplaced: int = 0
    found: Counter[Means] = field(default_factory=Counter)

    def notes(self) -> Iterator[str]:
        """What to say of the whole, in French sentences."""
        told = (
            (self.closed, "non repris", "car fermé"),
            (self.found[Means.POSTAL], "situé", "par le code postal, faute de code de commune"),
            (self.found[Means.NAME], "situé", "par le nom de la commune, faute de code connu"),
            (self.found[Means.NONE], "gardé", "sans commune"),
            (self.unplaced, "gardé", "sans position sur la carte"),
        )
        for count, verb, how in told:
            if count:
                ends = plural(count, verb), how.replace("fermé", plural(count, "fermé"))
                yield f"{number(count)} {plural(count, 'établissement')} {ends[0]} {ends[1]}."


@dataclass
class Facilities:
    """Turns what is written into rows; each number once."""

    locator: Locator
    tally: Tally = field(default_factory=Tally)
    _lines: dict[str, int] = field(default_factory=dict)

    def row(self, line: int, written: Written) -> FacilityRow | str:
        """The row, or why it is left out, in French."""
        fault = self._fault(written)
        if fault:
            return fault
        self._lines[written.finess] = line
        postal, name = written_address(written.address)
        located = self.locator.locate(written.commune, written.postal or postal, name)
        self.tally.found[located.means] += 1
        self.tally.unplaced += written.latitude is None or written.longitude is None
        return FacilityRow(
            finess=written.finess,
            finess_ej="" if finess_fault(written.finess_ej) else written.finess_ej,
            nom=written.nom[:LONGEST],
            categorie=written.categorie,
            categorie_libelle=(written.libelle or CATEGORIES.get(written.categorie, ""))[:LONGEST],
            siret=written.siret if SIRET.fullmatch(written.siret) else "",
            commune=located.code,
            latitude=written.latitude,
            longitude=written.longitude,
            opened_on=day_of(written.opened),
        )

    def _fault(self, written: Written) -> str:
        fault = finess_fault(written.finess)
        if fault:
            return fault
        if written.finess in self._lines:
            return f"numéro FINESS déjà lu ({self._lines[written.finess]})"
        if not CATEGORY.fullmatch(written.categorie):
            return "code de catégorie absent ou mal formé"
        return "" if written.nom else "raison sociale absente"


def commune_code(departement: str, commune: str) -> str:
    """The code INSEE, from the département and the three digits that FINESS writes apart.

    Overseas, the three digits begin with the last one of the département: « 97 » and the three digits make the code,
    whether the département is written « 971 » or by a figure and a letter (« 9A »).

    >>> commune_code("1", "4"), commune_code("2A", "004"), commune_code("974", "411"), commune_code("9D", "411")
    ('01004', '2A004', '97411', '97411')
    """
    number_, dep = commune.strip().zfill(3), departement.strip().upper().zfill(2)
    overseas = len(dep) == 3 or (len(dep) == 2 and dep[0] == "9" and dep[1].isalpha())
    if not overseas:
        return dep + number_
    return dep + number_[1:] if dep.startswith("98") else "97" + number_


def day_of(text: str) -> datetime.date | None:
    """A day written « 1990-09-20 » or « 20/09/1990 »; ``None`` when it is absent or is no day."""
    iso, french = ISO.match(text), FRENCH.match(text)
    parts = iso.groups() if iso else french.groups()[::-1] if french else None
    if parts is None:
        return None
    try:
        return datetime.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def degrees(text: str, largest: float) -> float | None:
    """A latitude or a longitude; ``None`` when it is absent, 0 (never given in France) or out of range."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if value and abs(value) <= largest else None
