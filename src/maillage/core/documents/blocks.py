"""What a document to edit is made of, whatever its format: headings, paragraphs, lists, tables, images."""

import math
from dataclasses import dataclass

ROOM = 100
"""Letters that a line of a table holds over the whole width of a page, about."""
SHORT = 30
"""Lines up to which a table is not cut by the end of a page."""


@dataclass(frozen=True)
class Run:
    """Words of a line that have one look; ``href`` makes them a link (http, https or mailto)."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Text = str | tuple[Run, ...]
"""What stands in a line: plain words, or runs. A « \\n » is a new line."""


def runs(text: Text, *, lead: str = "") -> tuple[Run, ...]:
    """The runs of a text, after what is said in bold before it."""
    begun = (Run(lead, bold=True),) if lead else ()
    return (*begun, *((Run(text),) if isinstance(text, str) else text))


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is that of a section. A ``new_page`` begins with it when it may."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` is said in bold before it, ``small`` is for notes and sources, ``quote`` for a citation.

    One to ``keep`` stays on the page of what follows it.
    """

    text: Text
    lead: str = ""
    small: bool = False
    quote: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Item:
    """An item of a list; ``lead`` is said in bold before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Listing:
    """A list, numbered when it is ``ordered``; each entry begins with a paragraph, then has paragraphs and lists."""

    entries: tuple[tuple["Paragraph | Listing", ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with its header row and its caption; ``numbers`` are the columns aligned on the right.

    ``widths`` are the shares of the columns, whose sum is 1.
    """

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str
    numbers: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """The widths, equal when they are not told."""
        return self.widths or (1 / len(self.header),) * len(self.header)

    @property
    def is_short(self) -> bool:
        """Whether the table holds in a part of a page: then it is not cut."""
        rows = (self.header, *self.rows)
        return (
            sum(max(_lines(text, share) for text, share in zip(row, self.shares, strict=True)) for row in rows) <= SHORT
        )


def plain(text: Text) -> str:
    """The words of a text, without their look."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def _lines(text: Text, share: float) -> int:
    return sum(max(1, math.ceil(len(line) / (share * ROOM))) for line in plain(text).split("\n"))


@dataclass(frozen=True)
class Image:
    """A drawing (SVG), what it says to who does not see it, and its caption; ``tallest`` in centimetres.

    A drawing that is not tall leaves little of a page empty when it goes to the next one.
    """

    svg: str
    alternative: str
    caption: str
    tallest: float = 7.5


@dataclass(frozen=True)
class Picture:
    """A picture (PNG or JPEG), what it shows to who does not see it, and its caption; ``shape``: height for width."""

    data: bytes
    alternative: str
    caption: str
    shape: float
    tallest: float = 9.0


@dataclass(frozen=True)
class Contents:
    """Where the table of contents stands: the headings of the first ``levels``, each with a link to it."""

    title: str = "Sommaire"
    levels: int = 1


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True)
class Cover:
    """The first page: what the document is, of whom, its mark (« Brouillon ») and what is known at once."""

    kicker: str
    title: str
    subtitle: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Item | Listing | Grid | Image | Picture | Contents | Rule | Cover
