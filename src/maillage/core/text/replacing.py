"""Other words in the place of a passage of a rich text, as a suggestion proposes them."""

from collections.abc import Sequence
from dataclasses import replace

from maillage.core.text.nodes import LINES, Doc, Node, text_node


def count(doc: Doc, passage: str) -> int:
    """How many times a passage stands in the text, inside one line each time."""
    lines = [node for node in doc.every() if node.kind in LINES]
    return sum(_words(line.content).count(passage) for line in lines) if passage else 0


def replaced(doc: Doc, passage: str, words: str) -> Doc | None:
    """The text with the first ``passage`` replaced; ``None`` when it is no longer there.

    The new words take the marks (bold, italic, link) of the first words that they replace. Everything else stays.
    """
    blocks, done = _blocks(doc.content, passage, words)
    return Doc(blocks) if done else None


def _blocks(nodes: Sequence[Node], passage: str, words: str) -> tuple[tuple[Node, ...], bool]:
    for place, node in enumerate(nodes):
        if node.kind in LINES:
            found = _words(node.content).find(passage) if passage else -1
            inside, done = (_line(node.content, found, len(passage), words), True) if found >= 0 else ((), False)
        else:
            inside, done = _blocks(node.content, passage, words)
        if done:
            return (*nodes[:place], replace(node, content=inside), *nodes[place + 1 :]), True
    return tuple(nodes), False


def _words(nodes: Sequence[Node]) -> str:
    """What stands in a line as one string; what is no text counts for one character that no passage holds."""
    return "".join(node.text if node.kind == "text" else "\0" for node in nodes)


def _line(nodes: Sequence[Node], start: int, length: int, words: str) -> tuple[Node, ...]:
    """A line whose characters from ``start`` on are replaced; nodes without text are never among them."""
    made: list[Node] = []
    place, end, is_written = 0, start + length, False
    for node in nodes:
        size = len(node.text) if node.kind == "text" else 1
        first, last = max(start - place, 0), min(end - place, size)
        if node.kind != "text" or first >= last:
            made.append(node)
        else:
            kept = node.text[:first] + ("" if is_written else words) + node.text[last:]
            is_written = True
            made += [text_node(kept, node.marks)] if kept else []
        place += size
    return tuple(made)
