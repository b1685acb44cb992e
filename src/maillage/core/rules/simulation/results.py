"""The answer of a simulator as values, and its JSON: amounts have two decimals, ``None`` is « à confirmer »."""

import datetime
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from maillage.core.rules.simulation.exclusive import Conflicts, best_choice, conflicts_of
from maillage.core.rules.simulation.spec import Nature
from maillage.core.rules.simulation.uses import ParameterUse, ToConfirm

AmountState = Literal["certain", "possible", "exclu", "a_preciser", "a_confirmer"]
ConditionState = Literal["remplie", "manquante", "inconnue", "sans_objet"]
OtherState = Literal["etabli", "a_preciser", "a_confirmer"]
UNKNOWN = ("a_preciser", "a_confirmer")
"""States of an amount that nobody knows yet."""
WHO = "votre ARS ou votre CPAM"
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One line of the answer.

    ``state``: of an amount, « certain », « possible » (a condition is not known), « exclu », « a_preciser » (the case
    does not say enough) or « a_confirmer » (the texts do not); of a condition, its state; of the others, « etabli »,
    « a_preciser » or « a_confirmer ».
    ``low`` and ``high`` bound an amount in euros (equal when it is known). ``value``: a number, a text or a yes or no,
    with ``unit``. ``day``: of a deadline. ``missing``: what to do, or what to tell us. ``counted``: part of the total;
    ``meant``: it would be, were it known; ``apart``: had, but left out of it. ``control``: a condition that the whole
    answer must hold.
    """

    id: str
    name: str
    label: str
    group: str
    nature: Nature
    state: str
    explanation: str
    low: Decimal | None = None
    high: Decimal | None = None
    value: Any = None
    unit: str = ""
    day: datetime.date | None = None
    missing: str | None = None
    who: str = ""
    counted: bool = False
    meant: bool = False
    control: bool = False
    apart: bool = False
    excludes: tuple[str, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a figure of the line is weak in itself."""
        return any(use.doubtful for use in self.parameters)

    def as_dict(self) -> dict[str, Any]:
        """The line as the API says it."""
        return {
            "id": self.id,
            "variable": self.name,
            "libelle": self.label,
            "groupe": self.group,
            "nature": self.nature,
            "etat": self.state,
            "montant": _text(self.low),
            "montant_max": _text(self.high),
            "valeur": self.value,
            "unite": self.unit,
            "date": self.day.isoformat() if self.day else None,
            "explication": self.explanation,
            "manque": self.missing,
            "qui": self.who,
            "compte": self.counted,
            "exclut": list(self.excludes),
            "a_confirmer": self.doubtful,
            "parametres": [use.as_dict() for use in self.parameters],
        }


@dataclass(frozen=True)
class Answer:
    """What a simulator answers on one situation. ``low`` and ``high``: the total of the lines that are counted and
    certain, ``None`` when one of them is not known; ``established`` is the total of those that are.
    ``possible`` is what the possible lines would add. ``open_ended``: the total is a least, amounts that may be had are
    not known. It is ``None`` too where nothing of it is sure yet.
    """

    simulator: str
    day: datetime.date
    total: str
    lines: tuple[Line, ...]
    low: Decimal | None
    high: Decimal | None
    established: Decimal
    possible: Decimal
    to_confirm: tuple[ToConfirm, ...]
    open_ended: bool = False

    @property
    def apart(self) -> tuple[Line, ...]:
        """The amounts that the total leaves out and that are sure, or that no text gives: nobody may forget those."""
        return tuple(
            line
            for line in self.lines
            if line.apart and ((line.state == "certain" and line.low) or line.state == "a_confirmer")
        )

    @property
    def alerts(self) -> tuple[Line, ...]:
        """The conditions that the whole answer breaks."""
        return tuple(line for line in self.lines if line.control and line.state == "manquante")

    @property
    def deadlines(self) -> tuple[Line, ...]:
        """The dates of the answer, the earliest first."""
        found = (line for line in self.lines if line.nature == "echeance" and line.day)
        return tuple(sorted(found, key=lambda line: (line.day or self.day, line.id)))

    def as_dict(self) -> dict[str, Any]:
        """The answer as the API, the command line and the pages show it."""
        return {
            "simulateur": self.simulator,
            "date": self.day.isoformat(),
            "total": self.total or None,
            "montant": _text(self.low) if self.total else None,
            "montant_max": _text(self.high) if self.total else None,
            "montant_etabli": _text(self.established) if self.total else None,
            "montant_possible": _text(self.possible) if self.total else None,
            "au_moins": self.open_ended,
            "hors_total": [amount_dict(line) | {"etat": line.state} for line in self.apart] if self.total else [],
            "alertes": [
                {"id": line.id, "libelle": line.label, "explication": line.explanation} for line in self.alerts
            ],
            "lignes": [line.as_dict() for line in self.lines],
            "echeances": [deadline_dict(line) for line in self.deadlines],
            "a_confirmer": [item.as_dict() for item in self.to_confirm],
        }


def amount_dict(line: Line) -> dict[str, Any]:
    """An amount in short."""
    return {
        "id": line.id,
        "variable": line.name,
        "libelle": line.label,
        "montant": _text(line.low),
        "montant_max": _text(line.high),
        "unite": line.unit,
    }


def deadline_dict(line: Line) -> dict[str, Any]:
    """A deadline in short."""
    return {
        "id": line.id,
        "libelle": line.label,
        "date": line.day.isoformat() if line.day else None,
        "explication": line.explanation,
    }


def answer_of(simulator: str, total: str, day: datetime.date, lines: Iterable[Line]) -> Answer:
    """Add the lines up, and say once what is to be confirmed. Of those that exclude one another, add the best."""
    kept = tuple(lines)
    conflicts = conflicts_of((line.id, line.excludes) for line in kept if line.counted)
    known = {line.id: line for line in kept if line.counted and line.low is not None}
    sure = [line.id for line in known.values() if line.state == "certain"]
    open_ = [line.id for line in known.values() if line.state in ("certain", "possible")]
    chosen = best_choice({name: known[name].low or ZERO for name in sure}, conflicts)
    hoped = best_choice({name: known[name].high or ZERO for name in open_}, conflicts)
    waiting = any(line.meant and not line.counted and line.state in UNKNOWN for line in kept)
    silent = not open_ and _says_nothing(kept, waiting)
    unknown = silent or any(line.counted and line.state in UNKNOWN for line in kept)
    low, high = _sum(known[name].low for name in chosen), _sum(known[name].high for name in chosen)
    return Answer(
        simulator=simulator,
        day=day,
        total=total,
        lines=tuple(_settled(line, chosen | hoped, conflicts, known) for line in kept),
        low=None if unknown else low,
        high=None if unknown else high,
        established=low,
        possible=max(ZERO, _sum(known[name].high for name in hoped) - high),
        to_confirm=_once(_reservations(kept)),
        open_ended=waiting and not unknown,
    )


def _says_nothing(lines: tuple[Line, ...], waiting: bool) -> bool:
    """Whether a total of zero would say what nobody knows: amounts wait, or none of the answer adds up."""
    amounts = [line for line in lines if line.nature == "montant"]
    adding = [line for line in amounts if line.meant or line.counted]
    apart = any(line.apart and line.state in ("certain", *UNKNOWN) for line in amounts)
    return waiting or apart or not adding


def _settled(line: Line, chosen: Set[str], conflicts: Conflicts, known: Mapping[str, Line]) -> Line:
    """The line, which says what it excludes that could be had instead, and that it is not counted when it is not."""
    if line.id not in known or line.state not in ("certain", "possible"):
        return line
    others = [other for name, other in known.items() if name in conflicts[line.id]]
    rivals = [f"« {other.label} »" for other in others if other.state in ("certain", "possible")]
    if not rivals:
        return line
    sentence = f"{line.explanation} Ne se cumule pas avec {', '.join(rivals)} : le total ne compte que le plus élevé."
    if line.id in chosen:
        return replace(line, explanation=sentence)
    return replace(line, explanation=sentence, state="possible", counted=False)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount or ZERO for amount in amounts), ZERO)


def _once(items: Iterable[ToConfirm]) -> tuple[ToConfirm, ...]:
    """Each doubt once, in the order of lines, with the first who can settle it."""
    found: dict[tuple[str, str], ToConfirm] = {}
    for item in items:
        found.setdefault((item.subject, item.reason), item)
    return tuple(found.values())


def _reservations(lines: tuple[Line, ...]) -> Iterable[ToConfirm]:
    """One per newer text, then one per weak figure. What is excluded needs no figure: its doubts are not said.

    A condition that is missing without the figure of a text is missing whatever that figure is.
    """
    said = [line for line in lines if line.state not in ("exclu", "sans_objet")]
    uses = [(line, use) for line in said for use in line.parameters]
    for line, use in uses:
        if use.superseded:
            yield ToConfirm("Textes plus récents", use.superseded, line.who or WHO)
    for line, use in uses:
        if use.doubtful and not (line.state == "manquante" and use.value is None):
            yield ToConfirm(use.label, use.reason or "source unique, déduite ou contredite", line.who or WHO)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
