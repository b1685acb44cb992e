"""The method of the APL for a profession on a day, read from the dated parameters of the rules."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.system import system
from maillage.core.rules.texts import DatedValue, ParameterText
from maillage.core.territory.decay import Decay
from maillage.core.territory.travel import Estimate

Floats = NDArray[np.float64]
PROFESSIONS = ("medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "chirurgien_dentiste", "sage_femme")
"""The professions for which the DREES publishes an APL, in its order."""
GP = "medecin_generaliste"
ROOT = "territoire"


@dataclass(frozen=True)
class Used:
    """A parameter of the method: its path, its value on the day, the text that gives it."""

    text: ParameterText
    dated: DatedValue

    def as_dict(self) -> dict[str, Any]:
        """The parameter as the API and the exports write it."""
        return {
            "chemin": self.text.path,
            "libelle": self.text.label,
            "valeur": self.dated.value,
            "unite": self.text.unit,
            "confiance": self.dated.confidence,
            "sources": [reference.title for reference in self.dated.references],
            "reserve": self.dated.reason or None,
        }


@dataclass(frozen=True)
class Method:
    """How the accessibility to a profession is computed.

    ``age_weights`` maps a number of age classes (3 or 5) to their weights, relative. ``demand_share`` is the national
    standardised demand over the national population (1, or the share of women for midwives). ``activity`` is the
    supply of one professional, in ``activity_unit``; ``floor`` and ``ceiling`` bound a known activity (``None``: no
    bound). ``scale`` is the number of inhabitants of the ``unit``. ``weighting`` is what weighs the mean of communes:
    « population », « population_standardisee » or « femmes ».
    """

    profession: str
    day: datetime.date
    decay: Decay
    estimate: Estimate
    age_weights: Mapping[int, Floats]
    demand_share: float
    activity: float
    floor: float | None
    ceiling: float | None
    scale: float
    unit: str
    weighting: str
    used: tuple[Used, ...]

    def standardised(self, ages: ArrayLike, national: ArrayLike) -> Floats:
        """Standardised inhabitants of each place, from its inhabitants by age: shape (n, classes) gives (n,).

        ``national`` (shape (classes,)) is the population by age that norms the weights: those of France, so that a
        single commune is worth the same alone or among all. Raises ``KeyError`` without weights for these classes,
        ``ValueError`` when nobody is counted.
        """
        counts, whole = np.asarray(ages, float), np.asarray(national, float)
        weights = self.age_weights[whole.size]
        weighted = float(whole @ weights)
        if weighted <= 0:
            raise ValueError("nobody is counted in the national population")
        return np.asarray(counts @ (weights * (self.demand_share * whole.sum() / weighted)))

    def supply(self, professionals: ArrayLike) -> Floats:
        """Supply of a number of professionals of unknown activity, in acts or ETP."""
        return np.asarray(professionals, float) * self.activity

    def bounded(self, acts: ArrayLike) -> Floats:
        """The activity of each professional held between the floor and the ceiling."""
        return np.asarray(np.clip(np.asarray(acts, float), self.floor, self.ceiling), float)

    def published(self, access: ArrayLike) -> Floats:
        """An access per standardised inhabitant in the unit of the DREES."""
        return np.asarray(access, float) * self.scale


class _Reader:
    """Reads parameters on a day and remembers them, in the order in which they are asked."""

    def __init__(self, profession: str, day: datetime.date) -> None:
        self.profession, self.day = profession, day
        self.used: list[Used] = []

    def value(self, path: str) -> Any:
        """The value of ``territoire.<path>``. Raises ``UnknownValue`` before its first date."""
        text = system().text(f"{ROOT}.{path}")
        self.used.append(Used(text, text.at(self.day)))
        return self.used[-1].dated.value

    def own(self, name: str) -> Any:
        """The value of the parameter ``name`` of the profession."""
        return self.value(f"apl.{self.profession}.{name}")

    def unit(self) -> str:
        """The unit of the parameter read last."""
        return self.used[-1].text.unit


def check_profession(profession: str) -> None:
    """Raises :class:`BadInput`, which proposes the nearest, when it is not one of :data:`PROFESSIONS`."""
    if profession not in PROFESSIONS:
        near = nearest(profession, PROFESSIONS)
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise BadInput([Problem("profession", profession, f"l'une de : {', '.join(PROFESSIONS)}{proposal}")])


def method_of(profession: str, day: datetime.date) -> Method:
    """The method in force on ``day`` for one of :data:`PROFESSIONS`.

    Raises :class:`BadInput` on another profession, ``UnknownValue`` on a day before the method.
    """
    check_profession(profession)
    read = _Reader(profession, day)
    decay = _decay(read)
    scale = float(read.own("echelle"))
    unit = read.unit()
    bounded = profession == GP
    return Method(
        profession=profession,
        day=day,
        decay=decay,
        estimate=_estimate(read),
        age_weights={size: np.array(read.own(f"poids_par_age_{size}"), float) for size in (3, 5)},
        demand_share=read.own("population_standardisee_nationale") / read.value("apl.population_nationale"),
        activity=float(read.own("activite_moyenne")),
        floor=float(read.own("activite_plancher")) if bounded else None,
        ceiling=float(read.own("activite_plafond")) if bounded else None,
        scale=scale,
        unit=unit,
        weighting=read.own("ponderation"),
        used=tuple(read.used),
    )


def _decay(read: _Reader) -> Decay:
    return Decay(
        tuple(read.own("bandes")),
        tuple(read.own("poids_des_bandes")),
        inner_included=read.value("apl.borne_interieure_comprise"),
        last_included=read.value("apl.derniere_borne_comprise"),
    )


def _estimate(read: _Reader) -> Estimate:
    return Estimate(read.value("temps.coefficient"), read.value("temps.exposant"), read.value("temps.facteur"))
