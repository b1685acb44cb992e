"""One aid of the list, whatever it comes from, and the words of its facets."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.core.kernel import french
from maillage.core.rules.aides.choices import PROFESSIONS

STEPS = {
    "creation": "Créer la structure",
    "formation": "Se former",
    "installation": "S'installer",
    "fonctionnement": "Fonctionner",
    "investissement": "Investir",
    "maintien": "Rester",
}
KINDS = {
    "forfait": "Forfait de l'Assurance maladie",
    "subvention": "Subvention",
    "consultant": "Temps de consultant",
    "exoneration": "Exonération d'impôt",
    "cotisations": "Prise en charge de cotisations",
    "garantie": "Garantie de revenu",
    "bourse": "Bourse d'études",
}
PAYERS = {
    "assurance_maladie": "Assurance maladie",
    "ars": "ARS",
    "etat": "État",
    "region": "Région",
    "collectivites": "Départements, communes, EPCI",
    "europe": "Union européenne",
    "impots": "Service des impôts",
}
# Words, without accents, by which a payer is known.
PAYER_WORDS = {
    "assurance_maladie": {"assurance", "cpam"},
    "ars": {"ars"},
    "etat": {"etat", "prefecture", "prefectures"},
    "region": {"region"},
    "collectivites": {"collectivites", "collectivite", "departement", "departements", "commune", "communes", "epci"},
    "europe": {"europeenne"},
    "impots": {"impots"},
}
STRUCTURES = {
    "ESP": "Équipe de soins primaires (ESP)",
    "MSP": "Maison de santé (MSP)",
    "CDS": "Centre de santé (CDS)",
    "ESS": "Équipe de soins spécialisés (ESS)",
    "CPTS": "CPTS",
}
PROFESSIONALS = {
    "medecin_generaliste": "Médecin généraliste",
    "medecin_specialiste": "Médecin spécialiste",
    "infirmier": "Infirmier",
    "masseur_kinesitherapeute": "Masseur-kinésithérapeute",
    "sage_femme": "Sage-femme",
    "orthophoniste": "Orthophoniste",
    "autre": "Autre profession de santé",
    "etudiant": "Étudiant",
}
WHO = STRUCTURES | PROFESSIONALS
# Where: every region at once.
EVERYWHERE = "toutes"
EVERY_PROFESSION = tuple(
    code for code in PROFESSIONALS if code in {*PROFESSIONS, *PROFESSIONALS} and code != "etudiant"
)


@dataclass(frozen=True)
class Figure:
    """A figure of a text on a day, in French; ``value`` is ``None`` when it is not established (``why``)."""

    path: str
    label: str
    value: str | None
    why: str = ""


@dataclass(frozen=True)
class Text:
    """A text that founds an aid."""

    title: str
    url: str | None


@dataclass(frozen=True)
class AidOnDay:
    """What an aid is on a day.

    ``low`` and ``high`` bound its amount in euros, ``None`` when it is not known or does not stand alone; ``unit`` is
    what it pays; ``method`` says how it is calculated; ``conditions`` what is asked; ``is_open`` whether one may ask
    for it.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    is_open: bool
    to_confirm: bool
    method: str
    conditions: tuple[str, ...]
    figures: tuple[Figure, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Place:
    """The only place where an aid is given; ``region`` and ``department`` are INSEE codes, empty department: all."""

    name: str
    region: str
    department: str = ""

    def holds(self, region: str, department: str) -> bool:
        """Whether a commune of this region and of this department is there."""
        return self.region == region and self.department in ("", department)


@dataclass(frozen=True)
class Aid:
    """An aid. ``who``: structures and professions; ``region``: code of the region, empty for the nation; ``name``: its
    id in an orientation, or its variable in a simulator; ``simulator``: code of the simulator that gives its detail;
    ``excludes``: ids of the aids of this list that it cannot be had with; ``place``: where it is given, when it is
    neither the nation nor one of the regions that write their own aids.
    """

    id: str
    name: str
    label: str
    who: tuple[str, ...]
    region: str
    payer: str
    kinds: tuple[str, ...]
    steps: tuple[str, ...]
    unit: str
    since: datetime.date | None
    until: datetime.date | None
    request: str
    simulator: str
    is_line: bool
    excludes: tuple[str, ...] = ()
    line: str = ""
    place: Place | None = None

    @property
    def payers(self) -> tuple[str, ...]:
        """The families of those who pay."""
        words = set(french.fold(self.payer).split())
        return tuple(code for code, known in PAYER_WORDS.items() if words & known)

    @property
    def structure(self) -> str:
        """The structure that it is for, the first of them, empty for an aid to professionals."""
        return self.who[0] if self.who[0] in STRUCTURES else ""

    def as_dict(self, day: AidOnDay) -> dict[str, Any]:
        """JSON of an aid on a day."""
        return {
            "id": self.id,
            "libelle": self.label,
            "qui": list(self.who),
            "region": self.region or None,
            "payeur": self.payer,
            "payeurs": list(self.payers),
            "types": list(self.kinds),
            "etapes": list(self.steps),
            "montant_min": _amount(day.low),
            "montant_max": _amount(day.high),
            "unite": day.unit,
            "a_confirmer": day.to_confirm,
            "calcul": day.method,
            "conditions": list(day.conditions),
            "textes": [{"titre": text.title, "url": text.url} for text in day.texts],
            "depuis": self.since.isoformat() if self.since else None,
            "jusqu_a": self.until.isoformat() if self.until else None,
            "exclut": list(self.excludes),
            "demande": self.request or None,
            "simulateur": self.simulator or None,
        }


def named(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Codes in words, apart by commas."""
    return ", ".join(names[code] for code in codes)


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
