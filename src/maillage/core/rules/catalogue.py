"""Every rule as a page shows it: its text, what it reads, who uses it, the cases that test it.

What a rule reads is not declared, it is seen: each formula is run once with OpenFisca's tracer.
"""

import datetime
import functools
import inspect
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from openfisca_core import periods
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder

from maillage.core.rules.base import Variable
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.system import RULES, CountryTaxBenefitSystem, system

WORDED = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)+)\}")
PACKAGED_CASES = RULES / "cas"
SOURCE_CASES = RULES.parents[3] / "tests" / "regles"
# A date on which every scheme has a text in force: formulas are run once on it to see what they read.
TRACED_ON = datetime.date(2026, 1, 1)


@dataclass(frozen=True)
class Case:
    """A test case written for a jurist: what is given, what is expected, in which file."""

    name: str
    file: str
    period: str
    given: dict[str, Any]
    expected: dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """A variable of the system.

    ``scheme`` is the module that holds it (``aci_msp``, ``conditions_msp``…); ``spec`` what the module says of it
    beside its label; ``parameters`` and ``uses`` are what its formula reads; ``source`` is the formula as written,
    empty for a fact that is given. ``unknown`` says why the formula could not be run on :data:`TRACED_ON`.
    """

    name: str
    label: str
    scheme: str
    unit: str
    spec: Any
    parameters: tuple[str, ...]
    uses: tuple[str, ...]
    source: str
    unknown: str = ""
    used_by: tuple[str, ...] = field(default=())

    @property
    def is_given(self) -> bool:
        """Whether the variable is a fact of the situation, not a rule."""
        return not self.source


@functools.cache
def rules(pack: str = "") -> dict[str, Rule]:
    """Every variable of the system, by name, in the order of modules then names."""
    engine = system(pack)
    reads = _reads(engine)
    users: dict[str, list[str]] = defaultdict(list)
    for name, (_, uses, _) in reads.items():
        for used in uses:
            users[used].append(name)
    return {name: _rule(variable, reads[name], users[name]) for name, variable in engine.variables.items()}


@functools.cache
def users_of_parameter(path: str, pack: str = "") -> tuple[Rule, ...]:
    """The rules whose formula reads this parameter, or whose text it founds."""
    return tuple(rule for rule in rules(pack).values() if path in rule.parameters)


@functools.cache
def cases() -> tuple[Case, ...]:
    """Every YAML case, in the order of files."""
    folder = PACKAGED_CASES if PACKAGED_CASES.is_dir() else SOURCE_CASES
    return tuple(case for path in sorted(folder.rglob("*.yaml")) for case in _read_cases(path, folder))


@functools.cache
def cases_of(name: str) -> tuple[Case, ...]:
    """The cases that expect a value of this variable."""
    return tuple(case for case in cases() if name in case.expected)


def _rule(variable: Variable, reads: tuple[list[str], list[str], str], users: Iterable[str]) -> Rule:
    parameters, uses, unknown = reads
    return Rule(
        name=variable.name,
        label=variable.label or variable.name,
        scheme=type(variable).__module__.rpartition(".")[2],
        unit=variable.unit or "",
        spec=variable.spec,
        parameters=tuple(dict.fromkeys([*_founding(variable.spec), *parameters])),
        uses=tuple(dict.fromkeys(uses)),
        source=_source(variable),
        unknown=unknown,
        used_by=tuple(dict.fromkeys(users)),
    )


def _founding(spec: Any) -> Iterator[str]:
    yield from getattr(spec, "parameters", ())
    yield from getattr(spec, "may_read", ())
    yield from WORDED.findall(getattr(spec, "words", ""))
    yield from (path for name in ("parameter", "blocking_if") if (path := getattr(spec, name, "")))


def _source(variable: Variable) -> str:
    return "\n".join(textwrap.dedent(inspect.getsource(formula)) for formula in variable.formulas.values())


def _reads(engine: CountryTaxBenefitSystem) -> dict[str, tuple[list[str], list[str], str]]:
    """By variable: the parameters and the variables that its formula reads, and why it could not be run."""
    simulation = SimulationBuilder().build_default_simulation(engine, 1)
    simulation.trace = True
    unknown = {name: _run(simulation, variable) for name, variable in engine.variables.items()}
    found: dict[str, tuple[list[str], list[str], str]] = {name: ([], [], why) for name, why in unknown.items()}
    for node in simulation.tracer.browse_trace():
        parameters, uses, _ = found[node.name]
        parameters.extend(read.name for read in node.parameters)
        uses.extend(child.name for child in node.children)
    return found


def _run(simulation: Any, variable: Variable) -> str:
    unit = variable.definition_period
    period = periods.period(str(TRACED_ON.year)) if unit == DateUnit.YEAR else periods.period(f"day:{TRACED_ON}:1")
    try:
        simulation.calculate(variable.name, period)
    except UnknownValue as unknown:
        return str(unknown)
    return ""


def _read_cases(path: Path, folder: Path) -> Iterator[Case]:
    for data in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
        yield Case(
            name=data["name"],
            file=path.relative_to(folder).as_posix(),
            period=str(data.get("period", "")),
            given=data.get("input") or {},
            expected=_outputs(data.get("output") or {}),
        )


def _outputs(output: dict[str, Any]) -> dict[str, Any]:
    """Expected values by variable, whatever the nesting by entity."""
    flat: dict[str, Any] = {}
    for key, value in output.items():
        nested = value if key in ("structures", "professionnels") else {}
        for instance in nested.values():
            flat.update(instance)
        if not nested:
            flat.update(value if key in ("structure", "professionnel") and isinstance(value, dict) else {key: value})
    return flat
