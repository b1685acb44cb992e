"""What every variable of the rules stands on: 64-bit numbers, three-valued answers, described conditions."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable as OpenFiscaVariable

from maillage.core.rules.entities import Structure

StructureCode = Literal["ESP", "MSP", "CDS", "ESS", "CPTS"]
STRUCTURE_CODES: tuple[StructureCode, ...] = ("ESP", "MSP", "CDS", "ESS", "CPTS")
Truth = NDArray[np.float64]
"""1 is true, 0 is false, not-a-number is unknown."""


class Reponse(Enum):
    """An answer that may not have been given."""

    oui = "Oui"
    non = "Non"
    inconnue = "Non précisé"


class Etat(Enum):
    """State of a condition."""

    remplie = "Remplie"
    manquante = "Manquante"
    inconnue = "Inconnue"
    sans_objet = "Sans objet"


@dataclass(frozen=True)
class ConditionSpec:
    """What a page says of a condition, beside its label.

    ``kind``: « fond » decides whether the structure is possible; « demarche » is in the hands of the team
    (a document to write, a status to take). ``blocking``: when it is missing, the structure is impossible
    and nothing that the team does can change it; ``blocking_if`` is the path of the dated yes or no that says it where
    regions differ. ``parameter``: path of the parameter whose text founds it. ``lists``: paths of the lists of
    professions that it counts.
    ``asked``: somebody else decides it (the ARS): the team asks for it.
    ``fields``: fields of the situation that it reads, the most telling first. ``todo``: what to do when it is missing.
    """

    structure: StructureCode
    kind: Literal["fond", "demarche"]
    parameter: str
    fields: tuple[str, ...]
    todo: str
    blocking: bool = False
    blocking_if: str = ""
    lists: tuple[str, ...] = ()
    asked: bool = False


class Numbers(np.ndarray):
    """Floats whose list says ``None`` where the number is unknown: JSON has no not-a-number."""

    def tolist(self) -> Any:
        return np.where(np.isnan(self), np.array(None, dtype=object), self).tolist()


class Variable(OpenFiscaVariable):
    """Base of our variables: floats are 64 bits (OpenFisca's default of 32 loses cents).

    A float whose default is not-a-number is unknown until it is given; ``default_value`` then reads ``None``.
    """

    spec: Any = None
    value_type: Any
    possible_values: Any
    default_value: Any
    entity: Any
    definition_period: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Keep ``spec`` out of the class dictionary, where OpenFisca refuses attributes that it does not know."""
        super().__init_subclass__(**kwargs)
        spec = cls.__dict__.get("spec")
        if spec is not None:
            del cls.spec
            cls.__spec__ = spec

    def __init__(self, baseline_variable: Any = None) -> None:
        super().__init__(baseline_variable)
        self.spec = getattr(self.__class__, "__spec__", None)
        if self.value_type is float:
            self.dtype = np.float64
            if np.isnan(self.default_value):
                self.default_value = None

    def default_array(self, array_size: int) -> Any:
        """One default per entity."""
        if self.default_value is None:
            return np.full(array_size, np.nan).view(Numbers)
        return super().default_array(array_size)


class Condition(Variable):
    """A condition of creation: the state of a structure on a day. A subclass adds label, spec and formula."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Write the common attributes in each class: OpenFisca does not read those that are inherited."""
        super().__init_subclass__(**kwargs)
        cls.value_type, cls.possible_values, cls.default_value = Enum, Etat, Etat.inconnue
        cls.entity, cls.definition_period = Structure, DateUnit.DAY


def truth_of(answer: Any) -> Truth:
    """Truth of an array of :class:`Reponse`."""
    return np.select([answer == Reponse.oui, answer == Reponse.non], [1.0, 0.0], default=np.nan)


def all_of(*truths: Truth) -> Truth:
    """Conjunction in Kleene's logic: false as soon as one is false, else unknown as soon as one is unknown.

    >>> all_of(np.array([1.0, 1.0, 0.0]), np.array([1.0, np.nan, np.nan]))
    array([ 1., nan,  0.])
    """
    stacked = np.stack(np.broadcast_arrays(*truths))
    return np.where((stacked == 0).any(axis=0), 0.0, np.where(np.isnan(stacked).any(axis=0), np.nan, 1.0))


def any_of(*truths: Truth) -> Truth:
    """Disjunction in Kleene's logic: true as soon as one is true, else unknown as soon as one is unknown.

    >>> any_of(np.array([1.0, 0.0, 0.0]), np.array([np.nan, np.nan, 0.0]))
    array([ 1., nan,  0.])
    """
    stacked = np.stack(np.broadcast_arrays(*truths))
    return np.where((stacked == 1).any(axis=0), 1.0, np.where(np.isnan(stacked).any(axis=0), np.nan, 0.0))


def none_of(truth: Truth) -> Truth:
    """Negation: unknown stays unknown."""
    return 1.0 - truth


def at_least(quantity: Truth, minimum: float | Truth) -> Truth:
    """Whether ``quantity`` reaches ``minimum``; unknown when the quantity (or the minimum) is."""
    known = ~(np.isnan(quantity) | np.isnan(minimum))
    return np.where(known, (quantity >= minimum).astype(np.float64), np.nan)


def state_of(truth: Truth, applies: Any = True) -> Any:
    """State of a condition from its truth; ``sans_objet`` where it does not apply. Returns an EnumArray."""
    applicable = np.broadcast_to(np.asarray(applies, dtype=bool), truth.shape)
    names = np.select(
        [~applicable, np.isnan(truth), truth > 0], ["sans_objet", "inconnue", "remplie"], default="manquante"
    )
    return Etat.encode(names)
