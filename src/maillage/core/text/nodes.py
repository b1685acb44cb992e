"""What a rich text is made of: nodes with attributes, and marks on what stands in a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

INSERTS = {
    "table": "Tableau",
    "map": "Carte",
    "chart": "Graphique",
    "members": "Liste des membres",
    "hours": "Horaires d'ouverture",
    "sites": "Lieux d'exercice",
    "protocols": "Protocoles",
    "actions": "Fiches actions",
    "budget": "Budget",
    "legal": "Forme juridique",
}
"""What is inserted in a text by reference, as a reader names it."""
OUTSIDER = "personne hors de l'équipe"
"""How a mention is shown when its member is not known: what its author typed may be anyone's name."""
LISTS = frozenset({"bulletList", "orderedList"})
INLINE = frozenset({"text", "hardBreak", "figure", "mention"})
LINES = frozenset({"paragraph", "heading"})
"""The nodes that hold what stands in a line."""
ATOMS = frozenset({"image", "insert", "horizontalRule"})
"""The blocks that hold nothing."""
Attrs = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, order=True)
class Mark:
    """What a text is: ``bold``, ``italic``, or ``link`` to ``href``."""

    kind: str
    href: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The mark as ProseMirror writes it."""
        return {"type": self.kind, "attrs": {"href": self.href}} if self.kind == "link" else {"type": self.kind}


@dataclass(frozen=True)
class Node:
    """One node: its kind, what it holds, its attributes; the text and marks of what stands in a line."""

    kind: str
    content: tuple["Node", ...] = ()
    attrs: Attrs = ()
    text: str = ""
    marks: tuple[Mark, ...] = ()

    def attr(self, name: str) -> Any:
        """An attribute, or an empty text."""
        return dict(self.attrs).get(name, "")

    def as_dict(self) -> dict[str, Any]:
        """The node as ProseMirror writes it."""
        told: dict[str, Any] = {"type": self.kind}
        if self.attrs:
            told["attrs"] = dict(self.attrs)
        if self.content:
            told["content"] = [each.as_dict() for each in self.content]
        if self.kind == "text":
            told["text"] = self.text
        if self.marks:
            told["marks"] = [mark.as_dict() for mark in self.marks]
        return told

    def every(self) -> Iterator["Node"]:
        """The node and all that it holds, in reading order."""
        yield self
        for each in self.content:
            yield from each.every()


@dataclass(frozen=True)
class Doc:
    """A rich text; nothing in ``content`` when it is empty."""

    content: tuple[Node, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not self.content

    def as_dict(self) -> dict[str, Any]:
        """The text as ProseMirror writes it, as it is stored; an empty text has one empty paragraph."""
        return {"type": "doc", "content": [each.as_dict() for each in self.content or (Node("paragraph"),)]}

    def every(self) -> Iterator[Node]:
        """Every node, in reading order."""
        for each in self.content:
            yield from each.every()


def empty() -> Doc:
    """The text in which nothing is written."""
    return Doc()


def text_node(text: str, marks: tuple[Mark, ...] = ()) -> Node:
    """A piece of text."""
    return Node("text", text=text, marks=marks)
