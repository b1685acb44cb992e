"""A rich text as HTML for a page: escaped, semantic, without style; what is inserted is given by a resolver."""

import html
from collections.abc import Iterable
from typing import Protocol

from maillage.core.text.nodes import INSERTS, LINES, OUTSIDER, Doc, Node

TAGS = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "tableRow": "tr",
    "tableCell": "td",
}
MARKS = {"bold": "strong", "italic": "em"}


class Html(str):
    """HTML that is safe as it is: templates do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class Resolver(Protocol):
    """What tells the things a text shows by reference; ``None`` when it does not know, and the page says so.

    A ``str`` is escaped; an :class:`Html` (or any text with ``__html__``) is kept.
    """

    def figure(self, ref: str) -> str | None:
        """A figure of the diagnosis, in words with its unit: « 12 345 habitants »."""

    def insert(self, kind: str, ref: str) -> str | None:
        """What is inserted, as HTML."""

    def image(self, file: str) -> str | None:
        """The address of an image."""

    def mention(self, member: str, label: str) -> str | None:
        """How a member is named; one who is not known is shown as « personne hors de l'équipe »."""


def to_html(doc: Doc, resolve: Resolver) -> Html:
    """The text as HTML."""
    return blocks_html(doc.content, resolve)


def blocks_html(nodes: Iterable[Node], resolve: Resolver) -> Html:
    """Blocks as HTML, one a line."""
    return Html("\n".join(_block(node, resolve) for node in nodes))


def _block(node: Node, resolve: Resolver) -> str:
    if node.kind == "table":
        return table_html([[_cell(cell, resolve) for cell in row.content] for row in node.content])
    if node.kind == "image":
        return image_html(node, resolve)
    if node.kind == "insert":
        return _inserted(node, resolve)
    if node.kind == "horizontalRule":
        return "<hr>"
    tag = f"h{node.attr('level')}" if node.kind == "heading" else TAGS[node.kind]
    if node.kind in LINES:
        return f"<{tag}>{line_html(node.content, resolve)}</{tag}>"
    held = node.content
    if node.kind == "listItem" and held and held[0].kind == "paragraph":
        rest = "".join(_block(each, resolve) for each in held[1:])
        return f"<{tag}>{line_html(held[0].content, resolve)}{rest}</{tag}>"
    return f"<{tag}>{''.join(_block(each, resolve) for each in held)}</{tag}>"


def _cell(cell: Node, resolve: Resolver) -> str:
    return "<br>".join(line_html(each.content, resolve) for each in cell.content)


def table_html(rows: list[list[str]]) -> str:
    """A table of HTML cells whose first row is the header; it scrolls on a narrow screen."""
    head = "".join(f'<th scope="col">{cell}</th>' if cell else "<td></td>" for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    table = f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="table-responsive">{table}</div>'


def image_html(node: Node, resolve: Resolver) -> str:
    """An image with its caption, or what it shows when it is not found."""
    address, alt = resolve.image(node.attr("file")), node.attr("alt")
    shown = (
        f'<img src="{html.escape(address)}" alt="{html.escape(alt)}" loading="lazy">'
        if address
        else _missing("image introuvable", alt)
    )
    caption = f"<figcaption>{html.escape(node.attr('caption'))}</figcaption>" if node.attr("caption") else ""
    return f"<figure>{shown}{caption}</figure>"


def _inserted(node: Node, resolve: Resolver) -> str:
    kind, ref = node.attr("kind"), node.attr("ref")
    found = resolve.insert(kind, ref)
    if found is None:
        return f"<p>{_missing('à compléter', f'{INSERTS[kind]} {ref}'.strip())}</p>"
    return f'<div class="texte-insertion" data-insertion="{kind}">{escaped(found)}</div>'


def line_html(content: Iterable[Node], resolve: Resolver) -> str:
    """What stands in a line, as HTML."""
    return "".join(_marked(node, _said(node, resolve)) for node in content)


def _said(node: Node, resolve: Resolver) -> str:
    if node.kind == "hardBreak":
        return "<br>"
    if node.kind == "figure":
        ref = node.attr("ref")
        found = resolve.figure(ref)
        shown = _missing("à confirmer", ref) if found is None else escaped(found)
        return f'<span class="texte-chiffre" data-chiffre="{html.escape(ref)}">{shown}</span>'
    if node.kind == "mention":
        found = resolve.mention(node.attr("member"), node.attr("label"))
        return f'<span class="texte-mention">@{escaped(found or OUTSIDER)}</span>'
    return html.escape(node.text)


def _marked(node: Node, shown: str) -> str:
    for mark in reversed(node.marks):
        if mark.kind == "link":
            shown = f'<a href="{html.escape(mark.href)}" rel="noopener">{shown}</a>'
        else:
            shown = f"<{MARKS[mark.kind]}>{shown}</{MARKS[mark.kind]}>"
    return shown


def _missing(what: str, name: str) -> str:
    told = f"{what} : {name}" if name else what
    return f'<span class="texte-inconnu">{html.escape(told)}</span>'


def escaped(text: str) -> str:
    """``text`` escaped, unless it is HTML already."""
    return str(text) if hasattr(text, "__html__") else html.escape(text)
