"""What a deposited file is, by its content alone, and what is kept of it."""

from dataclasses import dataclass

from maillage.apps.common.files.archives import office_kind
from maillage.apps.common.files.images import redrawn
from maillage.apps.common.files.pdfs import START as PDF
from maillage.apps.common.files.pdfs import read_pdf
from maillage.apps.common.files.refusals import EMPTY, refused
from maillage.apps.common.files.texts import text_kind

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
    "ics": "text/calendar",
}
"""Everything that is accepted; a WebP is kept as a PNG or a JPEG."""
INLINE = frozenset({"image/png", "image/jpeg"})
"""What we drew ourselves may be shown in a page."""
LONGEST = 400_000
"""Characters that are read of a file."""
MOST_PAGES = 100
"""Pages that are read of a PDF."""
ARCHIVE = b"PK\x03\x04"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
WEBP = (b"RIFF", b"WEBP")


@dataclass(frozen=True)
class Examined:
    """A file that is accepted: its real extension and the bytes to keep; ``text``: the words of a PDF."""

    extension: str
    content: bytes
    text: str = ""

    @property
    def content_type(self) -> str:
        """The type found."""
        return CONTENT_TYPES[self.extension]


def examined(content: bytes, given_name: str) -> Examined:
    """What a file is. Its name only tells a table of plain text from a text. Raises ``BadInput``."""
    if not content:
        raise refused(EMPTY)
    if content.startswith(PDF):
        return Examined("pdf", content, read_pdf(content, pages=MOST_PAGES, characters=LONGEST).text)
    if content.startswith(ARCHIVE):
        return Examined(office_kind(content), content)
    if content.startswith(PICTURES) or (content[:4], content[8:12]) == WEBP:
        return Examined(*redrawn(content))
    return Examined(text_kind(content, given_name.rpartition(".")[2].lower()), content)
