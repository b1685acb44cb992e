"""What a rich text says: its words, its plain text, and what it refers to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maillage.core.text.nodes import INSERTS, LINES, Doc, Node

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class References:
    """What a text shows by reference, each once, in reading order; inserts are (kind, ref), the rest codes or uuids."""

    figures: tuple[str, ...]
    inserts: tuple[tuple[str, str], ...]
    images: tuple[str, ...]
    mentions: tuple[str, ...]


def words(doc: Doc) -> tuple[str, ...]:
    """Every word of the text, captions included, in reading order."""
    return tuple(word for block in doc.content for text in lines(block) for word in WORD.findall(text))


def plain(doc: Doc) -> str:
    """The text without its form: one line a paragraph, the cells of a row between bars."""
    return "\n".join(text for block in doc.content for text in lines(block))


def lines(block: Node) -> Iterator[str]:
    """The lines of a block."""
    if block.kind in LINES:
        yield from line_text(block.content).split("\n")
    elif block.kind == "tableRow":
        yield " | ".join(" ".join(each for inside in cell.content for each in lines(inside)) for cell in block.content)
    elif block.kind == "image":
        yield " — ".join(filter(None, (block.attr("alt"), block.attr("caption"))))
    elif block.kind == "insert":
        yield f"[{INSERTS[block.attr('kind')]}{' : ' if block.attr('ref') else ''}{block.attr('ref')}]"
    for each in block.content if block.kind not in (*LINES, "tableRow") else ():
        yield from lines(each)


def line_text(content: tuple[Node, ...]) -> str:
    """What stands in a line, as plain text."""
    return "".join(map(_said, content))


def _said(node: Node) -> str:
    if node.kind == "hardBreak":
        return "\n"
    if node.kind == "figure":
        return f"[chiffre : {node.attr('ref')}]"
    return f"@{node.attr('label')}" if node.kind == "mention" else node.text


def references(doc: Doc) -> References:
    """What the text shows by reference."""
    found: dict[str, dict[str, None]] = {kind: {} for kind in ("figure", "insert", "image", "mention")}
    names = {"figure": "ref", "image": "file", "mention": "member"}
    inserts: dict[tuple[str, str], None] = {}
    for node in doc.every():
        if node.kind == "insert":
            inserts[node.attr("kind"), node.attr("ref")] = None
        elif node.kind in names:
            found[node.kind][node.attr(names[node.kind])] = None
    return References(tuple(found["figure"]), tuple(inserts), tuple(found["image"]), tuple(found["mention"]))
