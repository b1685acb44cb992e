"""Which block of a text became which block of another, and the words of a line as they are compared."""

import difflib
import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from maillage.core.text.nodes import LINES, LISTS, Node
from maillage.core.text.normal import line
from maillage.core.text.plain import WORD, lines

Word = tuple[Node, ...]
"""A word with its marks, or the spaces or the sign between two words."""
Pair = tuple[int | None, int | None]
Operation = tuple[str, int, int, int, int]
ALIKE = 0.34
"""Two blocks that share less than this of their words are not the same block."""
LONG = 1_500
MOST_PAIRS = 40_000
"""Beyond this many comparisons, blocks changed together are paired in their order."""


def matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Operation]:
    """What became of a sequence: the operations of ``difflib``, between what both begin and end with.

    In a very long one, what comes often is no place to start from: comparing each with each would take minutes.
    """
    start = _common(zip(old, new, strict=False))
    end = _common(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    is_long = max(len(before), len(after)) > LONG
    inside = difflib.SequenceMatcher(None, before, after, autojunk=is_long).get_opcodes()
    found: list[Operation] = [("equal", 0, start, 0, start)] if start else []
    found += [(kind, i + start, j + start, k + start, m + start) for kind, i, j, k, m in inside]
    return [*found, ("equal", len(old) - end, len(old), len(new) - end, len(new))] if end else found


def _common(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    """How many pairs are equal before the first that is not."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def aligned(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """The pairs (rank in ``old``, rank in ``new``) in reading order; ``None`` where the other has nothing.

    Invariant: each rank of both is there once, in increasing order.
    """
    found: list[Pair] = []
    for kind, old_start, old_end, new_start, new_end in matched(old, new):
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
