"""What holds of every rich text."""

import html.parser
import types
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.text.texts import WORDS, docs

from maillage.core.text import Doc, diff, from_markdown, merge, plain, read, to_html, to_markdown, words
from maillage.core.text.normal import blocks

VOID = {"br", "hr", "img"}
few = settings(max_examples=80, deadline=None)


def _unknown(*_asked: str) -> None:
    return None


NOTHING: Any = types.SimpleNamespace(figure=_unknown, insert=_unknown, image=_unknown, mention=_unknown)
"""Knows nothing of what a text refers to."""


class Tags(html.parser.HTMLParser):
    """The tags of a page, which must be closed in order; and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {name for name, _ in attrs} & {"style", "onclick"}
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(docs())
@few
def test_a_text_read_again_is_the_same(doc: Doc) -> None:
    assert read(doc.as_dict()) == doc
    assert blocks(doc.content) == doc.content


@given(docs())
@settings(max_examples=250, deadline=None)
def test_a_text_written_in_markdown_is_read_back_the_same(doc: Doc) -> None:
    assert from_markdown(to_markdown(doc)) == doc


@given(st.text(max_size=200))
@few
def test_anything_typed_as_markdown_is_a_text(typed: str) -> None:
    doc = from_markdown(typed)
    assert from_markdown(to_markdown(doc)) == doc


@given(docs(), docs())
@few
def test_html_is_well_formed_and_escaped(old: Doc, new: Doc) -> None:
    for page in (
        to_html(new, NOTHING),
        diff(old, new).as_html(NOTHING),
        diff(old, new).as_html(NOTHING, around=1),
    ):
        tags = Tags()
        tags.feed(page)
        tags.close()
        assert not tags.opened


@given(docs(), docs())
@few
def test_a_difference_holds_both_texts(old: Doc, new: Doc) -> None:
    changes = diff(old, new).changes
    assert tuple(change.new for change in changes if change.new) == new.content
    assert tuple(change.old for change in changes if change.old) == old.content
    assert diff(old, old).is_empty


@given(docs(), docs())
@few
def test_what_one_author_alone_wrote_is_the_merged_text(base: Doc, text: Doc) -> None:
    for merged in (merge(base, base, text), merge(base, text, base), merge(base, text, text)):
        assert merged.doc == text
        assert not merged.conflicts


@st.composite
def versions(draw: st.DrawFn) -> tuple[Doc, Doc, Doc]:
    """A text and two others made from it by dropping, changing and adding blocks."""
    base = draw(docs(WORDS, 5))
    return base, draw(_changed(base)), draw(_changed(base))


@st.composite
def _changed(draw: st.DrawFn, base: Doc) -> Doc:
    content = []
    for block in base.as_dict()["content"]:
        what = draw(st.sampled_from(["keep", "keep", "drop", "add", "write"]))
        if what == "write" and block["type"] in ("paragraph", "heading"):
            held = list(block.get("content", []))
            place = draw(st.integers(0, len(held)))
            held.insert(place, {"type": "text", "text": draw(WORDS)})
            content.append({**block, "content": held})
        elif what != "drop":
            content.append(block)
        if what == "add":
            content.extend(draw(docs(WORDS, 2)).as_dict()["content"])
    return read({"type": "doc", "content": content})


@given(versions())
@settings(max_examples=250, deadline=None)
def test_nothing_that_either_author_typed_is_lost(texts: tuple[Doc, Doc, Doc]) -> None:
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    kept = Counter(words(merged.doc))
    for conflict in merged.conflicts:
        for doc in conflict.texts[1:]:
            kept |= Counter(words(merged.doc)) + Counter(words(doc))
    for text in (mine, theirs):
        brought = set(words(text)) - set(words(base))
        assert brought <= set(kept), (plain(base), plain(mine), plain(theirs), plain(merged.doc))


@given(versions(), st.sampled_from(["mine", "theirs", "both"]))
@few
def test_a_merge_whose_choices_are_made_is_a_text(texts: tuple[Doc, Doc, Doc], choice: str) -> None:
    merged = merge(*texts)
    resolved = merged.resolved([choice] * len(merged.conflicts))
    assert read(resolved.as_dict()) == resolved
