"""Plain texts: known by what they do not hold, since nothing marks them."""

import re

from maillage.apps.common.files.refusals import UNKNOWN, refused

MARKUP = re.compile(
    r"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|style|link|meta|form|math)\b|<\?(?:xml|php)",
    re.IGNORECASE,
)
PROGRAM = re.compile(r"\A(?:#!|MZ|@echo|\x7fELF)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
ENCODINGS = ("utf-8-sig", "cp1252")
CALENDAR = "BEGIN:VCALENDAR"


def text_kind(content: bytes, extension: str) -> str:
    """« csv », « ics » or « txt ». Raises ``BadInput`` when this is no text, or a page or a program."""
    text = decoded(content)
    if text is None or CONTROL.search(text) or MARKUP.search(text) or PROGRAM.match(text):
        raise refused(UNKNOWN)
    if text.lstrip().startswith(CALENDAR):
        return "ics"
    return "csv" if extension == "csv" else "txt"


def decoded(content: bytes) -> str | None:
    """The text, in UTF-8 or as old Windows wrote it; ``None`` when it is neither."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    return next((text for encoding in ENCODINGS if (text := _decoded(content, encoding)) is not None), None)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
