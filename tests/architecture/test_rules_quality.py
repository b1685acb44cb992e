"""No figure hides in a formula, no rule stands without a case, no value is used in silence past its validity."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.catalogue import Rule, cases_of, rules
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

VARIABLES = Path(__file__).parents[2] / "src" / "maillage" / "core" / "rules" / "variables"
# Counting (0, 1), levels of a line (2, 3), months of a year, per cent, decimals kept of a float, noise of a float.
NOT_FIGURES = {0, 1, 2, 3, 12, 100, 6, 1e-9, 10_000}
LATER = "2027-11-30"


def figures() -> Iterator[str]:
    """« file:line number » of each number written in a function of the rules."""
    for path in sorted(VARIABLES.glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from (
                    f"{path.name}:{node.lineno} {node.value}" for node in ast.walk(function) if _is_figure(node)
                )


def _is_figure(node: Any) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in NOT_FIGURES


def test_no_figure_of_a_text_is_written_in_a_formula() -> None:
    assert sorted(set(figures())) == []


# The grid by mission is not public: its upper ends read the same silent figures, in the sizes that are not sure only.
# The points of the accord of 2017 are not established in any year.
SILENT = re.compile(r"aci_cpts_(\w+_grille|enveloppe)_au_plus|aci_msp_points_variables_accord_2017")


def is_silent(rule: Rule) -> bool:
    """Whether a text that the rule reads gives no value: no case can expect one, Python tests hold its doubt."""
    texts = (system().text(path) for path in rule.parameters)
    return bool(SILENT.fullmatch(rule.name)) or any(not text.known for text in texts)


def test_every_rule_that_can_give_a_value_has_a_case() -> None:
    without = [
        name for name, rule in rules().items() if not rule.is_given and not cases_of(name) and not is_silent(rule)
    ]

    assert without == []


@pytest.mark.parametrize("code", SIMULATORS)
def test_a_value_that_a_newer_text_may_have_changed_is_said_once(code: str) -> None:
    simulator = SIMULATORS[code]
    try:
        situation = read(simulator.model, simulator.example | {"date": LATER})
    except BadInput:
        situation = read(simulator.model, simulator.example)
    answer = simulate(simulator, situation)
    said = [item.reason for item in answer.to_confirm]
    doubts = {use.superseded for line in answer.lines for use in line.parameters if use.superseded}

    assert doubts <= set(said)
    assert all(said.count(doubt) == 1 for doubt in doubts)


@pytest.mark.parametrize("code", SIMULATORS)
def test_a_figure_that_is_weak_or_silent_is_said(code: str) -> None:
    simulator = SIMULATORS[code]
    answer = simulate(simulator, read(simulator.model, simulator.example))
    weak = {use.label for line in answer.lines for use in line.parameters if use.doubtful}
    marked = {
        use.label for line in answer.lines if line.doubtful or line.state == "a_confirmer" for use in line.parameters
    }

    assert weak <= {item.subject for item in answer.to_confirm} | marked
