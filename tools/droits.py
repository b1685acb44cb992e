"""The matrix of rights: what is declared in tests/droits/attendus.yaml, read for the tests and for the docs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
DECLARED = ROOT / "tests" / "droits" / "attendus.yaml"
STATES = ("preparation", "partage", "archive")
"""States of the project, in order."""
ANSWERS = {
    "autorisé": "A",
    "lecture": "L",
    "caché": "–",
    "connexion": "C",
    "refusé": "R",
}
"""What a person may meet, and its letter in the page."""
REST = "reste"
API = "/api/"

Cells = dict[str, tuple[str, ...]]
"""By person, the answer in each state of the project, in the order of ``STATES``."""


@dataclass(frozen=True)
class Row:
    """A route and a method: who meets what. ``objects`` names what fills the address, ``sent`` what is posted."""

    route: str
    method: str
    cells: Cells
    objects: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


@dataclass(frozen=True)
class Route:
    """An address of the site. ``key`` is its name; its path when it has none of its own."""

    key: str
    path: str
    namespace: str
    pattern: URLPattern


class Declared:
    """The whole table. Raises ``ValueError`` when it names a person, a group, a profile or an answer that is none."""

    def __init__(self, text: str) -> None:
        data = yaml.safe_load(text)
        self.people: dict[str, str] = data["personnes"]
        self.groups: dict[str, list[str]] = data["groupes"]
        self.public: dict[str, dict[str, Any]] = {
            name: given or {} for section in data["publiques"].values() for name, given in section.items()
        }
        self.profiles = {name: self._cells(each) for name, each in data["profils"].items()}
        self.rows = [
            row
            for section in data["routes"].values()
            for name, given in section.items()
            for row in self._of(name, given)
        ]

    def _of(self, route: str, given: dict[str, Any]) -> Iterator[Row]:
        for method in ("GET", "POST", "PUT", "DELETE"):
            if method in given:
                said = given[method]
                cells = self.profiles[said] if isinstance(said, str) else self._cells(said)
                yield Row(route, method, cells, given.get("avec", {}), given.get("envoi", {}))

    def _cells(self, given: Mapping[str, Any]) -> Cells:
        rest = _by_state(given[REST])
        cells = dict.fromkeys(self.people, rest)
        for names, said in given.items():
            for name in (each.strip() for each in names.split(",")):
                if name != REST:
                    cells.update(dict.fromkeys(self._members(name), _by_state(said)))
        return cells

    def _members(self, name: str) -> list[str]:
        if name not in self.groups and name not in self.people:
            raise ValueError(f"« {name} » is neither a person nor a group of attendus.yaml")
        return self.groups.get(name, [name])


def _by_state(said: str | dict[str, str]) -> tuple[str, ...]:
    answers = tuple(said[state] for state in STATES) if isinstance(said, dict) else (said,) * len(STATES)
    if unknown := set(answers) - set(ANSWERS):
        raise ValueError(f"not an answer: {unknown}")
    return answers


def declared() -> Declared:
    """What attendus.yaml says."""
    return Declared(DECLARED.read_text(encoding="utf-8"))


def routes() -> list[Route]:
    """Every address of the site, pages, accounts and API. Of two with the same path, the first answers."""
    walked = _walk(get_resolver().url_patterns, "", "")
    first = {f"/{path}": (space, pattern) for path, space, pattern in reversed(list(walked))}
    found = [Route("", path, space, pattern) for path, (space, pattern) in reversed(first.items())]
    names = [_name(route) for route in found]
    return [
        Route(name if name and names.count(name) == 1 else route.path, route.path, route.namespace, route.pattern)
        for route, name in zip(found, names, strict=True)
    ]


def _name(route: Route) -> str:
    """A route of the API is known by its path: several share a name."""
    return "" if route.path.startswith(API) or not route.pattern.name else f"{route.namespace}{route.pattern.name}"


def _walk(patterns: list[URLPattern | URLResolver], path: str, namespace: str) -> Iterator[tuple[str, str, URLPattern]]:
    for each in patterns:
        below = path + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, below, inner)
        else:
            yield below, namespace, each
