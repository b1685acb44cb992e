"""The answer of the simulator: amounts, indicators, what is missing, what remains to be confirmed.

``None`` in an amount or in points means « à confirmer », never zero. ``as_dict`` gives what the API, the
command line and the pages show (amounts as text with two decimals).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from maillage.core.rules.aci_msp.situation import SituationAciMsp

Level = Literal["prérequis", "socle", "option"]
Axis = Literal[1, 2, 3]


@dataclass(frozen=True)
class ParameterUse:
    """A figure of the texts that an indicator uses, as it stood in the year of the simulation.

    ``since`` and ``until`` are ISO days, ``until`` is ``None`` while no end is known. ``texts`` are (title, address
    or ``None``). ``to_confirm``: a newer text may have changed it, or its confidence is C.
    """

    path: str
    label: str
    value: Any
    unit: str
    since: str
    until: str | None
    confidence: str
    texts: tuple[tuple[str, str | None], ...]
    to_confirm: bool

    def as_dict(self) -> dict[str, Any]:
        """The parameter as the API says it."""
        return {
            "chemin": self.path,
            "libelle": self.label,
            "valeur": self.value,
            "unite": self.unit,
            "depuis": self.since,
            "jusqu_a": self.until,
            "confiance": self.confidence,
            "textes": [{"titre": title, "url": url} for title, url in self.texts],
            "a_confirmer": self.to_confirm,
        }


class IndicatorResult(NamedTuple):
    """One line of the grid: what it earns, why, and what it could still earn.

    ``points`` are those that the line reaches; ``amount`` is in euros, without the precarity majoration, and zero
    when a prerequisite is missing. ``missing`` says what to do and ``possible_gain`` how many euros of the year
    this line alone would add, both ``None`` when nothing is left to gain (or nothing depends on the team).
    """

    id: str
    label: str
    level: Level
    axis: Axis
    points: float
    amount: Decimal
    explanation: str
    parameters: tuple[ParameterUse, ...]
    missing: str | None
    possible_gain: Decimal | None

    def as_dict(self) -> dict[str, Any]:
        """The line as the API says it."""
        return {
            "id": self.id,
            "libelle": self.label,
            "niveau": self.level,
            "axe": self.axis,
            "points": self.points,
            "montant": str(self.amount),
            "explication": self.explanation,
            "parametres": [use.as_dict() for use in self.parameters],
            "manque": self.missing,
            "gain_possible": _text(self.possible_gain),
        }


class ToConfirm(NamedTuple):
    """Something that the texts at hand do not settle: what, why, and who can settle it."""

    subject: str
    reason: str
    who: str

    def as_dict(self) -> dict[str, str]:
        """The reservation as the API says it."""
        return {"objet": self.subject, "motif": self.reason, "qui": self.who}


@dataclass(frozen=True)
class Simulation:
    """The ACI of one maison de santé for one year.

    ``increase`` is the precarity majoration as a fraction, ``None`` when the rates are not known (the amount is
    then computed without it). ``points`` are those paid: zero when a prerequisite is missing. ``balance`` is the
    amount minus the advance; it may be negative.
    """

    situation: SituationAciMsp
    amount: Decimal | None
    points: float | None
    increase: float | None
    missing_prerequisites: tuple[str, ...]
    indicators: tuple[IndicatorResult, ...]
    advance: Decimal | None
    balance: Decimal | None
    to_confirm: tuple[ToConfirm, ...]

    def as_dict(self) -> dict[str, Any]:
        """The simulation as the API, the command line and the pages say it."""
        return {
            "montant": _text(self.amount),
            "points": self.points,
            "majoration": self.increase,
            "prerequis_manquants": list(self.missing_prerequisites),
            "indicateurs": [indicator.as_dict() for indicator in self.indicators],
            "avance": _text(self.advance),
            "solde": _text(self.balance),
            "a_confirmer": [item.as_dict() for item in self.to_confirm],
        }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
