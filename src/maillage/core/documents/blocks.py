"""What a document to edit is made of, whatever its format: headings, paragraphs, lists, tables, images."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is that of a section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` is said in bold before it, ``small`` is for notes and sources."""

    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True)
class Item:
    """An item of a list; ``lead`` is said in bold before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with its header row and its caption; ``numbers`` are the columns aligned on the right.

    ``widths`` are the shares of the columns, whose sum is 1.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    numbers: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()


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
class Contents:
    """Where the table of contents stands: the headings of the first level, each with a link to it."""

    title: str = "Sommaire"


Block = Heading | Paragraph | Item | Grid | Image | Contents
