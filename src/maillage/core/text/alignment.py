"""Which block of a text became which block of another, and the words of a line as they are compared."""

import difflib
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from maillage.core.text.nodes import LINES, LISTS, Node
from maillage.core.text.normal import line
from maillage.core.text.plain import WORD, lines

Word = tuple[Node, ...]
"""A word with its marks, or the spaces or the sign between two words."""
Pair = tuple[int | None, int | None]
ALIKE = 0.34
"""Two blocks that share less than this of their words are not the same block."""
MOST_PAIRS = 40_000
"""Beyond this many comparisons, blocks changed together are paired in their order."""


def aligned(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """The pairs (rank in ``old``, rank in ``new``) in reading order; ``None`` where the other has nothing.

    Invariant: each rank of both is there once, in increasing order.
    """
    found: list[Pair] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        before, after = range(old_start, old_end), range(new_start, new_end)
        if kind == "equal":
            found.extend(zip(before, after, strict=True))
        else:
            found.extend(_paired(old, new, before, after))
    return found


def _paired(old: Sequence[Node], new: Sequence[Node], before: range, after: range) -> Iterable[Pair]:
    """The best pairs of blocks that were changed together (the highest sum of likeness)."""
    pairs = _best_pairs([old[at] for at in before], [new[at] for at in after])
    done_old, done_new = before.start, after.start
    for old_rank, new_rank in pairs:
        yield from ((at, None) for at in range(done_old, before.start + old_rank))
        yield from ((None, at) for at in range(done_new, after.start + new_rank))
        yield before.start + old_rank, after.start + new_rank
        done_old, done_new = before.start + old_rank + 1, after.start + new_rank + 1
    yield from ((at, None) for at in range(done_old, before.stop))
    yield from ((None, at) for at in range(done_new, after.stop))


def _best_pairs(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[int, int]]:
    if len(old) * len(new) > MOST_PAIRS:
        return [(at, at) for at in range(min(len(old), len(new))) if family(old[at]) == family(new[at])]
    old_words, new_words = [_counted(each) for each in old], [_counted(each) for each in new]
    likeness = [
        [_likeness(one, other, ones, others) for other, others in zip(new, new_words, strict=True)]
        for one, ones in zip(old, old_words, strict=True)
    ]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, j in itertools.product(reversed(range(len(old))), reversed(range(len(new)))):
        kept = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
        best[i][j] = max(best[i + 1][j], best[i][j + 1], kept)
    return _followed(likeness, best)


def _followed(likeness: list[list[float]], best: list[list[float]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _likeness(old: Node, new: Node, before: Counter[str], after: Counter[str]) -> float:
    """The share of the words that two blocks have in common; 0 when they are not the same block."""
    if family(old) != family(new):
        return 0.0
    total = before.total() + after.total()
    share = 2 * (before & after).total() / total if total else 1.0
    return share if share >= ALIKE else 0.0


def _counted(node: Node) -> Counter[str]:
    return Counter(word for line in lines(node) for word in WORD.findall(line))


def family(node: Node) -> str:
    """What a block can become by a change: a paragraph and a heading, two kinds of lists."""
    if node.kind in LINES:
        return "lines"
    if node.kind in LISTS:
        return "list"
    if node.kind == "insert":
        return f"insert {node.attr('kind')}"
    return f"image {node.attr('file')}" if node.kind == "image" else node.kind.replace("Header", "Cell")


def split_words(content: Iterable[Node]) -> list[Word]:
    """The words of a line, the spaces and each sign between them."""
    letters = [
        replace(node, text=letter) if node.kind == "text" else node
        for node in content
        for letter in (node.text if node.kind == "text" else " ")
    ]
    groups = itertools.groupby(enumerate(letters), key=lambda each: _sort(*each))
    return [line(letter for _, letter in group) for _, group in groups]


def _sort(rank: int, letter: Node) -> str:
    """What stands together: the letters of a word, spaces; any other sign stands alone."""
    if letter.kind == "text" and WORD.match(letter.text):
        return "word"
    return "space" if letter.kind == "text" and letter.text.isspace() else str(rank)
