"""A rich text written in Markdown, for the page without JavaScript and for files; read back, it is the same text."""

import itertools
import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from maillage.core.text.nodes import LISTS, Doc, Mark, Node

ENTITY = re.compile(r"&(?=#|\w+;)")
ESCAPED, LAST_HASHES = r"\\\1", re.compile("(#+)$")
SPECIAL = re.compile(r"([\\`*_\[\]<>&{}|~])")
SPECIAL_AT_START = re.compile(r"([#+=:-]|\d+(?=[.)]))")
DELIMITERS = {"bold": "**", "italic": "_"}
NOTHING = "{}"
"""Says nothing: parts what would be read otherwise when it touches."""
GAP, INSIDE = "\ufdd0", "\ufdd1"
"""Where a delimiter touches what is outside it, and what is inside it; no text holds them."""
IN_QUOTES, IN_BRACKETS = re.compile(r'([\\"])'), re.compile(r"([\\\[\]|])")


def to_markdown(doc: Doc) -> str:
    """The text in Markdown; ``from_markdown`` gives the same text back."""
    return "\n\n".join(map(_block, doc.content))


def _block(node: Node) -> str:
    return WRITERS[node.kind](node)


def _paragraph(node: Node) -> str:
    """Lines, each on a line of its own unless it is empty."""
    lines = _lines(node.content)
    written = _at_start(lines[0])
    for before, line in itertools.pairwise(lines):
        written += "\n" + _at_start(line) if before and line else f"<br>{line}"
    return written


def _heading(node: Node) -> str:
    return f"{'#' * node.attr('level')} {LAST_HASHES.sub(ESCAPED, _in_one_line(node.content))}"


def _in_one_line(content: Iterable[Node]) -> str:
    return "<br>".join(_lines(content))


def _at_start(line: str) -> str:
    """A line, so that its beginning is not read as a list, a heading or a rule."""
    found = SPECIAL_AT_START.match(line)
    at = found.end() if found and found[0][0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}" if found else line


def _lines(content: Iterable[Node]) -> list[str]:
    """What stands between the new lines of a paragraph, each with its marks."""
    found: list[list[Node]] = [[]]
    for node in content:
        if node.kind == "hardBreak":
            found.append([])
        else:
            found[-1].append(node)
    return [_coded_edges(_parted(_marked(line))) for line in found]


def _marked(line: Sequence[Node]) -> str:
    """A line with the delimiters of its marks."""
    written = ""
    inside: tuple[Mark, ...] = ()
    for node in (*line, Node("end")):
        kept = _common(inside, node.marks)
        written += "".join(map(_closing, reversed(inside[kept:])))
        written += "".join(map(_opening, node.marks[kept:]))
        inside = node.marks
        written += _said(node)
    return written


def _common(some: Sequence[Mark], others: Sequence[Mark]) -> int:
    """How many marks both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))
    return sum(1 for _ in pairs)


def _opening(mark: Mark) -> str:
    return "[" if mark.kind == "link" else f"{GAP}{DELIMITERS[mark.kind]}{INSIDE}"


def _closing(mark: Mark) -> str:
    if mark.kind == "link":
        return f"]({ENTITY.sub('&amp;', mark.href)})"
    return f"{INSIDE}{DELIMITERS[mark.kind]}{GAP}"


def _said(node: Node) -> str:
    if node.kind == "figure":
        return f"{{{{chiffre:{node.attr('ref')}}}}}"
    if node.kind == "mention":
        return f"@[{IN_BRACKETS.sub(ESCAPED, node.attr('label'))}](membre:{node.attr('member')})"
    text = SPECIAL.sub(ESCAPED, node.text)
    return f"{text[:-1]}\\!" if text.endswith("!") else text


def _parted(line: str) -> str:
    """The delimiters of marks, so that they are read as such: no space inside them, no letter that touches outside."""
    coded = re.sub(rf"(?<={INSIDE})\s|\s(?={INSIDE})", _code, line).replace(INSIDE, "")
    return re.sub(f"(?<=(.)){GAP}+(?=(.))", _part, coded).replace(GAP, "")


def _part(found: re.Match[str]) -> str:
    return NOTHING if any(map(_is_letter, found.groups())) else ""


def _is_letter(sign: str) -> bool:
    return not sign.isspace() and sign not in string.punctuation and unicodedata.category(sign)[0] != "P"


def _coded_edges(line: str) -> str:
    """A line whose spaces at both edges are written by their code: Markdown forgets the others."""
    return re.sub(r"^\s+|\s+$", _code, line)


def _code(spaces: re.Match[str]) -> str:
    return "".join(f"&#{ord(space)};" for space in spaces[0])


def _list(node: Node) -> str:
    """The items of a list, each under its bullet or its number."""
    written = []
    for rank, item in enumerate(node.content, start=1):
        bullet = "- " if node.kind == "bulletList" else f"{rank}. "
        written.append(bullet + _inside(item).replace("\n", "\n" + " " * len(bullet)))
    return _without_ends("\n".join(written))


def _inside(item: Node) -> str:
    """What an item holds: a list right under the paragraph it belongs to, the rest after an empty line."""
    written = ""
    former = None
    for node in item.content:
        glued = former is not None and former.kind == "paragraph" and node.kind in LISTS
        if former is not None and written:
            written += "\n" if glued else "\n\n"
        written += _block(node)
        former = node
    return written


def _quote(node: Node) -> str:
    return _without_ends("> " + "\n\n".join(map(_block, node.content)).replace("\n", "\n> "))


def _without_ends(text: str) -> str:
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


def _table(node: Node) -> str:
    rows = [[_in_one_line(cell.content[0].content) for cell in row.content] for row in node.content]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _image(node: Node) -> str:
    caption = node.attr("caption")
    told = f' "{IN_QUOTES.sub(ESCAPED, caption)}"' if caption else ""
    return f"![{IN_BRACKETS.sub(ESCAPED, node.attr('alt'))}](fichier:{node.attr('file')}{told})"


def _insert(node: Node) -> str:
    return f"{{{{inserer:{node.attr('kind')}:{node.attr('ref')}}}}}"


def _rule(_node: Node) -> str:
    return "---"


WRITERS: Mapping[str, Callable[[Node], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bulletList": _list,
    "orderedList": _list,
    "blockquote": _quote,
    "table": _table,
    "image": _image,
    "insert": _insert,
    "horizontalRule": _rule,
}
