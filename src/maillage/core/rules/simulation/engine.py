"""Runs the variables of a simulator on a situation, sees what each has read, and makes its lines."""

import datetime
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import period
from openfisca_core.simulations import Simulation as Calculation
from openfisca_core.simulations import SimulationBuilder

from maillage.core.rules.base import ConditionSpec
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.simulation.exclusive import best_sum, conflicts_of
from maillage.core.rules.simulation.inputs import columns_of
from maillage.core.rules.simulation.results import Answer, Line, answer_of
from maillage.core.rules.simulation.situation import SimulatorSpec, Situation
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.uses import ParameterUse, use_of
from maillage.core.rules.simulation.wording import line_of
from maillage.core.rules.system import system


class ShownVariable(NamedTuple):
    """A variable that an answer shows, and what is said of it."""

    name: str
    spec: LineSpec


def simulate(simulator: SimulatorSpec, situation: Situation) -> Answer:
    """Apply the rules of a simulator to one situation, on its day and under its regional policy."""
    run = Run(simulator, situation)
    return answer_of(simulator.code, simulator.total, situation.day, run.lines())


def lines_of(simulator: SimulatorSpec) -> tuple[ShownVariable, ...]:
    """What the answer of a simulator shows: its conditions of creation, then its lines in the order of modules."""
    return _lines_of(simulator.code, simulator.conditions)


@functools.cache
def _lines_of(code: str, conditions: tuple[str, ...]) -> tuple[ShownVariable, ...]:
    variables = system().variables
    lines = (
        ShownVariable(variable.name, variable.spec)
        for variable in variables.values()
        if isinstance(variable.spec, LineSpec) and variable.spec.simulator == code
    )
    return (*(condition_line(code, name, variables[name].spec) for name in conditions), *lines)


def condition_line(code: str, name: str, spec: ConditionSpec) -> ShownVariable:
    """A condition of creation as a line of a simulator."""
    words = f"{system().text(spec.parameter).label} : {{{spec.parameter}}}."
    line = LineSpec(
        code, name, "Conditions", "condition", words, todo=spec.todo, fields=spec.fields, parameters=(spec.parameter,)
    )
    return ShownVariable(name, line)


@dataclass(frozen=True)
class Found:
    """What a variable gave for one situation: a plain value, or ``None`` and why; the parameters that it has read."""

    value: Any
    unknown: str
    uses: tuple[ParameterUse, ...]


class Reading(NamedTuple):
    """What a variable has read: parameters as the trace holds them, names of variables."""

    parameters: list[Any]
    children: list[str]


class Run:
    """One situation being calculated, with the trace of what is read."""

    def __init__(self, simulator: SimulatorSpec, situation: Situation) -> None:
        self.simulator, self.situation = simulator, situation
        self.engine = system(situation.pack)
        self.period = period(f"day:{situation.day.isoformat()}:1")
        self._calculation = calculation([situation], self.engine)
        self._calculation.trace = True
        self._found: dict[str, Found] = {}

    def lines(self) -> Iterator[Line]:
        """The lines of the answer, each in words: those whose facts are given, without what has no object here."""
        for shown in lines_of(self.simulator):
            if shown.spec.shown(self.situation):
                line = line_of(self.engine.variables[shown.name], shown.spec, self)
                if line.nature == "condition" or line.state != "sans_objet":
                    yield line

    def find(self, name: str) -> Found:
        """The value of a variable and what it has read; ``name`` may lack the prefix of the simulator."""
        full = self.full_name(name)
        if full not in self._found:
            self._found[full] = self._calculate(full)
        return self._found[full]

    def _calculate(self, full: str) -> Found:
        value, why, silent = self.attempt(full)
        read = self._read_by(full) | silent
        return Found(value, why, tuple(self.use(path, day) for path, day in read.items()))

    def attempt(self, full: str) -> tuple[Any, str, dict[str, datetime.date]]:
        """The plain value of a variable, or ``None``, why, and the silent parameter with the day it was read at."""
        try:
            return plain(self._calculation.calculate(full, self.period)), "", {}
        except UnknownValue as unknown:
            return None, str(unknown), {unknown.path: unknown.at}

    def full_name(self, name: str) -> str:
        """The name of a variable, given with or without the prefix of the simulator."""
        prefixed = self.situation.prefix + name
        return prefixed if prefixed in self.engine.variables else name

    def use(self, path: str, day: datetime.date | None = None) -> ParameterUse:
        """A parameter on ``day``, that of the situation when none is given."""
        return use_of(self.engine.text(path), day or self.situation.day)

    def _read_by(self, name: str) -> dict[str, datetime.date]:
        """Parameters read for a variable, directly or not, in the order of reading, each with the day it was read at.

        A contract keeps the figures of the day of its signature: that day is not always that of the situation.
        """
        found: dict[str, datetime.date] = {}
        reads = {each: self._own(reading) for each, reading in self.reads().items()}
        for each in closure(name, reads):
            for read in reads[each].parameters if each in reads else ():
                found.setdefault(read.name, datetime.date.fromisoformat(str(read.period)))
        return found

    def _own(self, reading: Reading) -> Reading:
        """A reading without the variables whose own line tells the figures for all those that use their value."""
        specs = {child: self.engine.variables[child].spec for child in reading.children}
        kept = [child for child, spec in specs.items() if not self._told_apart(spec)]
        return Reading(reading.parameters, kept)

    def _told_apart(self, spec: Any) -> bool:
        return isinstance(spec, LineSpec) and spec.told_apart and spec.shown(self.situation)

    def reads(self) -> dict[str, Reading]:
        """What the trace says that each variable has read so far."""
        reads: dict[str, Reading] = {}
        for node in self._calculation.tracer.browse_trace():
            reading = reads.setdefault(node.name, Reading([], []))
            reading.parameters.extend(node.parameters)
            reading.children.extend(child.name for child in node.children)
        return reads


def closure(name: str, reads: Mapping[str, Reading]) -> tuple[str, ...]:
    """The variable ``name`` and those read for it, directly or not, nearest first."""
    waiting, seen = [name], {name: None}
    for each in waiting:
        fresh = [child for child in reads[each].children if child not in seen] if each in reads else []
        waiting += fresh
        seen.update(dict.fromkeys(fresh))
    return tuple(seen)


def calculation(situations: Sequence[Situation], engine: Any) -> Calculation:
    """An OpenFisca calculation of one structure a situation; all have one class and one day."""
    run = SimulationBuilder().build_default_simulation(engine, len(situations))
    when = period(f"day:{situations[0].day.isoformat()}:1")
    for name, column in columns_of(situations, engine.variables).items():
        run.set_input(name, when, column)
    return run


def totals(
    simulator: SimulatorSpec, situations: Sequence[Situation], engine: Any, *, established: bool = False
) -> NDArray[np.float64]:
    """Euros counted by situation (the lower end of an interval), not-a-number where one is not known, shape (n,).

    ``engine`` is a system of rules, reformed or not. The situations may have different days. ``established``: leave out
    the amounts that are not known instead.
    """
    found = np.full(len(situations), np.nan)
    for day in sorted({situation.day for situation in situations}):
        rows = [row for row, situation in enumerate(situations) if situation.day == day]
        found[rows] = _totals_of_day(simulator, [situations[row] for row in rows], engine, established)
    return found


def _totals_of_day(
    simulator: SimulatorSpec, situations: Sequence[Situation], engine: Any, established: bool
) -> NDArray[np.float64]:
    run, counted = calculation(situations, engine), [line for line in lines_of(simulator) if line.spec.counted]
    conflicts = conflicts_of((line.spec.id, line.spec.excludes) for line in counted)
    try:
        amounts = {line.spec.id: _amount(line, run, situations) for line in counted}
    except UnknownValue:
        # A text is silent for one of them: each alone tells which.
        return np.concatenate([_totals_of_day(simulator, [situation], engine, established) for situation in situations])
    if established:
        amounts = {name: np.nan_to_num(amount) for name, amount in amounts.items()}
    return np.broadcast_to(best_sum(amounts, conflicts), len(situations))


def _amount(line: ShownVariable, run: Calculation, situations: Sequence[Situation]) -> NDArray[np.float64]:
    """What a line adds to the total, shape (n,): zero unless it is shown and certain.

    Raises ``UnknownValue`` on several situations; alone, its amount is not-a-number, unless the condition itself is
    what no text settles: nothing that hangs on it is counted.
    """
    when = period(f"day:{situations[0].day.isoformat()}:1")
    counts = np.array([line.spec.shown(situation) for situation in situations])
    try:
        if line.spec.only_if:
            counts &= run.calculate(line.spec.only_if, when).decode_to_str() == "remplie"
    except UnknownValue:
        if len(situations) > 1:
            raise
        return np.zeros(1)
    try:
        amount = run.calculate(line.name, when)
    except UnknownValue:
        if len(situations) > 1:
            raise
        amount = np.nan
    return np.where(counts, amount, 0.0)


def plain(column: Any) -> Any:
    """The only value of a column as Python knows it: ``None`` for not-a-number, the name of a choice, a date."""
    if hasattr(column, "decode_to_str"):
        return str(column.decode_to_str()[0])
    value = column.tolist()[0]
    return None if isinstance(value, float) and np.isnan(value) else value
