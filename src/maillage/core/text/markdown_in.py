"""Reading a rich text written in Markdown: what the schema does not know is kept as plain words."""

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from maillage.core.text.nodes import INSERTS, Doc
from maillage.core.text.reading import accepts_link, link_address, read

Json = dict[str, Any]
UUID = r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
LABEL = r"\[((?:\\.|[^\[\]\\])*)\]"
PATTERNS = {
    "figure": re.compile(r"\{\{chiffre:([A-Za-z0-9_.-]{1,120})\}\}"),
    "insert": re.compile(rf"\{{\{{inserer:({'|'.join(INSERTS)}):([A-Za-z0-9_.-]{{0,120}})\}}\}}"),
    "nothing": re.compile(r"\{\}"),
    "mention": re.compile(rf"@{LABEL}\(membre:{UUID}\)"),
    "file": re.compile(rf'!{LABEL}\(fichier:{UUID}(?: "((?:\\.|[^"\\])*)")?\)'),
    "hardbreak": re.compile(r"<br ?/?>", re.IGNORECASE),
}
"""What our Markdown adds in a line."""
ESCAPED = re.compile(r"\\([\\\[\]|\"])")
MARKS = {"strong": "bold", "em": "italic"}
LOWEST, DEEPEST = 4, 2
"""Levels of headings: those that Markdown has more are brought to these."""


def from_markdown(text: str) -> Doc:
    """The text written in Markdown.

    Raises :class:`BadInput` when it is too long. A new line in a paragraph is kept as a new line.
    """
    tree = SyntaxTreeNode(_parser().parse(text))
    return read({"type": "doc", "content": list(_blocks(tree.children))})


class _Markdown(MarkdownIt):
    """Markdown whose links are those of the schema."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is the library's
        return accepts_link(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is the library's
        return link_address(url)


@functools.cache
def _parser() -> MarkdownIt:
    parser = _Markdown("commonmark", {"html": False}).enable("table")
    for kind, pattern in PATTERNS.items():
        parser.inline.ruler.before("link", f"maillage_{kind}", _rule(kind, pattern))
    return parser


def _rule(kind: str, pattern: re.Pattern[str]) -> Callable[[StateInline, bool], bool]:
    """A rule of Markdown: what the pattern finds at the place read is a token of this kind."""

    def rule(state: StateInline, silent: bool) -> bool:
        found = pattern.match(state.src, state.pos, state.posMax)
        if not found:
            return False
        if not silent:
            token = state.push(kind, "", 0)
            token.meta = {"parts": found.groups("")}
            token.content = found[0]
        state.pos = found.end()
        return True

    return rule


def _blocks(nodes: Sequence[SyntaxTreeNode], *, nested: bool = False) -> Iterator[Json]:
    for node in nodes:
        reader = BLOCKS.get(node.type)
        if reader:
            yield from reader(node, nested)
        elif node.type in ("fence", "code_block", "html_block"):
            yield _paragraph(_typed(node.content.rstrip("\n")))


def _lines(node: SyntaxTreeNode, nested: bool) -> Iterator[Json]:
    """A paragraph, and the images and inserts it holds, which are blocks of their own."""
    inline = list(_inline(node, ()))
    if nested:
        yield _paragraph([_as_words(each) for each in inline])
        return
    kept: list[Json] = []
    for each in inline:
        if each["type"] in ("image", "insert"):
            yield from [_paragraph(_stripped(kept))] if kept else []
            kept = []
            yield each
        else:
            kept.append(each)
    if kept:
        yield _paragraph(_stripped(kept) if len(kept) < len(inline) else kept)


def _stripped(content: list[Json]) -> list[Json]:
    """The words beside an image, without the spaces and new lines that part them from it."""
    start, end = 0, len(content)
    while start < end and _is_blank(content[start]):
        start += 1
    while end > start and _is_blank(content[end - 1]):
        end -= 1
    kept = content[start:end]
    if kept and kept[0]["type"] == "text":
        kept[0] = {**kept[0], "text": kept[0]["text"].lstrip()}
    if kept and kept[-1]["type"] == "text":
        kept[-1] = {**kept[-1], "text": kept[-1]["text"].rstrip()}
    return kept


def _is_blank(node: Json) -> bool:
    return node["type"] == "hardBreak" or (node["type"] == "text" and not node["text"].strip())


def _paragraph(content: list[Json]) -> Json:
    return {"type": "paragraph", "content": content}


def _typed(text: str) -> list[Json]:
    """A text with its new lines, as it was typed."""
    found: list[Json] = []
    for rank, line in enumerate(text.split("\n")):
        found += [{"type": "hardBreak"}] if rank else []
        found.append({"type": "text", "text": line})
    return found


def _heading(node: SyntaxTreeNode, _nested: bool) -> Iterator[Json]:
    level = min(LOWEST, max(DEEPEST, int(node.tag[1:])))
    content = [_as_words(each) for each in _inline(node, ())]
    yield {"type": "heading", "attrs": {"level": level}, "content": content}


def _list(node: SyntaxTreeNode, _nested: bool) -> Iterator[Json]:
    items = [{"type": "listItem", "content": list(_held(item))} for item in node.children]
    yield {"type": "bulletList" if node.type == "bullet_list" else "orderedList", "content": items}


def _held(node: SyntaxTreeNode) -> Iterator[Json]:
    """What a list or a quotation holds: another quotation is its paragraphs, a table is its rows as lines."""
    for each in _blocks(node.children, nested=True):
        if each["type"] == "blockquote":
            yield from each["content"]
        elif each["type"] == "table":
            cells = [[cell["content"][0]["content"] for cell in row["content"]] for row in each["content"]]
            yield from (_paragraph([each for cell in row for each in (*cell, SPACE)]) for row in cells)
        elif each["type"] != "horizontalRule":
            yield each


SPACE: Json = {"type": "text", "text": " "}


def _quote(node: SyntaxTreeNode, _nested: bool) -> Iterator[Json]:
    yield {"type": "blockquote", "content": list(_held(node))}


def _table(node: SyntaxTreeNode, _nested: bool) -> Iterator[Json]:
    rows = [row for part in node.children for row in part.children]
    yield {
        "type": "table",
        "content": [{"type": "tableRow", "content": list(map(_cell, row.children))} for row in rows],
    }


def _cell(node: SyntaxTreeNode) -> Json:
    content = [_as_words(each) for each in _inline(node, ())]
    return {"type": "tableHeader" if node.type == "th" else "tableCell", "content": [_paragraph(content)]}


def _hr(_node: SyntaxTreeNode, _nested: bool) -> Iterator[Json]:
    yield {"type": "horizontalRule"}


BLOCKS: Mapping[str, Callable[[SyntaxTreeNode, bool], Iterator[Json]]] = {
    "paragraph": _lines,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "table": _table,
    "hr": _hr,
}


def _inline(node: SyntaxTreeNode, marks: tuple[Json, ...]) -> Iterator[Json]:
    for each in node.children:
        if each.type in ("inline", "strong", "em", "link"):
            yield from _inline(each, (*marks, *_mark(each)))
        elif each.type in READERS:
            yield {**READERS[each.type](each), **({"marks": list(marks)} if marks else {})}
        elif each.type in ("softbreak", "hardbreak"):
            yield {"type": "hardBreak"}
        elif each.type != "nothing":
            yield {"type": "text", "text": each.content, "marks": list(marks)}


def _mark(node: SyntaxTreeNode) -> tuple[Json, ...]:
    if node.type == "link":
        return ({"type": "link", "attrs": {"href": str(node.attrs["href"])}},)
    return ({"type": MARKS[node.type]},) if node.type in MARKS else ()


def _as_words(node: Json) -> Json:
    """An image or an insert where there is no place for one: as it was typed."""
    if node["type"] not in ("image", "insert"):
        return node
    return {"type": "text", "text": node["typed"]}


def _figure(node: SyntaxTreeNode) -> Json:
    return {"type": "figure", "attrs": {"ref": node.meta["parts"][0]}}


def _mention(node: SyntaxTreeNode) -> Json:
    label, member = node.meta["parts"]
    return {"type": "mention", "attrs": {"member": member, "label": ESCAPED.sub(r"\1", label)}}


def _insert(node: SyntaxTreeNode) -> Json:
    kind, ref = node.meta["parts"]
    return {"type": "insert", "attrs": {"kind": kind, "ref": ref}, "typed": node.content}


def _file(node: SyntaxTreeNode) -> Json:
    alt, file, caption = node.meta["parts"]
    words = {"alt": ESCAPED.sub(r"\1", alt), "caption": ESCAPED.sub(r"\1", caption)}
    return {"type": "image", "attrs": {"file": file, **words}, "typed": node.content}


READERS: Mapping[str, Callable[[SyntaxTreeNode], Json]] = {
    "figure": _figure,
    "mention": _mention,
    "insert": _insert,
    "file": _file,
}
