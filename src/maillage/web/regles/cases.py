"""Test cases as a jurist reads them: labels rather than variable names, people counted rather than listed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel import french
from maillage.core.rules.catalogue import Case, rules
from maillage.core.rules.orientation.situation import LABELS, PROFESSIONS

PEOPLE, GROUPS = "professionnels", ("structures", "structure", "professionnel")
ROLES = ("associes", "salaries", "adherents", "vacataires")
STATES = {"remplie": "remplie", "manquante": "manquante", "inconnue": "inconnue", "sans_objet": "sans objet"}


@dataclass(frozen=True)
class ReadableCase:
    """A case in words: what is given and what is expected, line by line."""

    name: str
    file: str
    period: str
    given: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]


def readable(cases: Iterable[Case]) -> list[ReadableCase]:
    """The cases, in words."""
    return [
        ReadableCase(
            case.name,
            case.file,
            case.period,
            tuple(_given(case.given)),
            tuple((_label(name), _value(value)) for name, value in case.expected.items()),
        )
        for case in cases
    ]


def _given(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if people := given.get(PEOPLE):
        yield "Équipe", _team(people.values())
    for key, value in given.items():
        if key in GROUPS and isinstance(value, dict):
            yield from _facts(value)
        elif key != PEOPLE and key not in ROLES:
            yield _label(key), _value(value)


def _facts(nested: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Facts of a structure, or of each structure when they are named."""
    for key, value in nested.items():
        if isinstance(value, dict):
            yield from _facts(value)
        elif key not in ROLES:
            yield _label(key), _value(value)


def _team(people: Iterable[dict[str, Any]]) -> str:
    groups = Counter((person.get("profession", ""), person.get("exercice", "")) for person in people)
    return ", ".join(_people(count, *who) for who, count in groups.items())


def _people(count: int, profession: str, exercise: str) -> str:
    names = PROFESSIONS.get(profession, ("professionnel sans métier précisé", "professionnels sans métier précisé"))
    mode = LABELS["exercice"].get(exercise, "")
    return f"{count} {french.plural(count, *names)} {mode}".strip()


def _label(name: str) -> str:
    rule = rules().get(name)
    return rule.label if rule else name


def _value(value: Any) -> str:
    named = STATES.get(value) or LABELS["forme_juridique"].get(value) if isinstance(value, str) else None
    return named or french.quantity(value)
