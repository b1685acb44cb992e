"""French typography of running text in documents: no line starts with a colon, no apostrophe stays straight."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

NO_BREAK_SPACE = "\u00a0"
NARROW_SPACE = "\u202f"
BEFORE = re.compile(r" (?=[:;?!»%€])")
AFTER = re.compile(r"(?<=«) ")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# What a page does not say to a reader: its tags, and what stands in them as it was typed.
AS_TYPED = "|".join(f"<{tag}\\b.*?</{tag}>" for tag in ("pre", "code", "script", "style", "textarea"))
MARKUP = re.compile(f"({AS_TYPED}|<[^>]*>)", re.DOTALL)
# Longer than any French word: cut where a line needs it, so as not to leave its column.
ENDLESS = re.compile(r"[^\s\u200b]{30,}")
PIECE = re.compile(r"(.{12})(?=.)")
# Invisible characters: controls, marks of direction, joiners.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Outside Latin, Greek, Cyrillic and usual signs, the fonts of our documents have no letter to show.
WITHOUT_LETTER = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u036f\u0391-\u03a1\u03a3-\u0484\u1e00-\u1eff\u2000-\u2040\u2070-\u2071\u2074-\u208e"
    "\u20a0-\u20bf\u2116\u2122\u2190-\u22ff\u25a0-\u25ff\u2713\ufb00-\ufb02]"
)
REPLACEMENT = "□"
# Values that are not text for a reader: addresses to open, drawings, fingerprints to copy.
RAW = frozenset({"url", "svg", "h", "sha256"})


def typeset(text: str) -> str:
    """``text`` with no-break spaces inside French punctuation and numbers, curved apostrophes, breaks in long words.

    >>> typeset("L'ACI : « 7 000 € »")
    'L’ACI\\xa0: «\\xa07\\u202f000\\xa0€\\xa0»'
    """
    return ENDLESS.sub(lambda word: PIECE.sub("\\1\u200b", word[0]), _spaced(THOUSANDS.sub(NARROW_SPACE, text)))


def typeset_html(html: str) -> str:
    """The texts of a page with the spaces and apostrophes of :func:`typeset`; its tags and what is code stay.

    >>> typeset_html('<p title="Un ?">L&#x27;ACI : <code>a = "b" ;</code></p>')
    '<p title="Un ?">L’ACI\\xa0: <code>a = "b" ;</code></p>'
    """
    parts = MARKUP.split(html)
    parts[::2] = [_spaced(text.replace("&#x27;", "'")) for text in parts[::2]]
    return "".join(parts)


def _spaced(text: str) -> str:
    return APOSTROPHE.sub("’", AFTER.sub(NO_BREAK_SPACE, BEFORE.sub(NO_BREAK_SPACE, text)))


def printable(text: str) -> str:
    """``text`` as the fonts of a document can show it: what they cannot becomes « □ », what is invisible goes.

    A PDF/UA must not hold a character without a letter to show it.

    >>> printable("Écoute\\x00 🩺 œ")
    'Écoute □ œ'
    """
    visible = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return WITHOUT_LETTER.sub(REPLACEMENT, visible)


def typeset_all(content: Any, key: str = "") -> Any:
    """``content`` (as read from JSON) with every text printable, and typeset except under the keys in ``RAW``."""
    if isinstance(content, Mapping):
        return {name: typeset_all(value, name) for name, value in content.items()}
    if isinstance(content, str):
        return printable(content) if key in RAW else typeset(printable(content))
    if isinstance(content, (list, tuple)):
        return [typeset_all(value, key) for value in content]
    return content
