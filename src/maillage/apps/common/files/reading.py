"""The words of a deposited file, for the screen of patient data: the beginning of them, cheaply."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from maillage.apps.common.files.archives import parts
from maillage.apps.common.files.examining import LONGEST, Examined
from maillage.apps.common.files.texts import decoded

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
    if file.extension == "pdf":
        return file.text[:LONGEST]
    read, length = [], 0
    for piece in _office(file):
        read.append(piece)
        length += len(piece)
        if length > LONGEST:
            break
    return "\n".join(read)[:LONGEST]


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
