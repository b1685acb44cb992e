"""What reads a PDF that was sent to us: a process of its own, without Django, that may be ended at any moment.

A few kilobytes of PDF may unfold into hours of work. On its input, the PDF; on its output, a line of JSON for what the
document is, one for each page that has words, then one that says whether it is signed. When it ends before, what it
wrote stands. Nothing of Maillage is imported: it starts in a third of a second.
"""

import io
import json
import resource
import sys
from contextlib import suppress
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})
UNREADABLE = (PyPdfError, OSError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a damaged page raises: such a page is like a scan, it has no words."""
MEMORY = 1 << 30
"""Bytes."""


def main(seconds: int, most_pages: int, longest: int) -> None:
    """Read the PDF on the input, for so many seconds of work, pages and characters."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with suppress(ValueError, OSError):  # Some systems do not know this bound.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted:
        tell(protege=True)
        return
    tell(pages=len(reader.pages), programme=runs(reader))
    for rank in range(min(most_pages, len(reader.pages))):
        with suppress(*UNREADABLE):
            words = reader.pages[rank].extract_text()[:longest]
            longest -= len(words)
            tell(mots=words)
    with suppress(*UNREADABLE):
        tell(signe=is_signed(reader))


def tell(**what: Any) -> None:
    """Write a line, at once."""
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


def is_signed(reader: PdfReader) -> bool:
    """Whether a field holds a signature."""
    fields = reader.get_fields() or {}
    return any(each.get("/FT") == "/Sig" and bool(each.get("/V")) for each in fields.values())


def runs(reader: PdfReader) -> bool:
    """Whether the document holds a program, or opens something else than itself."""
    root = reader.root_object
    names = _plain(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        return True
    return _is_action(root.get("/OpenAction")) or any(_acts(each) for each in (root, *reader.pages))


def _acts(holder: Any) -> bool:
    """Whether something of a page or of the document runs when it is opened or clicked."""
    actions = _plain(holder.get("/AA"))
    if isinstance(actions, DictionaryObject) and any(_is_action(each) for each in actions.values()):
        return True
    notes = _plain(holder.get("/Annots")) or []
    return any(_is_action(_plain(note).get("/A")) for note in notes if isinstance(_plain(note), DictionaryObject))


def _is_action(value: Any) -> bool:
    action = _plain(value)
    return isinstance(action, DictionaryObject) and str(action.get("/S")) in ACTIONS


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
