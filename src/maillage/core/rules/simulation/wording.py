"""A variable and what it gave, as a line of the answer, in French."""

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from maillage.core.kernel import french
from maillage.core.kernel.money import round_cents
from maillage.core.rules.base import Etat, Reponse, Variable
from maillage.core.rules.simulation.inputs import NOT_GIVEN
from maillage.core.rules.simulation.results import Line
from maillage.core.rules.simulation.spec import LineSpec

if TYPE_CHECKING:
    from maillage.core.rules.simulation.engine import Found, Run

PLACE = re.compile(r"\{([a-z0-9_.]+)\}")
AMOUNT_STATES = {"remplie": "certain", "inconnue": "possible", "manquante": "exclu", "sans_objet": "exclu"}
NOT_APPLYING = ("exclu", "sans_objet", "manquante")
SENTENCE = re.compile(r"(?<=\.) (?=[A-ZÀÉ{])")
NO_TEXT = "Aucun texte connu ne règle ce point à cette date."
NOT_KNOWN = "non précisé"


def line_of(variable: Variable, spec: LineSpec, run: "Run") -> Line:
    """The line of a variable, its sentence filled, its parameters declared or read."""
    found = run.find(variable.name)
    read = (*found.uses, *(run.find(spec.upper).uses if spec.upper else ()))
    uses = {path: run.use(path) for path in spec.parameters} | {use.path: use for use in read}
    state = _state(spec, found, run, any(use.value is None for use in uses.values()))
    return Line(
        id=spec.id,
        name=variable.name,
        label=variable.label,
        group=spec.group,
        nature=spec.nature,
        state=state,
        explanation=_explanation(spec, found, run, state),
        missing=_missing(spec, state),
        unit=variable.unit or "",
        who=spec.who,
        meant=spec.counted,
        control=variable.name in run.simulator.controls,
        apart=variable.name in run.simulator.apart,
        counted=spec.counted and not _beside(spec, state, run),
        excludes=spec.excludes,
        parameters=tuple(uses.values()),
        **_measure(spec, found, run, state),
    )


def _state(spec: LineSpec, found: "Found", run: "Run", silent: bool) -> str:
    """``silent``: a text that the line stands on does not give its value on the day."""
    if spec.nature == "condition":
        return str(found.value or "inconnue")
    met = run.find(spec.only_if).value if spec.only_if else "remplie"
    if spec.nature != "montant" and met in ("manquante", "sans_objet"):
        return "sans_objet"
    if spec.nature == "echeance" and met != "remplie":
        return "a_preciser"
    unknown = found.value is None or found.value == NOT_GIVEN
    not_known = "a_confirmer" if silent or found.unknown else "a_preciser"
    if spec.nature != "montant":
        return not_known if unknown else "etabli"
    state = AMOUNT_STATES[run.find(spec.only_if).value or "inconnue"] if spec.only_if else "certain"
    return not_known if unknown and state != "exclu" else state


def _beside(spec: LineSpec, state: str, run: "Run") -> bool:
    """Whether an amount stays out of the total: it is not known, and nothing says yet that it can be had."""
    return state in ("a_preciser", "a_confirmer") and bool(spec.only_if) and run.find(spec.only_if).value != "remplie"


def _measure(spec: LineSpec, found: "Found", run: "Run", state: str) -> dict[str, Any]:
    value = found.value
    if spec.nature == "condition" or value is None or state == "sans_objet":
        return {}
    if spec.nature == "echeance":
        return {"day": None if value == NOT_GIVEN or state != "etabli" else value}
    if spec.nature == "repere":
        return {"value": value.isoformat() if isinstance(value, datetime.date) else value}
    if state == "exclu":
        return {}
    low = round_cents(value)
    upper = run.find(spec.upper).value if spec.upper else value
    return {"low": low, "high": None if upper is None else max(low, round_cents(upper))}


def _explanation(spec: LineSpec, found: "Found", run: "Run", state: str) -> str:
    """The words filled. What does not apply is told without the sentences whose figure the day does not have."""
    sentences = SENTENCE.split(spec.words)
    if state in NOT_APPLYING:
        sentences = [sentence for sentence in sentences if not _lacks_a_figure(sentence, run)] or [NO_TEXT]
    told = PLACE.sub(lambda match: _said(match.group(1), found, run), " ".join(sentences))
    return f"{told} À confirmer : {found.unknown}" if found.unknown else told


def _lacks_a_figure(sentence: str, run: "Run") -> bool:
    return any(run.use(place).value is None for place in PLACE.findall(sentence) if "." in place)


def _missing(spec: LineSpec, state: str) -> str | None:
    return (
        spec.todo or None
        if state in ("manquante", "inconnue", "exclu", "possible", "a_preciser", "a_confirmer")
        else None
    )


def _said(place: str, line: "Found", run: "Run") -> str:
    if "." in place:
        use = next((use for use in line.uses if use.path == place), None) or run.use(place)
        return french.UNKNOWN if use.value is None else said(use.value, use.unit)
    name = run.full_name(place)
    variable = run.engine.variables[name]
    found = run.find(name)
    value = found.value
    if isinstance(value, str) and variable.possible_values:
        return choice(variable.possible_values, value)
    if value is None or value == NOT_GIVEN:
        silent = found.unknown or any(use.value is None for use in found.uses)
        return french.UNKNOWN if silent else NOT_KNOWN
    return said(value, variable.unit or "")


def choice(values: Any, name: str) -> str:
    """A choice in the middle of a sentence: an acronym keeps its capitals."""
    word = str(values[name].value)
    return NOT_KNOWN if name == "non_precise" else word.lower() if values in (Reponse, Etat) else word


def said(value: Any, unit: str) -> str:
    """A value with its unit: euros as amounts, shares as percentages, dates in full."""
    if isinstance(value, datetime.date):
        return french.day(value)
    if isinstance(value, list) and unit.startswith("euro"):
        return ", ".join(french.euros(item) for item in value)
    if isinstance(value, list) and unit.startswith("part"):
        return ", ".join(french.percent(item) for item in value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and unit.startswith("euro"):
        return french.euros(value) + unit.removeprefix("euros").removeprefix("euro")
    return french.quantity(value, unit)
