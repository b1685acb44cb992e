"""Reading a rich text given as JSON: what the schema accepts, what it refuses and why."""

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.text.nodes import INSERTS, Attrs, Doc, Mark, Node
from maillage.core.text.normal import blocks, clean, ordered

LEVELS = (2, 3, 4)
MOST_TEXT, MOST_NODES, MOST_ROWS, MOST_COLUMNS, DEEPEST = 200_000, 20_000, 300, 12, 14
TOO_WIDE = f"un tableau d'au plus {MOST_COLUMNS} colonnes, cellules fusionnées comprises"
LONGEST_LINK, LONGEST_LABEL, LONGEST_CAPTION, MOST_PROBLEMS = 2_000, 200, 1_000, 20
REFERENCE = re.compile(r"[\w.-]{1,120}", re.ASCII)
LINK = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@[^\s@])\S*", re.IGNORECASE)
KEPT_IN_LINK = ":/?#[]@!$&'*+,;=%-._~"
IN_LINE = ("text", "hardBreak", "figure", "mention")
IN_QUOTE = ("paragraph", "heading", "bulletList", "orderedList")
TOP = (*IN_QUOTE, "blockquote", "table", "horizontalRule", "image", "insert")
INSIDE: Mapping[str, tuple[str, ...]] = {
    "doc": TOP,
    "paragraph": IN_LINE,
    "heading": IN_LINE,
    "bulletList": ("listItem",),
    "orderedList": ("listItem",),
    "listItem": IN_QUOTE,
    "blockquote": IN_QUOTE,
    "table": ("tableRow",),
    "tableRow": ("tableHeader", "tableCell"),
    "tableHeader": IN_QUOTE,
    "tableCell": IN_QUOTE,
}
"""What each node may hold; the others hold nothing."""


def read(value: Any) -> Doc:
    """The text given as the JSON of ProseMirror, normalised; ``None`` is an empty text.

    Raises :class:`BadInput` with the path of each problem (``content.2.attrs.level``).
    """
    if value is None:
        return Doc()
    reading = _Reading()
    if not isinstance(value, Mapping) or value.get("type") != "doc":
        raise BadInput([Problem("", value, "un texte structuré (type « doc »)")])
    content = reading.children("doc", value, "", 0)
    if reading.characters > MOST_TEXT:
        reading.refuse("content", None, f"un texte d'au plus {MOST_TEXT} caractères : partagez-le en plusieurs parties")
    if reading.problems:
        raise BadInput(reading.problems)
    return Doc(blocks(content))


def accepts_link(href: str) -> bool:
    """Whether a link leads to a page or to an e-mail address."""
    return bool(LINK.fullmatch(href)) and len(href) <= LONGEST_LINK


def link_address(href: str) -> str:
    """The address of a link, written in one way: letters with accents, spaces and brackets by their code."""
    return quote(href, safe=KEPT_IN_LINK)


class _Reading:
    """One reading: counts what was read and keeps the problems found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.characters = self.nodes = 0

    def refuse(self, path: str, value: Any, expected: str) -> None:
        """Keep a problem; the first ones are enough."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(path, value, expected))

    def children(self, kind: str, value: Mapping[str, Any], path: str, depth: int) -> tuple[Node, ...]:
        """What a node holds, read; the problems are kept."""
        given = value.get("content") or []
        if not isinstance(given, list):
            self.refuse(f"{path}content", given, "une liste")
            return ()
        most = {"table": MOST_ROWS, "tableRow": MOST_COLUMNS}.get(kind, MOST_NODES)
        if len(given) > most or self.nodes + len(given) > MOST_NODES:
            self.refuse(f"{path}content", None, f"au plus {min(most, MOST_NODES)} éléments")
            return ()
        if depth > DEEPEST:
            self.refuse(f"{path}content", None, "des listes et des citations moins imbriquées")
            return ()
        self.nodes += len(given)
        read = [self.node(kind, each, f"{path}content.{rank}", depth) for rank, each in enumerate(given)]
        return tuple(node for node in read if node is not None)

    def node(self, parent: str, value: Any, path: str, depth: int) -> Node | None:
        """One node, or ``None`` when it is refused."""
        kind = value.get("type") if isinstance(value, Mapping) else None
        if kind not in INSIDE[parent]:
            self.refuse(f"{path}.type", kind, f"l'un de : {', '.join(INSIDE[parent])}")
            return None
        if kind in IN_LINE:
            return self.inline(kind, value, path)
        attrs = value.get("attrs") or {}
        if not isinstance(attrs, Mapping):
            self.refuse(f"{path}.attrs", attrs, "un objet JSON")
            return None
        reader = ATTRIBUTES.get(kind)
        found = reader(self, attrs, f"{path}.attrs") if reader else ()
        if kind == "table":
            return Node(kind, self.rows(value, path, depth))
        if kind == "heading" and parent != "doc":
            kind, found = "paragraph", ()
        content = self.children(kind, value, f"{path}.", depth + 1) if kind in INSIDE else ()
        return Node(kind, content, found)

    def inline(self, kind: str, value: Mapping[str, Any], path: str) -> Node | None:
        """What stands in a line."""
        marks = self.marks(value.get("marks") or [], f"{path}.marks")
        if kind == "hardBreak":
            return Node(kind)
        if kind == "text":
            text = value.get("text")
            if not isinstance(text, str):
                self.refuse(f"{path}.text", text, "un texte")
                return None
            self.characters += len(text)
            return Node(kind, text=clean(text), marks=marks)
        attrs = value.get("attrs")
        if not isinstance(attrs, Mapping):
            self.refuse(f"{path}.attrs", attrs, "un objet JSON")
            return None
        return Node(kind, attrs=ATTRIBUTES[kind](self, attrs, f"{path}.attrs"), marks=marks)

    def marks(self, given: Any, path: str) -> tuple[Mark, ...]:
        """The marks of what stands in a line."""
        if not isinstance(given, list):
            self.refuse(path, given, "une liste")
            return ()
        found = [self.mark(each, f"{path}.{rank}") for rank, each in enumerate(given)]
        return ordered(mark for mark in found if mark is not None)

    def mark(self, given: Any, path: str) -> Mark | None:
        """One mark, or ``None`` when it is refused."""
        kind = given.get("type") if isinstance(given, Mapping) else None
        if kind in ("bold", "italic"):
            return Mark(kind)
        if kind != "link":
            self.refuse(f"{path}.type", kind, "l'un de : bold, italic, link")
            return None
        attrs = given.get("attrs")
        href = attrs.get("href") if isinstance(attrs, Mapping) else None
        if not isinstance(href, str) or not accepts_link(clean(href).strip()):
            self.refuse(f"{path}.attrs.href", href, "une adresse qui commence par http://, https:// ou mailto:")
            return None
        self.characters += len(href)
        return Mark("link", link_address(clean(href).strip()))

    def rows(self, value: Mapping[str, Any], path: str, depth: int) -> tuple[Node, ...]:
        """The rows of a table; a cell merged over several places leaves the others empty."""
        rows = self.children("table", value, f"{path}.", depth + 1)
        if self.problems:
            return rows
        given = value.get("content") or []
        taken: set[tuple[int, int]] = set()
        found = []
        for rank, row in enumerate(rows):
            cells: dict[int, Node] = {}
            for cell, told in zip(row.content, given[rank].get("content") or [], strict=True):
                at = next((at for at in range(MOST_COLUMNS) if (rank, at) not in taken and at not in cells), None)
                if at is None:
                    self.refuse(f"{path}.content.{rank}.content", None, TOO_WIDE)
                    return rows
                cells[at] = cell
                spans = _spans(told, len(rows) - rank, MOST_COLUMNS - at)
                taken |= {(rank + down, at + right) for down, right in spans if (down, right) != (0, 0)}
            last = max(cells, default=-1)
            found.append(Node("tableRow", tuple(cells.get(at, Node("tableCell")) for at in range(last + 1))))
        return tuple(found)


def _spans(cell: Mapping[str, Any], rows: int, columns: int) -> list[tuple[int, int]]:
    """The places a cell takes, from its own, among the rows and the columns that are left."""
    attrs = cell.get("attrs")
    told = attrs if isinstance(attrs, Mapping) else {}
    down, right = (told.get(name) for name in ("rowspan", "colspan"))
    return [
        (row, column)
        for row in range(min(down, rows) if isinstance(down, int) else 1)
        for column in range(min(right, columns) if isinstance(right, int) else 1)
    ]


def _level(reading: _Reading, attrs: Mapping[str, Any], path: str) -> Attrs:
    level = attrs.get("level")
    if level not in LEVELS or isinstance(level, bool):
        reading.refuse(f"{path}.level", level, "2, 3 ou 4")
        return ()
    return (("level", int(level)),)


def _words(reading: _Reading, attrs: Mapping[str, Any], path: str, name: str, most: int) -> tuple[str, str]:
    given = attrs.get(name)
    text = "" if given is None else given
    if not isinstance(text, str) or len(text) > most:
        reading.refuse(f"{path}.{name}", given, f"un texte d'au plus {most} caractères")
        return name, ""
    reading.characters += len(text)
    return name, clean(text).strip()


def _uuid(reading: _Reading, attrs: Mapping[str, Any], path: str, name: str) -> tuple[str, str]:
    given = attrs.get(name)
    try:
        return name, str(uuid.UUID(given if isinstance(given, str) else ""))
    except ValueError:
        reading.refuse(f"{path}.{name}", given, "un identifiant (UUID)")
        return name, ""


def _reference(reading: _Reading, attrs: Mapping[str, Any], path: str, *, needed: bool) -> tuple[str, str]:
    given = attrs.get("ref")
    text = "" if given is None else given
    if not isinstance(text, str) or not (REFERENCE.fullmatch(text) or (not needed and text == "")):
        reading.refuse(f"{path}.ref", given, "un code (lettres sans accent, chiffres, points et tirets)")
        return "ref", ""
    return "ref", text


def _image(reading: _Reading, attrs: Mapping[str, Any], path: str) -> Attrs:
    return (
        _uuid(reading, attrs, path, "file"),
        _words(reading, attrs, path, "alt", LONGEST_CAPTION),
        _words(reading, attrs, path, "caption", LONGEST_CAPTION),
    )


def _insert(reading: _Reading, attrs: Mapping[str, Any], path: str) -> Attrs:
    kind = attrs.get("kind")
    if not isinstance(kind, str) or kind not in INSERTS:
        reading.refuse(f"{path}.kind", kind, f"l'un de : {', '.join(INSERTS)}")
        return ()
    return (("kind", kind), _reference(reading, attrs, path, needed=False))


def _figure(reading: _Reading, attrs: Mapping[str, Any], path: str) -> Attrs:
    return (_reference(reading, attrs, path, needed=True),)


def _mention(reading: _Reading, attrs: Mapping[str, Any], path: str) -> Attrs:
    return (_uuid(reading, attrs, path, "member"), _words(reading, attrs, path, "label", LONGEST_LABEL))


ATTRIBUTES: Mapping[str, Callable[[_Reading, Mapping[str, Any], str], Attrs]] = {
    "heading": _level,
    "image": _image,
    "insert": _insert,
    "figure": _figure,
    "mention": _mention,
}
