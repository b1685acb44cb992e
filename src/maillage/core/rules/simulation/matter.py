"""Which questions of a simulator can change its answer, once it is known whom the answer is for."""

from collections.abc import Iterator, Mapping
from typing import Any

from maillage.core.kernel.problems import read
from maillage.core.rules.simulation.engine import Reading, Run, ShownVariable, closure, lines_of
from maillage.core.rules.simulation.situation import SimulatorSpec
from maillage.core.rules.simulation.wording import PLACE

Reads = Mapping[str, frozenset[str]]


def reads_of(simulator: SimulatorSpec) -> Reads:
    """The fields that each line reads or declares, by variable; seen on the example of the simulator.

    Take it once: every line is calculated (0.1 s for the longest).
    """
    run = Run(simulator, read(simulator.model, simulator.example))
    shown = lines_of(simulator)
    for name in {run.full_name(name) for line in shown for name in _names(line)}:
        run.attempt(name)
    trace = run.reads()
    return {line.name: frozenset(_fields(line, run, trace)) for line in shown}


def mattering(simulator: SimulatorSpec, reads: Reads, given: Mapping[str, Any]) -> frozenset[str]:
    """The fields that can change the answer for what is ``given`` (values by field, as the API takes them).

    A line that is for others (another profession, another region) counts for nothing; as long as it is not said whom
    the answer is for, every line counts. What no line reads always matters: the date, the regional policy.
    """
    useful, others = set[str](), set[str]()
    for shown in lines_of(simulator):
        who, *values = shown.spec.shown_for or ("",)
        mine = not given.get(who) or given[who] in values
        (useful if mine else others).update(reads[shown.name])
        useful |= {who}
    return frozenset(simulator.model.model_fields) - (others - useful)


def _names(line: ShownVariable) -> Iterator[str]:
    """The variables that a line stands on: its own, what decides it, what its sentence says."""
    spec = line.spec
    yield from (name for name in (line.name, spec.only_if, spec.upper) if name)
    yield from (place for place in PLACE.findall(spec.words) if "." not in place)


def _fields(line: ShownVariable, run: Run, trace: Mapping[str, Reading]) -> Iterator[str]:
    spec, fields = line.spec, run.simulator.model.model_fields
    yield from (*spec.fields, *spec.shown_with, *spec.shown_for[:1])
    for name in _names(line):
        read_by = {each.removeprefix(run.situation.prefix) for each in closure(run.full_name(name), trace)}
        yield from read_by & set(fields)
