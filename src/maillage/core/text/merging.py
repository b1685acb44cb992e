"""Two authors who wrote the same text at once: what both did, and where a person must choose.

Blocks are merged by three ways; inside a block, words are, when the changes do not touch. What cannot be decided is a
conflict that keeps both texts. Nothing typed is lost: every word that ``mine`` or ``theirs`` brings is in the merged
text or in a conflict.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from maillage.core.text.alignment import Word, aligned, matched, split_words
from maillage.core.text.nodes import ATOMS, LINES, Doc, Node
from maillage.core.text.normal import blocks, line

Choice = Literal["mine", "theirs", "both"]
Edit = tuple[int, int, tuple[Word, ...]]
"""A change of words: those of the base from a rank to another (not included), and what stands there now."""


@dataclass(frozen=True)
class Conflict:
    """A block that both wrote in a way that cannot be decided.

    ``index`` is its place in the merged text, where ``mine`` stands until a person chooses (``theirs`` when mine is
    removed); ``None`` says that the block was removed.
    """

    index: int
    base: Node
    mine: Node | None
    theirs: Node | None

    @property
    def texts(self) -> tuple[Doc, Doc, Doc]:
        """The block before, mine and theirs, each as a text to show."""
        before, mine, theirs = (Doc((node,) if node else ()) for node in (self.base, self.mine, self.theirs))
        return before, mine, theirs


@dataclass(frozen=True)
class Merged:
    """The merged text and what a person must choose."""

    doc: Doc
    conflicts: tuple[Conflict, ...] = ()

    def resolved(self, choices: Sequence[Choice]) -> Doc:
        """The text once a person chose, one choice a conflict in their order."""
        content = list(self.doc.content)
        for conflict, choice in reversed(list(zip(self.conflicts, choices, strict=True))):
            kept = {"mine": [conflict.mine], "theirs": [conflict.theirs], "both": [conflict.mine, conflict.theirs]}
            content[conflict.index : conflict.index + 1] = [node for node in kept[choice] if node is not None]
        return Doc(blocks(content))


@dataclass(frozen=True)
class _Side:
    """What one author did: what each block of the base became, and what stands before each (one more at the end)."""

    became: tuple[Node | None, ...]
    added: tuple[tuple[Node, ...], ...]


def merge(base: Doc, mine: Doc, theirs: Doc) -> Merged:
    """The text that holds what ``mine`` and ``theirs`` each changed from ``base``.

    Invariants: ``merge(b, b, x)`` and ``merge(b, x, b)`` are ``x``; ``merge(b, x, x)`` is ``x``.
    """
    ours, others = _side(base.content, mine.content), _side(base.content, theirs.content)
    content: list[Node] = []
    conflicts: list[Conflict] = []
    for rank, node in enumerate(base.content):
        content.extend(_both(ours.added[rank], others.added[rank]))
        before, after = ours.became[rank], others.became[rank]
        merged = _three(node, before, after)
        if merged is CONFLICT:
            conflicts.append(Conflict(len(content), node, before, after))
            merged = before or after
        if merged is not None:
            content.append(merged)
    content.extend(_both(ours.added[-1], others.added[-1]))
    return Merged(Doc(tuple(content) if conflicts else blocks(content)), tuple(conflicts))


CONFLICT = Node("conflict")
"""Says that a block cannot be merged."""


def _side(base: Sequence[Node], text: Sequence[Node]) -> _Side:
    became: list[Node | None] = [None] * len(base)
    added: list[list[Node]] = [[] for _ in range(len(base) + 1)]
    place = 0
    for old, new in aligned(base, text):
        if old is None and new is not None:
            added[place].append(text[new])
        elif old is not None:
            became[old] = None if new is None else text[new]
            place = old + 1
    return _Side(tuple(became), tuple(map(tuple, added)))


def _both(mine: tuple[Node, ...], theirs: tuple[Node, ...]) -> list[Node]:
    """What both added at the same place: what is the same once, then mine, then theirs."""
    found: list[Node] = []
    for kind, start, end, other_start, other_end in matched(mine, theirs):
        found.extend(mine[start:end])
        if kind != "equal":
            found.extend(theirs[other_start:other_end])
    return found


def _three(base: Node, mine: Node | None, theirs: Node | None) -> Node | None:
    """One block merged, ``None`` when it is removed, :data:`CONFLICT` when a person must choose."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if mine is None or theirs is None:
        return CONFLICT
    shape = _shape(base, mine, theirs)
    if shape is None or base.kind in ATOMS:
        return CONFLICT
    if shape.kind in LINES:
        content = _merged_line(base.content, mine.content, theirs.content)
    else:
        content = _merged_blocks(base, mine, theirs)
    return CONFLICT if content is None else replace(shape, content=content)


def _shape(base: Node, mine: Node, theirs: Node) -> Node | None:
    """The kind and the level of a block that one author changed; ``None`` when both changed them."""
    shapes = [replace(node, content=()) for node in (base, mine, theirs)]
    if shapes[1] == shapes[2] or shapes[2] == shapes[0]:
        return shapes[1]
    return shapes[2] if shapes[1] == shapes[0] else None


def _merged_blocks(base: Node, mine: Node, theirs: Node) -> tuple[Node, ...] | None:
    """What three blocks hold, merged; ``None`` when a part of it cannot be."""
    rows = base.kind == "tableRow"
    if rows and not len(base.content) == len(mine.content) == len(theirs.content):
        return None
    if rows or base.kind in ("tableCell", "tableHeader"):
        triples = zip(base.content, mine.content, theirs.content, strict=True)
        merged = [_three(*triple) for triple in triples]
    else:
        merged = _merged_list(base.content, mine.content, theirs.content)
    if any(node is CONFLICT for node in merged):
        return None
    return tuple(node for node in merged if node is not None)


def _merged_list(base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node]) -> list[Node | None]:
    ours, others = _side(base, mine), _side(base, theirs)
    merged: list[Node | None] = []
    for rank, node in enumerate(base):
        merged.extend(_both(ours.added[rank], others.added[rank]))
        merged.append(_three(node, ours.became[rank], others.became[rank]))
    return [*merged, *_both(ours.added[-1], others.added[-1])]


def _merged_line(base: tuple[Node, ...], mine: tuple[Node, ...], theirs: tuple[Node, ...]) -> tuple[Node, ...] | None:
    """The words of three lines merged; ``None`` when two changes touch."""
    words = split_words(base)
    ours, others = _edits(words, split_words(mine)), _edits(words, split_words(theirs))
    if any(_touch(one, other) for one in ours for other in others if one != other):
        return None
    found: list[Word] = []
    done = 0
    for start, end, written in sorted({*ours, *others}, key=lambda edit: edit[:2]):
        found += [*words[done:start], *written]
        done = end
    return line(node for word in [*found, *words[done:]] for node in word)


def _edits(base: list[Word], text: list[Word]) -> list[Edit]:
    return [
        (start, end, tuple(text[new_start:new_end]))
        for kind, start, end, new_start, new_end in matched(base, text)
        if kind != "equal"
    ]


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two changes have a word in common, or stand side by side."""
    return one[0] <= other[1] and other[0] <= one[1]
