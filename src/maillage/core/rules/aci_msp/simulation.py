"""The simulator of the ACI of a maison de santé: one situation, or a whole batch in columns.

The amounts are those of the rules (``core/rules/variables/aci_msp_*``); this module only puts them beside their
explanations.
"""

import functools
from collections.abc import Iterable, Sequence
from typing import overload

from maillage.core.rules.aci_msp.actions import changes
from maillage.core.rules.aci_msp.engine import Outcome, Totals, figures, outcome_of
from maillage.core.rules.aci_msp.reservations import before_the_grid, facts_of, reservations
from maillage.core.rules.aci_msp.results import (
    Change,
    IndicatorResult,
    ParameterUse,
    Simulation,
    SumResult,
    ToldLine,
    euros,
)
from maillage.core.rules.aci_msp.situation import GRID_YEAR, SituationAciMsp
from maillage.core.rules.aci_msp.sums import ToldSums, sum_teller
from maillage.core.rules.aci_msp.wording import told_rows
from maillage.core.rules.simulation.uses import ToConfirm

__all__ = [
    "IndicatorResult",
    "ParameterUse",
    "Simulation",
    "Simulations",
    "SumResult",
    "ToConfirm",
    "simulate",
    "simulate_batch",
]

# Rows calculated together: few enough for the columns to stay in the processor's cache.
CHUNK = 10_000
# Rows put into words together, when the first of them is read.
BLOCK = 100


def simulate(situation: SituationAciMsp) -> Simulation:
    """The ACI of one situation."""
    return simulate_batch([situation])[0]


def simulate_batch(situations: Iterable[SituationAciMsp]) -> "Simulations":
    """The ACI of many situations, calculated by year in columns; the answers come in the order given.

    The result is a sequence whose items are put into words when they are read.
    """
    given = tuple(situations)
    places: list[tuple[Chunk, int] | None] = [None] * len(given)
    for year in sorted({situation.annee for situation in given if situation.annee >= GRID_YEAR}):
        rows = [row for row, situation in enumerate(given) if situation.annee == year]
        for start in range(0, len(rows), CHUNK):
            chunk = Chunk(year, [given[row] for row in rows[start : start + CHUNK]])
            for place, row in enumerate(rows[start : start + CHUNK]):
                places[row] = (chunk, place)
    return Simulations(given, places)


class Chunk:
    """Situations of one year calculated together; remembers the words of the last block that was read."""

    def __init__(self, year: int, situations: Sequence[SituationAciMsp]) -> None:
        self.year, self.situations = year, situations
        self._rules, self._sums = figures(year), sum_teller(year)
        self.outcome: Outcome = outcome_of(year, situations)
        self._start = -1
        self._block: list[tuple[Totals, tuple[ToldLine, ...]]] = []

    def told(self, row: int) -> tuple[Totals, tuple[ToldLine, ...]]:
        """The totals of a row, and its lines in words."""
        start = row - row % BLOCK
        if start != self._start:
            some = slice(start, start + BLOCK)
            words = told_rows(self.year, self.situations[some], self.outcome, some)
            self._start, self._block = start, list(zip(self.outcome.totals_of(some), words, strict=True))
        return self._block[row - start]

    def changes(self, row: int) -> tuple[Change, ...]:
        """What would raise several lines of a row at once; calculated for all the rows when the first is read."""
        return self._changes[row]

    @functools.cached_property
    def _changes(self) -> list[tuple[Change, ...]]:
        return changes(self.year, self.outcome)

    def simulation(self, row: int) -> Simulation:
        """The answer of a row."""
        situation, (found, lines) = self.situations[row], self.told(row)
        facts = facts_of(situation, self._rules, unpaid=bool(found.missing), amount=found.amount, advance=found.advance)
        return Simulation(
            situation=situation,
            amount=euros(found.amount),
            points=found.totals,
            increase=found.increase if facts.rates_known else None,
            missing_prerequisites=found.missing,
            lines=lines,
            gains=found.gains,
            counted=ToldSums(self._sums, situation, found, lines),
            advance=euros(found.advance),
            balance=euros(found.amount - found.advance),
            to_confirm=reservations(facts),
            unlocked_amount=euros(found.unlocked) if found.missing else None,
            possible_amount=euros(found.possible),
            changes=functools.partial(self.changes, row),
        )


class Simulations(Sequence[Simulation]):
    """The answers of a batch. They are calculated; each is put into words when it is read."""

    def __init__(self, situations: Sequence[SituationAciMsp], places: Sequence[tuple[Chunk, int] | None]) -> None:
        self._situations, self._places = situations, places

    def __len__(self) -> int:
        return len(self._situations)

    @overload
    def __getitem__(self, index: int) -> Simulation: ...

    @overload
    def __getitem__(self, index: slice) -> "Simulations": ...

    def __getitem__(self, index: int | slice) -> "Simulation | Simulations":
        if isinstance(index, slice):
            return Simulations(self._situations[index], self._places[index])
        place = self._places[index]
        return place[0].simulation(place[1]) if place else _unknown(self._situations[index])


def _unknown(situation: SituationAciMsp) -> Simulation:
    """A year whose grid is not established."""
    return Simulation(
        situation=situation,
        amount=None,
        points=None,
        increase=None,
        missing_prerequisites=(),
        lines=(),
        gains=(),
        counted=None,
        advance=None,
        balance=None,
        to_confirm=before_the_grid(situation.annee, situation.nouvelle_structure),
        unlocked_amount=None,
        possible_amount=None,
    )
