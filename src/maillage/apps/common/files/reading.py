"""The words of a deposited file, for the screen of patient data: the beginning of them, cheaply."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from maillage.apps.common.files.archives import parts
from maillage.apps.common.files.examining import Examined
from maillage.apps.common.files.texts import decoded

LONGEST = 400_000
"""Characters that are read."""
MOST_PAGES = 100
WORDED = {
    "docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|comments)\.xml"),
    "odt": re.compile(r"content\.xml"),
    "ods": re.compile(r"content\.xml"),
    "xlsx": re.compile(r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml"),
    "pptx": re.compile(r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml"),
}
LINES = frozenset({"p", "h", "tr", "row", "si", "table-row"})
BREAKS = frozenset({"br", "line-break", "tab"})
CELLS = frozenset({"tc", "c", "table-cell"})
PLAIN = frozenset({"txt", "csv", "ics"})


class Words:
    """What a parser of XML gathers: the words, a line for each paragraph or row, a tab for each cell."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """Open an element."""
        if tag.rpartition("}")[2] in BREAKS:
            self.data("\n")

    def end(self, tag: str) -> None:
        """Close an element."""
        name = tag.rpartition("}")[2]
        self.data("\n" if name in LINES else "\t" if name in CELLS else "")

    def data(self, text: str) -> None:
        """Keep a piece of text, as far as is read."""
        if self.length < LONGEST:
            self.pieces.append(text)
            self.length += len(text)

    def close(self) -> str:
        """Everything."""
        return "".join(self.pieces)


def words(file: Examined) -> str:
    """The beginning of the text of a checked file; nothing of an image."""
    if file.extension in PLAIN:
        return (decoded(file.content) or "")[:LONGEST]
    pieces = _pdf(file.content) if file.extension == "pdf" else _office(file)
    read, length = [], 0
    for piece in pieces:
        read.append(piece)
        length += len(piece)
        if length > LONGEST:
            break
    return "\n".join(read)[:LONGEST]


def _pdf(content: bytes) -> Iterator[str]:
    try:
        for page in islice(PdfReader(io.BytesIO(content)).pages, MOST_PAGES):
            yield page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return  # A page that cannot be read as text is like a scan: it has no words.


def _office(file: Examined) -> Iterator[str]:
    wanted = WORDED.get(file.extension)
    for part in parts(file.content, wanted) if wanted else ():
        try:
            # The archive was checked: no declaration, hence no entity.
            parser = ElementTree.XMLParser(target=Words())  # noqa: S314
            parser.feed(part)
            yield str(parser.close())
        except ElementTree.ParseError:
            continue
