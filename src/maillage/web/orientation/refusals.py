"""What is wrong in the answers, in the words of the form: which field of which page, what it expects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel.problems import BadInput, Problem, shorten
from maillage.core.rules.orientation.situation import PROFESSIONS, SituationOrientation
from maillage.web.orientation.answers import TEAM_PREFIX
from maillage.web.orientation.steps import STEPS, Step, step_of

Problems = dict[str, Problem]


@dataclass(frozen=True)
class Refusal:
    """A sentence about one field of the form; ``anchor`` is the field, ``step`` the page that asks it, if one does."""

    message: str
    anchor: str
    step: int


def by_form_field(refused: BadInput, situation: Mapping[str, Any]) -> Problems:
    """The problems by name of the form field that is wrong (``professionnels.1.nombre`` is « p-infirmier » here)."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in refused.problems:
        found[_form_field(problem.field.split("."), situation)].append(problem)
    return {name: _together(name, problems) for name, problems in found.items()}


def step_to_mend(problems: Iterable[str]) -> Step:
    """The first page that asks something wrong."""
    asked = [_step(name) for name in problems]
    return min((step for step in asked if step), key=lambda step: step.number, default=STEPS[0])


def refusals(problems: Problems) -> list[Refusal]:
    """The sentences to show, in the order of the pages."""
    found = [_refusal(name, problem) for name, problem in problems.items()]
    return sorted(found, key=lambda refusal: refusal.step)


def unasked(problems: Problems) -> list[str]:
    """Names of the wrong answers that no page asks (a date in the address): they cannot be corrected, only left."""
    return [name for name in problems if _step(name) is None]


def _together(name: str, problems: list[Problem]) -> Problem:
    """One problem for a field that holds several values (the communes of the territory)."""
    if len(problems) == 1:
        return problems[0]
    values = ", ".join(shorten(problem.value) for problem in problems)
    return Problem(name, values, " ; ".join(dict.fromkeys(problem.expected for problem in problems)))


def _form_field(path: list[str], situation: Mapping[str, Any]) -> str:
    name, *inside = path
    if name != "professionnels" or len(inside) < 2:
        return name
    rank, attribute = inside[0], inside[1]
    return attribute if attribute == "exercice" else TEAM_PREFIX + situation[name][int(rank)]["profession"]


def _step(name: str) -> Step | None:
    field = "professionnels" if name.removeprefix(TEAM_PREFIX) in PROFESSIONS else name
    return step_of(field) if any(field in step.fields for step in STEPS) else None


def _refusal(name: str, problem: Problem) -> Refusal:
    step = _step(name)
    given = f" : « {shorten(problem.value)} » n’est pas accepté" if problem.value not in (None, "") else ""
    anchor = name if name == "commune" or name.startswith(TEAM_PREFIX) else f"champ-{name}"
    return Refusal(f"{_label(name)}{given}. Attendu : {problem.expected}.", anchor, step.number if step else 0)


def _label(name: str) -> str:
    """The name of the field as the form writes it."""
    profession = name.removeprefix(TEAM_PREFIX)
    if profession in PROFESSIONS:
        many = PROFESSIONS[profession][1]
        return many[0].upper() + many[1:]
    info = SituationOrientation.model_fields.get(name)
    return info.title or name if info else name
