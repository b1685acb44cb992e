"""One way only of writing the same text: what the comparison, the merge and the Markdown stand on.

Invariant: normalising twice gives the same as once.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from maillage.core.text.nodes import ATOMS, LISTS, Mark, Node

MARKS = ("link", "bold", "italic")
"""The marks, from the outermost."""
BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
REFUSED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` without control characters; what breaks a line is a space.

    >>> clean("a\\tb\\x00c")
    'a bc'
    """
    return REFUSED.sub("", BREAKS.sub(" ", text))


def line(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """What stands in a line: neighbours of text with the same marks are one, and empty ones are gone."""
    found: list[Node] = []
    for node in nodes:
        if node.kind == "text" and not node.text:
            continue
        if found and node.kind == "text" == found[-1].kind and node.marks == found[-1].marks:
            found[-1] = replace(node, text=found[-1].text + node.text)
        else:
            found.append(node)
    return tuple(found)


def ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks of a text in the one order, each kind once."""
    kinds = {mark.kind: mark for mark in marks}
    return tuple(kinds[kind] for kind in MARKS if kind in kinds)


def blocks(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Blocks one after another: the empty ones gone, two lists of the same kind that touch made one."""
    found: list[Node] = []
    for node in map(block, nodes):
        if says_nothing(node):
            continue
        if found and node.kind in LISTS and found[-1].kind == node.kind:
            found[-1] = replace(node, content=found[-1].content + node.content)
        else:
            found.append(node)
    return tuple(found)


def block(node: Node) -> Node:
    """One block, normalised inside."""
    if node.kind in ("paragraph", "heading"):
        return replace(node, content=line(node.content))
    if node.kind in LISTS:
        return replace(node, content=tuple(each for each in map(_item, node.content) if not says_nothing(each)))
    if node.kind == "blockquote":
        return replace(node, content=blocks(node.content))
    return _table(node) if node.kind == "table" else node


def says_nothing(node: Node) -> bool:
    """Whether nothing is left to read in a block; a table says at least its shape."""
    if node.kind == "table":
        return not node.content
    if node.kind in ATOMS:
        return False
    return not any(each.kind in ("figure", "mention", "table", *ATOMS) or each.text.strip() for each in node.every())


def _item(node: Node) -> Node:
    """An item of a list: it begins with a paragraph, empty when it holds a list alone."""
    inside = blocks(node.content)
    if inside and inside[0].kind in LISTS:
        inside = (Node("paragraph"), *inside)
    return replace(node, content=inside)


def _table(node: Node) -> Node:
    """A table of rows of one width whose first row is the header."""
    rows = [[_cell_line(cell) for cell in row.content] for row in node.content]
    width = max((len(row) for row in rows), default=0) or 1
    return replace(
        node,
        content=tuple(
            Node("tableRow", tuple(_cell(row[at] if at < len(row) else (), rank) for at in range(width)))
            for rank, row in enumerate(rows)
        ),
    )


def _cell(content: tuple[Node, ...], rank: int) -> Node:
    return Node("tableHeader" if rank == 0 else "tableCell", (Node("paragraph", content),))


def _cell_line(cell: Node) -> tuple[Node, ...]:
    """The lines of a cell as one paragraph, a new line between two."""
    found: list[Node] = []
    for each in cell.content:
        lines = [line(inside.content) for inside in each.every() if inside.kind in ("paragraph", "heading")]
        for content in filter(None, lines):
            found.extend((Node("hardBreak"), *content) if found else content)
    content = line(found)
    return () if says_nothing(Node("paragraph", content)) else content
