"""French typography of running text in documents: no line starts with a colon, no apostrophe stays straight."""

import re
from collections.abc import Mapping
from typing import Any

NO_BREAK_SPACE = "\u00a0"
BEFORE = re.compile(r" (?=[:;?!»%€])")
AFTER = re.compile(r"(?<=«) ")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# Values that are not text for a reader: addresses to open, drawings.
RAW = frozenset({"url", "svg"})


def typeset(text: str) -> str:
    """``text`` with no-break spaces inside French punctuation and curved apostrophes.

    >>> typeset("L'ACI : « 7 € »")
    'L’ACI\\xa0: «\\xa07\\xa0€\\xa0»'
    """
    spaced = AFTER.sub(NO_BREAK_SPACE, BEFORE.sub(NO_BREAK_SPACE, text))
    return APOSTROPHE.sub("’", spaced)


def typeset_all(content: Any, key: str = "") -> Any:
    """``content`` (as read from JSON) with every text typeset, except the values of the keys in ``RAW``."""
    if isinstance(content, Mapping):
        return {name: typeset_all(value, name) for name, value in content.items()}
    if isinstance(content, str):
        return content if key in RAW else typeset(content)
    if isinstance(content, (list, tuple)):
        return [typeset_all(value, key) for value in content]
    return content
