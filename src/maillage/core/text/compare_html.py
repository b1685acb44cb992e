"""A comparison as HTML: what was added in ``<ins>``, what was removed in ``<del>``, the same elsewhere."""

import html
from collections.abc import Iterator, Sequence

from maillage.core.text.compare import Change, Piece
from maillage.core.text.html import TAGS, Html, Resolver, line_html, table_html
from maillage.core.text.nodes import INSERTS, LINES, Node, text_node
from maillage.core.text.normal import line

ELEMENTS = {"added": "ins", "removed": "del"}
SKIPPED = '<p class="texte-inchange">[…]</p>'


def difference_html(changes: Sequence[Change], resolve: Resolver, around: int | None) -> Html:
    """The changes, with ``around`` blocks left as they are on each side (all of them: ``None``)."""
    shown = [_is_near(changes, rank, around) for rank in range(len(changes))]
    return Html("\n".join(_kept(changes, shown, resolve)))


def _kept(changes: Sequence[Change], shown: Sequence[bool], resolve: Resolver) -> Iterator[str]:
    for rank, change in enumerate(changes):
        if shown[rank]:
            yield _change(change, resolve)
        elif rank == 0 or shown[rank - 1]:
            yield SKIPPED


def _is_near(changes: Sequence[Change], rank: int, around: int | None) -> bool:
    if around is None:
        return True
    return any(change.state != "same" for change in changes[max(0, rank - around) : rank + around + 1])


def _change(change: Change, resolve: Resolver) -> str:
    node = change.node
    if node.kind == "table":
        return table_html([[_inside(cell, resolve) for cell in row.inside] for row in change.inside])
    if node.kind in LINES:
        tag = f"h{node.attr('level')}" if node.kind == "heading" else "p"
        return f"<{tag}>{_pieces(change, resolve)}</{tag}>"
    if node.kind in TAGS:
        return f"<{TAGS[node.kind]}>{_inside(change, resolve)}</{TAGS[node.kind]}>"
    return f"<p>{_atom(change)}</p>"


def _inside(change: Change, resolve: Resolver) -> str:
    """What an item or a cell holds: one paragraph as its words alone."""
    if len(change.inside) == 1 and change.inside[0].node.kind == "paragraph":
        return _pieces(change.inside[0], resolve)
    return "".join(_change(each, resolve) for each in change.inside)


def _pieces(change: Change, resolve: Resolver) -> str:
    same = "" if change.state != "changed" or change.pieces_changed else _said(change)
    return "".join(_piece(piece, resolve) for piece in change.pieces) + same


def _said(change: Change) -> str:
    """What a block became when its words did not change: a heading, a paragraph."""
    return f" <ins>({_kind(change.node)})</ins>"


def _kind(node: Node) -> str:
    return f"titre de niveau {node.attr('level')}" if node.kind == "heading" else "paragraphe"


def _piece(piece: Piece, resolve: Resolver) -> str:
    shown = line_html(line(_visible(piece)), resolve)
    element = ELEMENTS.get(piece.state)
    return f"<{element}>{shown}</{element}>" if element else shown


def _visible(piece: Piece) -> Iterator[Node]:
    """The words of a piece; a new line that came or went is seen."""
    for node in piece.nodes:
        if node.kind == "hardBreak" and piece.state != "same":
            yield text_node("↵")
        if node.kind != "hardBreak" or piece.state != "removed":
            yield node


def _atom(change: Change) -> str:
    old, new = (_label(node) if node else "" for node in (change.old, change.new))
    if old == new:
        return html.escape(new)
    removed = f"<del>{html.escape(old)}</del>" if old else ""
    return removed + (f"<ins>{html.escape(new)}</ins>" if new else "")


def _label(node: Node) -> str:
    if node.kind == "insert":
        return f"[{INSERTS[node.attr('kind')]} {node.attr('ref')}".strip() + "]"
    if node.kind == "image":
        return f"[Image : {node.attr('alt')} — {node.attr('caption')}]"
    return "[Trait de séparation]"
