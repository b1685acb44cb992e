"""What changed from a text to another, as a person reads it: block by block, and word by word inside a block."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from maillage.core.text.alignment import aligned, matched, split_words
from maillage.core.text.html import Html, Resolver
from maillage.core.text.nodes import ATOMS, LINES, Doc, Node

State = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True)
class Piece:
    """Words of a line that are the same, added or removed."""

    state: Literal["same", "added", "removed"]
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Change:
    """What a block became. ``pieces`` for what stands in a line, ``inside`` for the blocks it holds.

    ``old`` is ``None`` when it is added, ``new`` when it is removed.
    """

    state: State
    old: Node | None
    new: Node | None
    pieces: tuple[Piece, ...] = ()
    inside: tuple["Change", ...] = ()

    @property
    def pieces_changed(self) -> bool:
        """Whether a word of the line changed."""
        return any(piece.state != "same" for piece in self.pieces)

    @property
    def node(self) -> Node:
        """The block as it is now, or as it was when it is removed."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change has a block before or after")
        return found


@dataclass(frozen=True)
class Difference:
    """Every block of both texts, in reading order, with what became of it."""

    changes: tuple[Change, ...]
    counts: Mapping[State, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether both texts are the same."""
        return all(change.state == "same" for change in self.changes)

    def as_html(self, resolve: Resolver, *, around: int | None = None) -> Html:
        """The text with ``<ins>`` and ``<del>``; ``around``: how many blocks are kept around a change (all: None)."""
        from maillage.core.text.compare_html import difference_html

        return difference_html(self.changes, resolve, around)


def diff(old: Doc, new: Doc) -> Difference:
    """What changed from ``old`` to ``new``.

    Invariant: the blocks that are not removed are ``new``; those that are not added are ``old``.
    """
    changes = tuple(_changes(old.content, new.content))
    return Difference(changes, Counter(change.state for change in changes))


def _changes(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Change]:
    for before, after in aligned(old, new):
        yield _change(None if before is None else old[before], None if after is None else new[after])


def _change(old: Node | None, new: Node | None) -> Change:
    state: State = "added" if old is None else "removed" if new is None else "same" if old == new else "changed"
    kind = (new or old or Node("paragraph")).kind
    before, after = old.content if old else (), new.content if new else ()
    if kind in LINES:
        return Change(state, old, new, pieces=tuple(_pieces(before, after)))
    if kind in ATOMS:
        return Change(state, old, new)
    if kind == "tableRow":
        return Change(state, old, new, inside=tuple(_cells(before, after)))
    return Change(state, old, new, inside=tuple(_changes(before, after)))


def _cells(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Change]:
    """The cells of a row: one by one when there are as many, else as they look alike."""
    if not old or not new or len(old) == len(new):
        return itertools.starmap(_change, itertools.zip_longest(old, new))
    return _changes(old, new)


def _pieces(old: tuple[Node, ...], new: tuple[Node, ...]) -> Iterator[Piece]:
    if old == new:
        yield from [Piece("same", new)] if new else []
        return
    before, after = split_words(old), split_words(new)
    for kind, old_start, old_end, new_start, new_end in matched(before, after):
        removed = tuple(node for word in before[old_start:old_end] for node in word)
        added = tuple(node for word in after[new_start:new_end] for node in word)
        if kind == "equal":
            yield Piece("same", added)
        else:
            yield from [Piece("removed", removed)] if removed else []
            yield from [Piece("added", added)] if added else []
