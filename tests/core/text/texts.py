"""Rich texts made at random, valid and with what tries a writer: signs of Markdown, spaces, new lines, marks."""

from typing import Any

from hypothesis import strategies as st

from maillage.core.text import INSERTS, Doc, read

Json = dict[str, Any]
UUID = "12345678-1234-1234-1234-123456789abc"
OTHER = "00000000-0000-4000-8000-000000000001"
SIGNS = "*_`[](){}<>&!|#+-=~.:;,\\\"'/@$%^?0123456789"
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))
PIECES = st.one_of(
    st.text(st.sampled_from("ab é" + SIGNS), max_size=8),
    st.sampled_from(
        [
            "mot",
            "soins non programmés",
            " 12. suite",
            "- tiret",
            "# dièse",
            "{{chiffre:x}}",
            "&amp;",
            "<br>",
            "a|b",
            "==",
            "---",
        ]
    ),
    st.text(LETTERS, max_size=6),
)
WORDS = st.sampled_from(["soin", "équipe", "patient", "lieu", "douze", "plan", " ", " ", " ", ". ", ", "])
MARK = st.sampled_from(
    [
        {"type": "bold"},
        {"type": "italic"},
        {"type": "link", "attrs": {"href": "https://exemple.fr/a?b=1&copy;=(2)"}},
        {"type": "link", "attrs": {"href": "mailto:a@exemple.fr"}},
    ]
)


def text_nodes(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[Json]:
    """Pieces of text with marks."""
    return st.builds(
        lambda text, marks: {"type": "text", "text": text, "marks": marks}, pieces, st.lists(MARK, max_size=2)
    )


ATOMS_IN_LINE = st.one_of(
    st.just({"type": "hardBreak"}),
    st.builds(
        lambda marks: {"type": "figure", "attrs": {"ref": "population.totale"}, "marks": marks},
        st.lists(MARK, max_size=2),
    ),
    st.builds(lambda label: {"type": "mention", "attrs": {"member": UUID, "label": label}}, PIECES),
)


def lines(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[list[Json]]:
    """What stands in a line."""
    return st.lists(st.one_of(text_nodes(pieces), text_nodes(pieces), ATOMS_IN_LINE), max_size=6)


def block(kind: str, content: st.SearchStrategy[list[Json]]) -> st.SearchStrategy[Json]:
    """A block that holds these."""
    return content.map(lambda held: {"type": kind, "content": held})


def blocks(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[Json]:
    """Any block of the schema."""
    line = lines(pieces)
    paragraph = block("paragraph", line)
    heading = st.builds(
        lambda level, held: {"type": "heading", "attrs": {"level": level}, "content": held}, st.integers(2, 4), line
    )
    lists = st.recursive(
        st.sampled_from(["bulletList", "orderedList"]).flatmap(
            lambda kind: block(
                kind, st.lists(block("listItem", st.lists(paragraph, min_size=1, max_size=2)), min_size=1, max_size=3)
            )
        ),
        lambda inside: st.sampled_from(["bulletList", "orderedList"]).flatmap(
            lambda kind: block(
                kind,
                st.lists(
                    block("listItem", st.lists(st.one_of(paragraph, inside), min_size=1, max_size=3)),
                    min_size=1,
                    max_size=2,
                ),
            )
        ),
        max_leaves=3,
    )
    quote = block("blockquote", st.lists(st.one_of(paragraph, lists), min_size=1, max_size=3))
    cell = block("tableCell", st.lists(paragraph, min_size=1, max_size=2))
    table = block("table", st.lists(block("tableRow", st.lists(cell, min_size=1, max_size=3)), min_size=1, max_size=3))
    return st.one_of(paragraph, paragraph, heading, lists, quote, table, atoms(pieces))


def atoms(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[Json]:
    """The blocks that hold nothing."""
    image = st.builds(
        lambda alt, caption: {"type": "image", "attrs": {"file": UUID, "alt": alt, "caption": caption}}, pieces, pieces
    )
    insert = st.builds(
        lambda kind, ref: {"type": "insert", "attrs": {"kind": kind, "ref": ref}},
        st.sampled_from(sorted(INSERTS)), st.sampled_from(["", "apl.infirmier"]),
    )  # fmt: skip
    return st.one_of(image, insert, st.just({"type": "horizontalRule"}))


def docs(pieces: st.SearchStrategy[str] = PIECES, most: int = 6) -> st.SearchStrategy[Doc]:
    """Any text."""
    return st.lists(blocks(pieces), max_size=most).map(lambda content: read({"type": "doc", "content": content}))


def doc(*content: Json) -> Doc:
    """A text of these blocks."""
    return read({"type": "doc", "content": list(content)})


def paragraph(*content: Json | str) -> Json:
    """A paragraph of these words and nodes."""
    return {"type": "paragraph", "content": [text(each) if isinstance(each, str) else each for each in content]}


def text(words: str, *marks: str) -> Json:
    """Words with marks by their names."""
    return {"type": "text", "text": words, "marks": [{"type": mark} for mark in marks]}


def bullets(*items: str) -> Json:
    """A list of these items."""
    return {"type": "bulletList", "content": [{"type": "listItem", "content": [paragraph(item)]} for item in items]}


def table(*rows: tuple[str, ...]) -> Json:
    """A table of these cells."""
    cells = [[{"type": "tableCell", "content": [paragraph(cell)]} for cell in row] for row in rows]
    return {"type": "table", "content": [{"type": "tableRow", "content": row} for row in cells]}
