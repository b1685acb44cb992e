"""What would change if professionals came, left, moved or retired: only the communes touched are computed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories.accessibility.departures import departures_of_places, indicator_of
from maillage.apps.territories.accessibility.model import Accessibility, How
from maillage.apps.territories.accessibility.offer import supply_of
from maillage.apps.territories.models import Commune
from maillage.apps.territories.proposals import expected_instead_of
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.kernel.typed_numbers import plain_number

Floats = NDArray[np.float64]
NOISE = 1e-12
"""Differences below this share of the scale are the noise of floats, not a change."""
NO_AGE = (
    "une offre dont l'âge est connu : le répertoire ne le donne pas. Donnez un fichier d'offre avec une colonne "
    "« age » (une ligne par professionnel), ou chargez l'indicateur « {indicator} », ou l'APL publiée pour cet âge"
)
ANYWHERE = "le code d'une commune, d'un EPCI, d'un département, ou FRANCE"


@dataclass(frozen=True)
class Move:
    """``quantity`` professionals of a commune go to another."""

    origin: str
    destination: str
    quantity: float


@dataclass(frozen=True)
class Departure:
    """The professionals over ``age`` years of a commune, an EPCI, a département or FRANCE leave."""

    age: int
    place: str


@dataclass(frozen=True)
class Scenario:
    """Who comes and who leaves: numbers of professionals (ETP) by code of commune."""

    additions: Sequence[tuple[str, float]] = ()
    removals: Sequence[tuple[str, float]] = ()
    moves: Sequence[Move] = ()
    departures: Sequence[Departure] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.additions or self.removals or self.moves or self.departures)


@dataclass(frozen=True)
class WhatIf:
    """The communes that change, sorted by code, in the unit of the DREES; how it was computed, and what was assumed.

    ``unknown``: those within reach of what changes, of which nobody knows the population.
    """

    codes: tuple[str, ...]
    before: Floats
    after: Floats
    inhabitants: float
    unit: str
    how: How
    notes: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per commune: the columns of the output file."""
        figures_ = zip(self.codes, self.before.tolist(), self.after.tolist(), strict=True)
        return [
            {"code_commune": code, "apl_avant": before, "apl_apres": after, "difference": after - before}
            for code, before, after in figures_
        ]


def what_if(model: Accessibility, scenario: Scenario) -> WhatIf:
    """What the scenario changes. Raises :class:`BadInput` with every part of it that cannot be."""
    deltas, notes = _Deltas(model).of(scenario)
    change = model.catchments.change(model.offer.supply, deltas)
    before, after = model.told(change.before, change.rows), model.told(change.after, change.rows)
    changed = np.abs(after - before) > NOISE * model.method.scale
    rows = change.rows[changed]
    inhabitants = float(np.nansum(model.places.population[rows]))
    codes = tuple(model.codes[row] for row in rows)
    unknown = tuple(model.codes[row] for row in change.rows[np.isnan(model.demand[change.rows])])
    told = tuple([*notes, _unknown_told(len(unknown))] if unknown else notes)
    return WhatIf(codes, before[changed], after[changed], inhabitants, model.method.unit, model.how, told, unknown)


def _unknown_told(count: int) -> str:
    which = plural(count, "commune à portée", "communes à portée")
    return f"{number(count)} {which} : effet inconnu, aucune population standardisée n'y est publiée."


class _Deltas:
    """Adds a scenario up as supply (acts or ETP) by column, and remembers what cannot be."""

    def __init__(self, model: Accessibility) -> None:
        self.model = model
        self.supply: dict[int, float] = defaultdict(float)
        self.leaving: dict[int, float] = defaultdict(float)
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def of(self, scenario: Scenario) -> tuple[dict[int, float], list[str]]:
        if scenario.is_empty:
            raise BadInput([Problem("", None, "au moins un professionnel à ajouter, retirer, déplacer, ou qui part")])
        for code, quantity in scenario.additions:
            self._add(code, quantity)
        for code, quantity in scenario.removals:
            self._remove("retirer", code, quantity)
        for move in scenario.moves:
            self._move(move)
        for departure in scenario.departures:
            self._depart(departure)
        if self.problems:
            raise BadInput(self.problems)
        return self._held(), self.notes

    def _held(self) -> dict[int, float]:
        """The deltas, no place going under 0 by the noise of floats."""
        supply = self.model.offer.supply
        return {column: max(delta, -float(supply[column])) for column, delta in self.supply.items()}

    def _add(self, code: str, quantity: float) -> None:
        column = self._column("ajouter", code)
        if column is not None:
            self.supply[column] += float(self.model.method.supply(quantity))

    def _remove(self, field: str, code: str, quantity: float) -> float:
        """Take professionals away; returns the supply that leaves with them."""
        column = self._column(field, code)
        if column is None:
            return 0.0
        present = float(self.model.offer.professionals[column])
        self.leaving[column] += quantity
        if self.leaving[column] > present + NOISE:
            told = f"au plus {number(present)} (les professionnels comptés à {code})"
            self.problems.append(Problem(field, f"{code}:{number(quantity)}", told))
            return 0.0
        gone = quantity * float(self.model.offer.supply[column]) / present if present else 0.0
        self.supply[column] -= gone
        return gone

    def _move(self, move: Move) -> None:
        destination = self._column("deplacer", move.destination)
        gone = self._remove("deplacer", move.origin, move.quantity)
        if destination is not None:
            self.supply[destination] += gone

    def _column(self, field: str, code: str) -> int | None:
        column = self.model.places.index.get(code.upper())
        if column is None:
            self.problems.append(Problem(field, code, _expected(code)))
        return column

    def _depart(self, departure: Departure) -> None:
        inside = self.model.places.inside(departure.place)
        if not inside.size:
            self.problems.append(Problem("partants", departure.place, ANYWHERE))
            return
        if any(line.age is not None for line in self.model.offer.lines):
            self._depart_by_line(departure, {int(column) for column in inside})
        else:
            self._depart_by_place(departure, inside)

    def _depart_by_line(self, departure: Departure, inside: set[int]) -> None:
        lines = [line for line in self.model.offer.lines if line.position in inside]
        gone = [line for line in lines if line.age is not None and line.age > departure.age]
        for line in gone:
            self.leaving[line.position] += line.quantity
            self.supply[line.position] -= supply_of(self.model.method, line)
        unknown = sum(line.quantity for line in lines if line.age is None)
        self._say(departure, sum(line.quantity for line in gone))
        self._say_unknown(unknown)

    def _depart_by_place(self, departure: Departure, inside: NDArray[np.int64]) -> None:
        found = departures_of_places(self.model, departure.age, inside)
        if found is None:
            asked = f"plus_de_{departure.age}@{departure.place}"
            code = indicator_of(self.model.method.profession, departure.age)
            self.problems.append(Problem("partants", asked, NO_AGE.format(indicator=code)))
            return
        departures, told = found
        for column, quantity in departures.removals.items():
            self._remove("partants", self.model.codes[column], quantity)
        self._say(departure, float(departures.leaving.sum()))
        self.notes += [told] if told else []
        self._say_unknown(float(departures.unknown.sum()))

    def _say_unknown(self, unknown: float) -> None:
        if unknown:
            self.notes.append(f"{number(unknown)} {plural(unknown, 'professionnel')} sans âge : comptés comme restant.")

    def _say(self, departure: Departure, total: float) -> None:
        leave = plural(total, "professionnel part", "professionnels partent")
        self.notes.append(f"Plus de {departure.age} ans, {departure.place} : {number(total)} {leave}.")


def _expected(code: str) -> str:
    if Commune.objects.filter(parent_id=code).exists():
        return "un arrondissement municipal : Paris, Lyon et Marseille sont comptés par arrondissement"
    return expected_instead_of(code)


def counts_of(field: str, texts: Iterable[str]) -> list[tuple[str, float]]:
    """« 35236:1 », « 35236 » (one) → code and number. Raises :class:`BadInput`."""
    return [_counted(field, text) for text in texts]


def moves_of(field: str, texts: Iterable[str]) -> list[Move]:
    """« 35236:35294:1 » → a move. Raises :class:`BadInput`."""
    found = []
    for text in texts:
        origin, _, rest = text.partition(":")
        destination, quantity = _counted(field, rest, text, "DE:VERS:NOMBRE, par exemple 35236:35294:1")
        found.append(Move(origin.strip().upper(), destination, quantity))
    return found


def departures_of(field: str, texts: Iterable[str]) -> list[Departure]:
    """« plus_de_60@243500741 » → a departure. Raises :class:`BadInput`."""
    found = []
    for text in texts:
        age, _, place = text.strip().partition("@")
        years = age.removeprefix("plus_de_")
        if not (years.isascii() and years.isdigit() and len(years) < 4 and place.strip() and age != years):
            raise BadInput([Problem(field, text, f"plus_de_AGE@LIEU, par exemple plus_de_60@243500741 ({ANYWHERE})")])
        found.append(Departure(int(years), place.strip().upper()))
    return found


FORM = "CODE:NOMBRE, par exemple 35236:1"
MOST = 10_000.0


def _counted(field: str, text: str, whole: str = "", form: str = FORM) -> tuple[str, float]:
    code, _, count = text.partition(":")
    try:
        quantity = plain_number(count) if count.strip() else 1.0
    except ValueError:
        quantity = float("nan")
    if not code.strip() or not 0 < quantity <= MOST:
        raise BadInput([Problem(field, whole or text, f"{form}, le nombre étant supérieur à 0")])
    return code.strip().upper(), quantity
