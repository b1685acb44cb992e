"""The screen of patient data on a rich text: what it finds, where in the text, and the text with it masked.

All that an author writes is read: the words, the label of a mention in its line, and after them the addresses of links.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_plus

from maillage.apps.common.patient_data.finding import HIDDEN, Finding, masked_part, merged
from maillage.apps.common.patient_data.screen import find
from maillage.apps.common.screening import PatientData
from maillage.core.text import Doc, Node
from maillage.core.text.nodes import Mark
from maillage.core.text.normal import blocks
from maillage.core.text.reading import accepts_link, link_address

WORDED = ("alt", "caption")
"""The attributes that an author writes."""
SEPARATORS = {"paragraph": "\n", "heading": "\n", "tableCell": " ", "tableHeader": " ", "tableRow": "\n"}
"""What stands after a node when the text is read in a line: the cells of a row are read together."""
FIELD = "Texte"
OBJECT = "\ufffc"
Write = Callable[[str], str]


@dataclass(frozen=True)
class Passage:
    """A passage that may tell who a patient is, as its author wrote it, and as it would be once masked."""

    rank: int
    excerpt: str
    masked: str
    why: str


class PatientDataFound(PatientData):
    """A text is not saved: it holds what may tell who a patient is. The message repeats nothing of it."""

    def __init__(self, passages: Sequence[Passage], findings: Sequence[Finding]) -> None:
        super().__init__({FIELD: findings})
        self.passages = tuple(passages)


def passages(doc: Doc) -> tuple[Passage, ...]:
    """What may tell who a patient is, in the order of the text."""
    text = "".join(_pieces(doc))
    return _passages(text, find(text))


def stop(doc: Doc) -> None:
    """Raises :class:`PatientDataFound` when a text may tell who a patient is."""
    text = "".join(_pieces(doc))
    if found := find(text):
        raise PatientDataFound(_passages(text, found), found)


def masked(doc: Doc, ranks: Collection[int] | None = None) -> Doc:
    """The text with these passages masked (ranks of :func:`passages`); all of them without ``ranks``."""
    text = "".join(_pieces(doc))
    spans = merged(
        span for rank, each in enumerate(find(text)) if ranks is None or rank in ranks for span in each.hidden
    )
    place = 0  # in the text, of the next piece, counted as the nodes are read

    def write(piece: str) -> str:
        nonlocal place
        start, place = place, place + len(piece)
        return masked_part(piece, spans, start)

    return replace(doc, content=blocks(_all_rewritten(doc, write)))


def _passages(text: str, found: Sequence[Finding]) -> tuple[Passage, ...]:
    return tuple(
        Passage(rank, text[each.start : each.end], _masked(text, each), each.explanation)
        for rank, each in enumerate(found)
    )


def _masked(text: str, found: Finding) -> str:
    return masked_part(text[found.start : found.end], merged(found.hidden), found.start)


def _pieces(doc: Doc) -> Iterator[str]:
    """The whole text as :func:`_rewritten` reads it, piece by piece."""
    read: list[str] = []

    def keep(piece: str) -> str:
        read.append(piece)
        return piece

    _all_rewritten(doc, keep)
    yield from read


def _all_rewritten(doc: Doc, write: Write) -> list[Node]:
    """The text with its words, then the addresses of its links, passed through ``write``."""
    worded = [_rewritten(node, write) for node in doc.content]
    return [_readdressed(node, write) for node in worded]


def _rewritten(node: Node, write: Write) -> Node:
    """A node with each of its texts passed through ``write``, in reading order, separators included."""
    if node.kind == "text":
        return replace(node, text=write(node.text))
    if node.kind == "hardBreak":
        write("\n")
        return node
    if node.kind == "figure":
        write(OBJECT)
        return node
    if node.kind == "mention":
        label = str(node.attr("label"))
        told = dict(node.attrs) | {"label": write(label) or (HIDDEN if label else "")}
        return replace(node, attrs=tuple(told.items()))
    attrs = tuple((name, _worded(value, write) if name in WORDED else value) for name, value in node.attrs)
    rewritten = replace(node, attrs=attrs, content=tuple(_rewritten(each, write) for each in node.content))
    if SEPARATORS.get(node.kind):
        write(SEPARATORS[node.kind])
    return rewritten


def _readdressed(node: Node, write: Write) -> Node:
    """A node with the address of each link passed through ``write``; one that leads nowhere any more goes."""
    marks = tuple(mark for each in node.marks if (mark := _address(each, write)))
    return replace(node, marks=marks, content=tuple(_readdressed(each, write) for each in node.content))


def _address(mark: Mark, write: Write) -> Mark | None:
    if mark.kind != "link":
        return mark
    read = unquote_plus(mark.href)
    told = write(read)
    write("\n")
    if told == read:
        return mark
    href = link_address(told)
    return replace(mark, href=href) if accepts_link(href) else None


def _worded(value: str | int, write: Write) -> str:
    told = write(str(value))
    write("\n")
    return told
