"""What the checks of a dossier look at: plain values, read by the caller (apps/dossiers/facts.py).

``Own`` is what the structure says of itself: it is kept in each deposit, so that a check after the deposit reads what
was filed. The rest is what the authority knows on the day: recognised structures, agreements, zonages.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from maillage.core.dossiers.definition import Definition
from maillage.core.kernel import french
from maillage.core.rules.packs.data import Data

PLACES = ("communes", "commune")
"""Types of the questions whose answer is a territory."""
NOT_ANSWERED: tuple[Any, ...] = (None, "", [], ())


class OwnCondition(Data):
    """A condition of the structure as the orientation answers it (core/rules/orientation)."""

    code: str
    libelle: str
    etat: Literal["remplie", "manquante", "inconnue"]
    manque: str = ""
    a_confirmer: str = ""


class OwnBudget(Data):
    """A year of the budget of the project; an amount is ``None`` while a line of it has none."""

    annee: int
    depenses: Decimal | None = None
    ressources: Decimal | None = None


class OwnSignatures(Data):
    """Where the signatures of the project stand; ``change``: the project no longer says what was signed."""

    version: int
    attendues: int
    donnees: int
    change: bool = False


class Own(Data):
    """What the structure says of itself. ``formes`` are the legal persons that are constituted, ``pensees`` those that
    are thought of; ``equipe`` counts who is named, by profession; ``rubriques`` names what is not ready in the project,
    ``None`` without a project."""

    communes: tuple[str, ...] = ()
    specialite: str = ""
    formes: tuple[str, ...] = ()
    pensees: tuple[str, ...] = ()
    equipe: dict[str, int] = {}
    champs: tuple[str, ...] | None = None
    conditions: tuple[OwnCondition, ...] = ()
    rubriques: tuple[str, ...] | None = None
    budget: tuple[OwnBudget, ...] = ()
    signatures: OwnSignatures | None = None


@dataclass(frozen=True)
class Neighbour:
    """Another structure on the same communes: recognised (``nom`` is public), or with a dossier in progress
    (``number`` of it; only who reviews may read ``nom``)."""

    nom: str
    communes: tuple[str, ...]
    number: str = ""
    specialite: str = ""


@dataclass(frozen=True)
class Figure:
    """The value of a parameter on the day; ``why`` says why it is not known, or to confirm; ``label`` names it,
    ``since`` is the day from which it stands."""

    value: Any
    why: str = ""
    label: str = ""
    since: datetime.date | None = None


@dataclass(frozen=True)
class Place:
    """A commune in the « médecins » zonage: ``zone`` is « zip », « zac », « hors_zone » or ``None`` (not known);
    ``quartiers`` whether a quartier prioritaire lies in it, ``None`` when no list of them is loaded."""

    code: str
    nom: str
    zone: str | None = None
    quartiers: bool | None = None


@dataclass(frozen=True)
class Request:
    """Another dossier of the same structure. ``agrees``: the conventional mode it asks for; ``granted``: accepted."""

    number: str
    family: str
    agrees: str = ""
    granted: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything that a check may look at, for one dossier on one day.

    ``filed_on`` is the day of the deposit, ``None`` before; ``documents`` counts the files joined, by code.
    ``neighbours`` are recognised structures of the same kind on the communes, ``rivals`` what only who reviews may
    know of: dossiers of others in progress, decisions not told yet. ``agreements``: the modes in force; ``places``: the
    communes of the territory and of the answers; ``figures``: the parameters that the checks name.
    """

    definition: Definition
    structure: str
    region: str
    day: datetime.date
    filed_on: datetime.date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)
    own: Own = field(default_factory=Own)
    population: int | None = None
    neighbours: tuple[Neighbour, ...] = ()
    rivals: tuple[Neighbour, ...] = ()
    agreements: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def territory(self) -> tuple[str, ...]:
        """The communes of the dossier: those of the form, else those of the structure."""
        return self.chosen(self.territory_field) or self.own.communes

    @property
    def territory_field(self) -> str:
        """The question of the form that gives the territory; empty when none is answered."""
        asked = (each.code for each in self.definition.champs if each.type in PLACES and self.given(each.code))
        return next(asked, "")

    @property
    def project_documents(self) -> tuple[str, ...]:
        """The documents that are the project itself."""
        return tuple(each.code for each in self.definition.pieces if each.origine == "projet")

    def named(self, commune: str) -> str:
        """The name of a commune, its code when nobody knows it."""
        found = self.places.get(commune)
        return found.nom if found else commune

    def given(self, code: str) -> Any:
        """The answer to a question; ``None`` when it is not given."""
        found = self.answers.get(code) if code else None
        return None if found in NOT_ANSWERED else found

    def chosen(self, code: str) -> tuple[str, ...]:
        """The answers to a question that takes several, or the one."""
        found = self.given(code)
        if found is None:
            return ()
        return tuple(str(each) for each in found) if isinstance(found, list | tuple) else (str(found),)

    def told(self, code: str) -> bool | None:
        """The answer to a yes or no question."""
        found = self.given(code)
        return found if isinstance(found, bool) else {"oui": True, "non": False}.get(str(found))

    def number(self, code: str) -> Decimal | None:
        """The answer to a question that takes a number or an amount."""
        found = self.given(code)
        if found is None or isinstance(found, bool | list):
            return None
        try:
            value = Decimal(str(found).replace(",", "."))
        except InvalidOperation:
            return None
        return value if value.is_finite() else None

    def date(self, code: str) -> datetime.date | None:
        """The answer to a question that takes a day."""
        found = self.given(code)
        if isinstance(found, datetime.date):
            return found
        try:
            return datetime.date.fromisoformat(str(found))
        except ValueError:
            return None

    def label(self, code: str) -> str:
        """How the form asks a question."""
        return next((each.libelle for each in self.definition.champs if each.code == code), code)

    def said(self, code: str) -> str:
        """An answer in French; « sans réponse » when there is none."""
        values = self.chosen(code)
        if not values:
            return "sans réponse"
        return ", ".join(self.worded(code, each) for each in values)

    def document(self, code: str) -> str:
        """How the list of documents names one."""
        return next((each.libelle for each in self.definition.pieces if each.code == code), code)

    def worded(self, code: str, value: str) -> str:
        """One value of an answer in French."""
        asked = next((each for each in self.definition.champs if each.code == code), None)
        named = {each.code: each.libelle for each in asked.options} if asked else {}
        if asked and asked.type == "date":
            day = self.date(code)
            return french.day(day) if day else value
        return named.get(value) or {"True": "oui", "False": "non"}.get(value, value)
