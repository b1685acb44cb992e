"""The answer of the simulator: amounts, indicators, what is missing, what remains to be confirmed.

``None`` in an amount or in points means « à confirmer », never zero. ``as_dict`` gives what the API, the
command line and the pages show (amounts as text with two decimals).
"""

import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple, Protocol

import orjson

from maillage.core.rules.aci_msp.explanation import fill
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.simulation.uses import ToConfirm

Level = Literal["prérequis", "socle", "option"]
Axis = Literal[1, 2, 3]
LINES = b'"indicateurs":'
SUMS = b',"sommes":'
NO_LINE = LINES + b"[]" + SUMS + b"[]"
PARAMETERS = b'"parametres":'
NO_PARAMETER = PARAMETERS + b"[]"
RECRUIT = "Intégrer un infirmier en pratique avancée dans l'équipe"


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


class ParameterUses(tuple[ParameterUse, ...]):
    """The parameters of a line, and their JSON, written once for a whole batch."""

    @functools.cached_property
    def json(self) -> bytes:
        """The list as JSON."""
        return orjson.dumps([use.as_dict() for use in self])


@dataclass(frozen=True, eq=False)
class YearLine:
    """A line of the grid in one year: what does not change from one situation to the next."""

    id: str
    label: str
    level: Level
    axis: Axis
    parameters: ParameterUses

    @functools.cached_property
    def json(self) -> bytes:
        """The beginning of the line as JSON, up to its points."""
        same = {"id": self.id, "libelle": self.label, "niveau": self.level, "axe": self.axis}
        return orjson.dumps(same)[:-1] + b',"points":'


class IndicatorResult(NamedTuple):
    """One line of the grid: what it earns, why, and what it could still earn.

    ``points`` are those that the line reaches; ``amount`` is in euros, without the precarity majoration, and zero
    when a prerequisite is missing. ``missing`` says what to do and ``possible_gain`` how many euros of the year
    this line alone would add, both ``None`` when nothing is left to gain (or nothing depends on the team). Only
    ``possible_gain`` is ``None`` when the line is closed to newcomers: ``missing`` then says why.
    """

    id: str
    label: str
    level: Level
    axis: Axis
    points: float
    amount: Decimal
    explanation: str
    parameters: ParameterUses
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


class Pattern(NamedTuple):
    """A line in words, with what differs between situations still to be written (see ``explanation.fill``).

    ``todo`` is ``None`` when nothing is left to gain. ``told`` and ``asked`` are ``words`` and ``todo`` as JSON, which
    the same numbers complete: none of them needs to be escaped. ``frame`` is the JSON around them.
    """

    line: YearLine
    words: str
    todo: str | None
    told: str
    asked: str | bytes
    frame: bytes


def pattern_of(line: YearLine, words: str, todo: str | None) -> Pattern:
    """A pattern and its JSON up to the value of the gain, the parameters left empty."""
    told, asked = orjson.dumps(words).decode(), orjson.dumps(todo)
    start = line.json.replace(b"%", b"%%")
    frame = start + b'%a,"montant":"%d.%02d","explication":%b,' + NO_PARAMETER + b',"manque":%b,"gain_possible":'
    return Pattern(line, words, todo, told, asked.decode() if b"{" in asked else asked, frame)


class ToldLine(NamedTuple):
    """A line in words, before its possible gain; the same object serves all situations that share the words.

    ``numbers`` are those of the situation in words; ``worth`` and ``paid`` are cents, before and after looking at the
    prerequisites. ``json`` is the line up to the value of its gain, without its parameters.
    """

    pattern: Pattern
    numbers: Mapping[str, str]
    points: float
    worth: int
    paid: int
    json: bytes

    @property
    def detailed_json(self) -> bytes:
        """:attr:`json` with the parameters of the line."""
        return self.json.replace(NO_PARAMETER, PARAMETERS + self.pattern.line.parameters.json, 1)

    def result(self, gain: int) -> IndicatorResult:
        """The line with its possible gain, in cents, negative when there is none."""
        line, words, todo = self.pattern[:3]
        return IndicatorResult(
            line.id,
            line.label,
            line.level,
            line.axis,
            self.points,
            euros(self.paid),
            fill(words, self.numbers, self.points, self.worth),
            line.parameters,
            todo and fill(todo, self.numbers, self.points, self.worth),
            None if gain < 0 else euros(gain),
        )


def tell(pattern: Pattern, numbers: Mapping[str, str], points: float, worth: int, *, paid: bool) -> ToldLine:
    """Write the numbers of a situation in a pattern."""
    kept = worth if paid else 0
    told, asked = fill(pattern.told, numbers, points, worth), pattern.asked
    if isinstance(asked, str):
        asked = fill(asked, numbers, points, worth).encode()
    json = pattern.frame % (points, *divmod(kept, 100), told.encode(), asked)
    return ToldLine(pattern, numbers, points, worth, kept, json)


@functools.lru_cache(maxsize=50_000)
def _gain(whole_cents: int) -> bytes:
    """The end of a line as JSON, from its gain on, and the comma before the next one."""
    return b"null}," if whole_cents < 0 else b'"%d.%02d"},' % divmod(whole_cents, 100)


@dataclass(frozen=True, eq=False)
class YearSum:
    """A sum of the answer in one year: what does not change from one situation to the next."""

    id: str
    label: str
    parameters: ParameterUses


class SumResult(NamedTuple):
    """A sum of the answer (points, majoration, advance…) and how it is counted.

    ``amount`` is ``None`` when the sum is to be confirmed; ``explanation`` is the formula in French, with its numbers.
    """

    id: str
    label: str
    amount: Decimal | None
    explanation: str
    parameters: ParameterUses

    def as_dict(self) -> dict[str, Any]:
        """The sum as the API says it."""
        return {
            "id": self.id,
            "libelle": self.label,
            "montant": _text(self.amount),
            "explication": self.explanation,
            "parametres": [use.as_dict() for use in self.parameters],
        }


class Change(NamedTuple):
    """A change for one situation: the line whose advice says it, its cents, the ids of the lines that it raises."""

    advice: str
    gain: int
    raised: tuple[str, ...]


class Gain(NamedTuple):
    """One action of the team: what to do, the euros of the year that it adds, the ids of the lines that it raises."""

    action: str
    amount: Decimal
    indicators: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The gain as the API says it."""
        return {"action": self.action, "montant": str(self.amount), "indicateurs": list(self.indicators)}


class Sums(Protocol):
    """The sums of an answer, put into words when they are read."""

    def results(self) -> tuple[SumResult, ...]:
        """The sums that exist for the situation, in the order in which they are counted."""

    def as_json(self, *, parameters: bool) -> bytes:
        """The list of the sums as JSON; without ``parameters``, those of each sum and its words are left empty."""


@dataclass(frozen=True)
class Simulation:
    """The ACI of one maison de santé for one year.

    ``increase`` is the precarity majoration as a fraction, ``None`` when the rates are not known (the amount is
    then computed without it). ``points`` are those paid: zero when a prerequisite is missing. ``balance`` is the
    amount minus the advance; it may be negative. ``sums`` opens each of these amounts; it is empty (and ``counted``
    ``None``) when the grid is not established. ``unlocked_amount`` is the amount once the missing prerequisites are
    reached, ``None`` when none is missing. ``possible_amount`` is the amount had the team done all that depends
    on it. ``changes`` gives what would raise several lines at once, calculated when it is read.
    """

    situation: SituationAciMsp
    amount: Decimal | None
    points: float | None
    increase: float | None
    missing_prerequisites: tuple[str, ...]
    lines: tuple[ToldLine, ...] = field(repr=False)
    gains: tuple[int, ...] = field(repr=False)
    counted: Sums | None = field(repr=False)
    advance: Decimal | None
    balance: Decimal | None
    to_confirm: tuple[ToConfirm, ...]
    unlocked_amount: Decimal | None
    possible_amount: Decimal | None
    changes: Callable[[], Iterable[Change]] = field(default=tuple, repr=False, compare=False)

    @functools.cached_property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """The lines of the grid, axis by axis."""
        return tuple(line.result(gain) for line, gain in zip(self.lines, self.gains, strict=True))

    @property
    def sums(self) -> tuple[SumResult, ...]:
        """Each amount of the answer, opened."""
        return self.counted.results() if self.counted else ()

    @functools.cached_property
    def actions(self) -> tuple[Gain, ...]:
        """What the team can do to gain more, the largest gain first; the missing prerequisites are told apart."""
        left = {line.id: line for line in self.to_gain if line.id not in self.missing_prerequisites}
        together = [change for change in self.changes() if not change.advice or change.advice in left]
        grouped = {name for change in together for name in change.raised}
        found = [Gain(_told_change(change, left), euros(change.gain), change.raised) for change in together]
        alone = [line for line in left.values() if line.id not in grouped]
        found += [Gain(line.missing or "", line.possible_gain or Decimal(0), (line.id,)) for line in alone]
        return tuple(sorted(found, key=lambda gain: gain.amount, reverse=True))

    @property
    def to_gain(self) -> tuple[IndicatorResult, ...]:
        """The lines that could still earn, the largest gain first."""
        left = [line for line in self.indicators if line.possible_gain]
        return tuple(sorted(left, key=lambda line: line.possible_gain or 0, reverse=True))

    def as_dict(self) -> dict[str, Any]:
        """The simulation as the API, the command line and the pages say it."""
        return self._told(
            [line.as_dict() for line in self.indicators],
            [item.as_dict() for item in self.sums],
            [gain.as_dict() for gain in self.actions],
            [item.as_dict() for item in self.to_confirm],
        )

    def as_json(self, *, parameters: bool = True) -> bytes:
        """:meth:`as_dict` as one line of JSON in UTF-8, many times quicker over a batch.

        Without ``parameters``, the list of those of each line and sum is left empty, and so are the words of the sums
        and the list of the gains: it is six times shorter, and each line keeps its words and its gain.
        """
        gains = [gain.as_dict() for gain in self.actions] if parameters else []
        around = orjson.dumps(self._told([], [], gains, _json(self.to_confirm)))
        if self.counted is None:
            return around
        start, end = around.split(NO_LINE, 1)
        told = [line.detailed_json if parameters else line.json for line in self.lines]
        lines = list(itertools.chain.from_iterable(zip(told, map(_gain, self.gains), strict=True)))
        lines[-1] = lines[-1].removesuffix(b",")
        sums = self.counted.as_json(parameters=parameters)
        return b"".join([start, LINES, b"[", *lines, b"]", SUMS, sums, end])

    def _told(self, indicators: Any, sums: Any, gains: Any, to_confirm: Any) -> dict[str, Any]:
        return {
            "montant": _text(self.amount),
            "points": self.points,
            "majoration": self.increase,
            "prerequis_manquants": list(self.missing_prerequisites),
            "montant_si_prerequis": _text(self.unlocked_amount),
            "indicateurs": indicators,
            "sommes": sums,
            "gains": gains,
            "avance": _text(self.advance),
            "solde": _text(self.balance),
            "a_confirmer": to_confirm,
        }


def euros(whole_cents: int) -> Decimal:
    """Cents as euros with two decimals."""
    return Decimal(whole_cents).scaleb(-2)


def _told_change(change: Change, left: Mapping[str, IndicatorResult]) -> str:
    """What to do, in French: the advice of its line, or one recruitment and what its bonuses ask besides."""
    if change.advice:
        return left[change.advice].missing or ""
    asked = [left[name].missing or "" for name in change.raised if name in left]
    besides = [words.removeprefix(RECRUIT).removeprefix(" et ").removesuffix(".") for words in asked]
    steps = ", ".join(filter(None, besides))
    return f"{RECRUIT}{' ; pour tous ses bonus : ' if steps else ''}{steps}."


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@functools.lru_cache(maxsize=4096)
def _json(to_confirm: tuple[ToConfirm, ...]) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps([item.as_dict() for item in to_confirm]))
