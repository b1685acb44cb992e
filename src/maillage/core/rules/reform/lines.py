"""Situations to compare, one JSON object a line; each may say who it is under « nom »."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson
from pydantic import BaseModel

from maillage.core.kernel.json_input import parse_json, read_json
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.reform.simulators import model_of

NAME = "nom"
MOST_LINES = 100_000


class Lines(NamedTuple):
    """Situations and their names, « ligne 3 » when none is given."""

    situations: tuple[BaseModel, ...]
    names: tuple[str, ...]


def read_lines(code: str, raw: bytes) -> Lines:
    """The situations of a simulator. Raises :class:`BadInput` with what is wrong, line by line."""
    numbered = [(number, line) for number, line in enumerate(raw.splitlines(), 1) if line.strip()]
    if not numbered:
        raise BadInput([Problem("situations", None, "une situation par ligne, en JSON")])
    if len(numbered) > MOST_LINES:
        raise BadInput([Problem("situations", f"{len(numbered)} lignes", f"au plus {MOST_LINES} lignes")])
    problems, found = list[Problem](), list[tuple[BaseModel, str]]()
    for number, line in numbered:
        try:
            found.append(_situation(code, number, line))
        except BadInput as refused:
            problems.extend(_placed(number, refused))
    if problems:
        raise BadInput(problems)
    return Lines(tuple(situation for situation, _ in found), tuple(name for _, name in found))


def _situation(code: str, number: int, line: bytes) -> tuple[BaseModel, str]:
    data: Any = parse_json(line)
    name = data.pop(NAME, None) if isinstance(data, dict) else None
    return read_json(model_of(code), orjson.dumps(data)), str(name or f"ligne {number}")


def _placed(number: int, refused: BadInput) -> Iterator[Problem]:
    for problem in refused.problems:
        yield Problem(f"ligne {number}, {problem.field or 'situation'}", problem.value, problem.expected)
