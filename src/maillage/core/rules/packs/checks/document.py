"""A YAML file read with the line of each of its parts, so that what is wrong can be shown where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from maillage.core.kernel.problems import Problem, problems_of
from maillage.core.rules.packs.checks.shape import hint

TIMESTAMP, TEXT = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:str"
UNREADABLE = "un fichier YAML en UTF-8"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong: in which file, at which line (from 1), and what is expected, in French."""

    file: str
    line: int
    text: str

    @property
    def message(self) -> str:
        """One line, as the command writes it."""
        return f"{self.file}, ligne {self.line} : {self.text}"


@dataclass
class Document:
    """A file of a pack: ``data`` as YAML reads it, ``lines`` by path of keys, ``findings`` met so far."""

    name: str
    data: Any = None
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: set[tuple[str, ...]] = field(default_factory=set)

    def line(self, path: tuple[str, ...]) -> int:
        """The line of a part, or that of the nearest part that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def refuse(self, path: tuple[Any, ...], value: Any, expected: str) -> None:
        """Note that a part is wrong, or that it lacks when ``value`` is ``None``; once for each part."""
        keys = tuple(map(str, path))
        if keys in self.refused:
            return
        self.refused.add(keys)
        problem = Problem(".".join(keys) or self.name, value, expected)
        text = f"{problem.field} : non donné. Attendu : {expected}." if value is None else problem.message
        self.findings.append(Finding(self.name, self.line(keys), text))

    def check(self, model: Any) -> None:
        """Note what a pydantic model refuses."""
        from pydantic import ValidationError

        try:
            model.model_validate(_with_text_keys(self.data))
        except ValidationError as error:
            for details, problem in zip(error.errors(include_url=False), problems_of(error), strict=True):
                path = tuple(part for part in details["loc"] if part != "[key]")
                given = "null" if details["type"] != "missing" and problem.value is None else problem.value
                self.refuse(path, given, hint(model, details, problem.expected))


def read_document(file: Path, name: str) -> Document:
    """The document of a file; a file that is not YAML is empty, with its finding."""
    document = Document(name)
    try:
        loader = yaml.SafeLoader(file.read_text("utf-8"))
        node = loader.get_single_node()
        if node is not None:
            _walk(node, (), document, [])
            document.data = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        text = f"le YAML ne se lit pas ({error.problem or error.context}). Attendu : {UNREADABLE}."
        document.findings.append(Finding(name, mark.line + 1 if mark else 1, text))
    except (UnicodeDecodeError, yaml.YAMLError):
        document.findings.append(Finding(name, 1, f"le fichier ne se lit pas. Attendu : {UNREADABLE}."))
    return document


def _with_text_keys(data: Any) -> Any:
    """The same data, whose keys are all texts: pydantic names a day as it is written."""
    if isinstance(data, dict):
        return {str(key): _with_text_keys(value) for key, value in data.items()}
    return [_with_text_keys(value) for value in data] if isinstance(data, list) else data


def _walk(node: yaml.Node, path: tuple[str, ...], document: Document, above: list[yaml.Node]) -> None:
    """Note the line of each part, the keys written twice and the days that do not exist.

    Raises ``yaml.YAMLError`` when a part holds itself.
    """
    document.lines.setdefault(path, node.start_mark.line + 1)
    if any(node is parent for parent in above):
        raise yaml.YAMLError("a part that holds itself")
    if isinstance(node, yaml.ScalarNode):
        _check_day(node, path, document)
    for key, child in _children(node, path, document):
        _walk(child, (*path, key), document, [*above, node])


def _children(node: yaml.Node, path: tuple[str, ...], document: Document) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.SequenceNode):
        yield from ((str(rank), child) for rank, child in enumerate(node.value))
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            here, line = (*path, str(key.value)), key.start_mark.line + 1
            if here in document.lines:
                first = f"une seule fois (déjà ligne {document.lines[here]})"
                text = f"« {key.value} » est écrit deux fois. Attendu : {first}."
                document.findings.append(Finding(document.name, line, text))
            document.lines[here] = line
            if isinstance(key, yaml.ScalarNode):
                _check_day(key, here, document)
            yield str(key.value), child


def _check_day(node: yaml.ScalarNode, path: tuple[str, ...], document: Document) -> None:
    """A day that does not exist stops PyYAML: it is read as a text, and told."""
    if node.tag != TIMESTAMP:
        return
    try:
        yaml.SafeLoader("").construct_yaml_timestamp(node)
    except ValueError:
        node.tag = TEXT
        document.refuse(path, node.value, "une date du calendrier, de la forme AAAA-MM-JJ")
