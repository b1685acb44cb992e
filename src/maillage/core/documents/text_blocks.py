"""A rich text (:mod:`maillage.core.text`) as the blocks of a document, what it refers to put in its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from maillage.core.documents.blocks import (
    ROOM,
    Block,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Rule,
    Run,
    Text,
    plain,
)
from maillage.core.kernel.french import UNKNOWN
from maillage.core.text import INSERTS, Doc, Node
from maillage.core.text.nodes import LISTS, OUTSIDER
from maillage.core.text.plain import line_text

WIDEST, MARGIN = 120, 3
"""Letters beyond which a text goes to the next line, and those that the edges of a column take."""
CAPTION_CELLS, CAPTION_WIDTH = 3, 80
WORD_ENDS = re.compile(r"[ \n-]")


@dataclass(frozen=True)
class Shown:
    """What the texts show by reference; what is not there is said « à confirmer ».

    ``figures``: code → words; ``inserts``: (kind, ref) → blocks; ``images``: file → (bytes, height for width);
    ``mentions``: member → name.
    """

    figures: Mapping[str, str] = field(default_factory=dict)
    inserts: Mapping[tuple[str, str], tuple[Block, ...]] = field(default_factory=dict)
    images: Mapping[str, tuple[bytes, float]] = field(default_factory=dict)
    mentions: Mapping[str, str] = field(default_factory=dict)


def blocks_of(doc: Doc, shown: Shown, title: str) -> Iterator[Block]:
    """The blocks of a text whose heading is ``title``, that names its tables without a header."""
    for node in doc.content:
        if node.kind == "heading":
            yield Heading(line_text(node.content).replace("\n", " "), node.attr("level"))
        else:
            yield from _block(node, shown, title)


def _block(node: Node, shown: Shown, title: str) -> Iterator[Block]:
    if node.kind == "paragraph":
        yield Paragraph(_line(node.content, shown))
    elif node.kind in LISTS:
        yield _listing(node, shown)
    elif node.kind == "blockquote":
        yield from (_quoted(each, shown) for each in node.content)
    elif node.kind == "table":
        rows = [tuple(_line(cell.content[0].content, shown) for cell in row.content) for row in node.content]
        yield Grid(rows[0], tuple(rows[1:]), _caption(rows[0]) or title, (), widths_of(rows))
    elif node.kind == "image":
        yield _picture(node, shown)
    elif node.kind == "insert":
        yield from _inserted(node, shown)
    else:
        yield Rule()


def _caption(header: Sequence[Text]) -> str:
    """The first words of a header, that name a table better than the heading just above it."""
    words = [text for cell in header if (text := " ".join(plain(cell).split()))]
    return shorten(", ".join(words[:CAPTION_CELLS]), CAPTION_WIDTH, placeholder="…")


def _listing(node: Node, shown: Shown) -> Listing:
    entries = tuple(
        tuple(
            _listing(each, shown) if each.kind in LISTS else Paragraph(_line(each.content, shown))
            for each in item.content
        )
        for item in node.content
    )
    return Listing(entries, ordered=node.kind == "orderedList")


def _quoted(node: Node, shown: Shown) -> Block:
    return _listing(node, shown) if node.kind in LISTS else Paragraph(_line(node.content, shown), quote=True)


def _picture(node: Node, shown: Shown) -> Block:
    alternative, caption = node.attr("alt"), node.attr("caption")
    found = shown.images.get(node.attr("file"))
    if found is None:
        return Paragraph(f"[Image introuvable : {alternative or caption or 'sans description'}]", small=True)
    return Picture(found[0], alternative or caption or "Image sans description", caption, found[1])


def _inserted(node: Node, shown: Shown) -> Sequence[Block]:
    kind, ref = node.attr("kind"), node.attr("ref")
    found = shown.inserts.get((kind, ref))
    return (Paragraph(f"[{INSERTS[kind]} : {UNKNOWN}]", small=True),) if found is None else found


def _line(content: Sequence[Node], shown: Shown) -> tuple[Run, ...]:
    return tuple(_run(node, shown) for node in content)


def _run(node: Node, shown: Shown) -> Run:
    marks = {mark.kind: mark.href for mark in node.marks}
    return Run(_said(node, shown), "bold" in marks, "italic" in marks, marks.get("link", ""))


def _said(node: Node, shown: Shown) -> str:
    if node.kind == "hardBreak":
        return "\n"
    if node.kind == "figure":
        ref = node.attr("ref")
        return shown.figures.get(ref, f"[{ref} : {UNKNOWN}]")
    return shown.mentions.get(node.attr("member"), OUTSIDER) if node.kind == "mention" else node.text


def widths_of(rows: Sequence[Sequence[Text]]) -> tuple[float, ...]:
    """The shares of the columns of a table: each as wide as its longest word, then as its longest texts ask."""
    columns = [[plain(row[rank]) for row in rows] for rank in range(len(rows[0]))]
    least = [max(max(map(len, WORD_ENDS.split(text))) for text in texts) + MARGIN for texts in columns]
    wanted = [min(WIDEST, max(len(line) for text in texts for line in text.split("\n"))) + MARGIN for texts in columns]
    rest = max(0, ROOM - sum(least))
    asked = [max(0, most - few) for most, few in zip(wanted, least, strict=True)]
    weights = [few + rest * (more + 1) / (sum(asked) + len(asked)) for few, more in zip(least, asked, strict=True)]
    return tuple(weight / sum(weights) for weight in weights)
