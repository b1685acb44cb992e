"""What the data says of one source of money: its amount, what is asked, what it cannot be had with."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from maillage.core.rules.base import StructureCode

Moment = Literal["projet", "structure", "toujours"]
AidStep = Literal["creation", "installation", "fonctionnement", "investissement", "maintien", "formation"]
AidType = Literal["forfait", "subvention", "consultant", "exoneration", "bourse", "garantie", "cotisations"]

# What a nature says of the steps and of the type of an aid that does not say them.
STEPS_OF: dict[str, AidStep] = {
    "fonctionnement": "fonctionnement",
    "missions": "fonctionnement",
    "plafond": "fonctionnement",
    "amorçage": "creation",
    "élaboration": "creation",
    "accompagnement": "creation",
    "investissement": "investissement",
}
ASSURANCE_MALADIE = ("Assurance Maladie", "CPAM")


class AidCondition(BaseModel):
    """One thing that is asked to have an aid; a plain text in the data is one that no answer of a team decides.

    ``regles``: conditions of creation that must all be met. ``si``: answers, one of each field. ``equipe``:
    professions of which the team needs one of each. ``jamais``: the structure cannot have it. ``nature``: without what
    is of « fond » the aid is excluded; a « demarche » is still to be done; a « suite » comes with the aid and does not
    decide it. ``manque``: what to do when it is not met.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    libelle: str
    regles: tuple[str, ...] = ()
    si: dict[str, tuple[str, ...]] = {}
    equipe: tuple[str, ...] = ()
    jamais: bool = False
    nature: Literal["fond", "demarche", "suite"] = "demarche"
    manque: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether the answers of a team can say that it is met."""
        return bool(self.regles or self.si or self.equipe or self.jamais)


def _condition(written: Any) -> Any:
    return {"libelle": written} if isinstance(written, str) else written


Conditions = tuple[Annotated[AidCondition, BeforeValidator(_condition)], ...]


class AidData(BaseModel):
    """One source of money.

    ``parametre`` gives one amount, used as ``borne`` says; ``minimum`` and ``maximum`` an interval; ``par_taille`` is
    a folder of four amounts, by size of the CPTS; ``calcul`` names a computation. ``motif`` says why an amount that
    is known stays to confirm; ``taux`` that the parameter is a rate, not an amount. ``conditions_depuis`` holds the
    conditions that replace ``conditions`` from a day on; before ``depuis``, the day of the text that creates it, and
    after ``jusqu_a`` nobody can ask for it.
    ``demandee``: when it is asked, while the « projet » is written or once the « structure » stands; ``exclut`` and
    ``exclu_par``: ids of the aids that it excludes, or that exclude it; ``etapes`` and ``types``: where the list of the
    aids puts it; ``demande``: how one asks for it, and who decides.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    structure: StructureCode
    libelle: str
    payeur: str
    nature: str
    unite: str
    parametre: str = ""
    borne: Literal["exact", "plafond", "plancher"] = "exact"
    minimum: str = ""
    maximum: str = ""
    par_taille: str = ""
    calcul: Literal["", "aci_msp"] = ""
    taux: bool = False
    population_minimale: str = ""
    motif: str = ""
    conditions: Conditions = ()
    conditions_depuis: dict[datetime.date, Conditions] = {}
    depuis: datetime.date = datetime.date.min
    jusqu_a: datetime.date = datetime.date.max
    explication: str
    demandee: Moment | None = None
    exclut: tuple[str, ...] = ()
    exclu_par: tuple[str, ...] = ()
    etapes: tuple[AidStep, ...] = ()
    types: tuple[AidType, ...] = ()
    demande: str = ""

    def exists_on(self, date: datetime.date) -> bool:
        """Whether one can ask for it on a day."""
        return self.depuis <= date <= self.jusqu_a

    def asked_on(self, date: datetime.date) -> tuple[AidCondition, ...]:
        """What is asked on a day: the last list of ``conditions_depuis`` that has begun, else ``conditions``."""
        begun = [since for since in self.conditions_depuis if since <= date]
        return self.conditions_depuis[max(begun)] if begun else self.conditions

    def conditions_on(self, date: datetime.date) -> tuple[str, ...]:
        """The same, in words."""
        return tuple(condition.libelle for condition in self.asked_on(date))

    @property
    def moment(self) -> Moment:
        """When it is asked: what makes a project, before it stands; what pays its life, once it stands."""
        return self.demandee or ("structure" if self.steps == ("fonctionnement",) else "projet")

    @property
    def is_a_right(self) -> bool:
        """Whether whoever meets the conditions has it; the others are granted case by case."""
        return self.payeur in ASSURANCE_MALADIE

    @property
    def steps(self) -> tuple[AidStep, ...]:
        """The moments of a project at which it helps."""
        return self.etapes or (STEPS_OF.get(self.nature, "fonctionnement"),)

    @property
    def kinds(self) -> tuple[AidType, ...]:
        """What it is: flat money of the assurance maladie, a grant, the time of a consultant…"""
        if self.types:
            return self.types
        if self.nature == "accompagnement":
            return ("consultant",)
        return ("forfait",) if self.is_a_right else ("subvention",)
