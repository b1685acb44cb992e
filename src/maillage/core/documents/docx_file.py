"""Documents to edit in a word processor (DOCX): real styles, a table of contents, captions, header rows."""

import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maillage.core.documents import docx_pieces as pieces
from maillage.core.documents.blocks import (
    Block,
    Contents,
    Cover,
    Grid,
    Heading,
    Image,
    Item,
    Listing,
    Paragraph,
    Picture,
    Rule,
    Run,
    runs,
)
from maillage.core.documents.docx_pieces import PRIMARY, SMALL, SOFT, add_field, add_runs, element, named
from maillage.core.documents.docx_table import table_xml
from maillage.core.documents.territory_map import map_png, shape_of

if TYPE_CHECKING:
    from docx.document import Document as Docx

FONT = "Arial"
BODY = 10.5
IMAGE_CM, PAGE_CM = 14, 17.4
LANGUAGE = "fr-FR"
DEEPEST = 3
"""Levels of lists that have a style."""


@dataclass
class _Writer:
    """A document being written: the headings of its contents, and how many of each kind were written."""

    document: "Docx"
    contents: list[Heading]
    levels: int
    counts: Counter[str] = field(default_factory=Counter)
    is_covered: bool = False
    styles: dict[str, str] = field(default_factory=dict)

    def paragraph(self, text: str = "", style: str = "") -> Any:
        """A new paragraph; python-docx looks for a style by its name each time, here only once."""
        paragraph = self.document.add_paragraph(text)
        if style:
            if style not in self.styles:
                self.styles[style] = str(self.document.styles[style].style_id)
            paragraph._p.style = self.styles[style]
        return paragraph

    def number(self, kind: str) -> int:
        """The number of the next of a kind, from 1."""
        self.counts[kind] += 1
        return self.counts[kind]


def docx_bytes(title: str, blocks: Iterable[Block], day: datetime.date, *, header: str = "") -> bytes:
    """The DOCX of ``blocks`` under ``title``, dated ``day``; the title is left to a cover when there is one.

    ``header`` stands at the top of the pages after the first, with their number at the foot.
    """
    import docx

    every = tuple(blocks)
    levels = max((each.levels for each in every if isinstance(each, Contents)), default=1)
    listed = [each for each in every if isinstance(each, Heading) and each.level <= levels]
    writer = _Writer(docx.Document(), listed, levels)
    _prepare(writer.document, title, day)
    if header:
        pieces.add_running(writer.document.sections[0], header)
    if not any(isinstance(each, Cover) for each in every):
        writer.paragraph(title, "Title")
    for block in every:
        WRITERS[type(block)](writer, block)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return buffer.getvalue()


def _prepare(document: "Docx", title: str, day: datetime.date) -> None:
    from docx.shared import Cm

    moment = datetime.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format has no time zone
    about = document.core_properties
    about.title, about.author, about.language, about.comments = title, "Maillage", LANGUAGE, ""
    about.created = about.modified = moment
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - PAGE_CM) / 2)
    section.top_margin = section.bottom_margin = Cm(2)
    _styles(document)


def _styles(document: "Docx") -> None:
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": BODY, "Title": 22, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11,
             "Heading 4": BODY, "Caption": SMALL, "TOC Heading": 15}  # fmt: skip
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(SOFT if name in ("Caption", "Subtitle") else PRIMARY)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(named(f"w:{theme}"), None)
    for name in ("Subtitle", "Heading 4"):
        document.styles[name].font.italic = False
    document.styles["Title"].font.bold, document.styles["Caption"].font.bold = True, False
    document.styles["Normal"].paragraph_format.widow_control = True
    document.styles["Normal"].element.get_or_add_rPr().append(element("w:lang", {"w:val": LANGUAGE}))
    _styles_of_contents(document)


def _styles_of_contents(document: "Docx") -> None:
    """The lines of the table of contents: their page on the right, after dots."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm, Pt

    for level in range(1, DEEPEST + 1):
        style: Any = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        form = style.paragraph_format
        form.space_after, form.left_indent = Pt(2), Cm(0.6 * (level - 1))
        form.tab_stops.add_tab_stop(Cm(PAGE_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _contents(writer: _Writer, block: Contents) -> None:
    """A table of contents that reads at once; the word processor adds the pages when it updates it."""
    title = writer.paragraph(block.title, "TOC Heading")
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.page_break_before = writer.is_covered
    last = len(writer.contents)
    for rank, heading in enumerate(writer.contents, start=1):
        paragraph = writer.paragraph(style=f"toc {heading.level}")
        if rank == 1:
            pieces.begin_field(paragraph.add_run(), f'TOC \\o "1-{writer.levels}" \\h \\z \\u', dirty=True)
        pieces.add_place_link(paragraph, _bookmark(rank), heading.text)
        if rank == last:
            pieces.end_field(paragraph.add_run())


def _bookmark(rank: int) -> str:
    """The name of the place of a heading, from 1."""
    return f"_Toc{rank:06d}"


def _heading(writer: _Writer, block: Heading) -> None:
    heading = writer.paragraph(block.text, f"Heading {block.level}")
    heading.paragraph_format.page_break_before = block.new_page or None
    if block.level <= writer.levels:
        rank = writer.number("Titre")
        run = heading.runs[0]._r
        run.addprevious(element("w:bookmarkStart", {"w:id": str(rank), "w:name": _bookmark(rank)}))
        run.addnext(element("w:bookmarkEnd", {"w:id": str(rank)}))


def _paragraph(writer: _Writer, block: Paragraph) -> None:
    paragraph = writer.paragraph(style="Quote" if block.quote else "")
    paragraph.paragraph_format.keep_with_next = block.keep or None
    add_runs(paragraph, runs(block.text, lead=block.lead), size=SMALL if block.small else None)


def _item(writer: _Writer, block: Item) -> None:
    add_runs(writer.paragraph(style="List Bullet"), runs(block.text, lead=block.lead))


def _listing(writer: _Writer, block: Listing, depth: int = 1) -> None:
    level = f" {min(depth, DEEPEST)}" if depth > 1 else ""
    name = f"List {'Number' if block.ordered else 'Bullet'}{level}"
    number = pieces.restarted(writer.document, name) if block.ordered else None
    for entry in block.entries:
        for rank, held in enumerate(entry):
            if isinstance(held, Listing):
                _listing(writer, held, depth + 1)
                continue
            paragraph = writer.paragraph(style=name if rank == 0 else f"List Continue{level}")
            if number is not None and rank == 0:
                pieces.set_number(paragraph, number)
            add_runs(paragraph, runs(held.text, lead=held.lead))


def _grid(writer: _Writer, block: Grid) -> None:
    from docx.shared import Pt

    if block.caption:
        _caption(writer, "Tableau", block.caption)
    _table(writer, block)
    # A table glued to what follows would hide the space between them.
    after = writer.paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(10)


def _table(writer: _Writer, block: Grid, *, headed: bool = True) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    part = writer.document.part

    def relate(address: str) -> str:
        return str(part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    body: Any = writer.document.element.body
    body._insert_tbl(parse_xml(table_xml(block, PAGE_CM, relate, headed=headed)))


def _image(writer: _Writer, block: Image) -> None:
    png = map_png(block.svg)
    _drawn(writer, png, shape_of(png), block)


def _picture(writer: _Writer, block: Picture) -> None:
    _drawn(writer, block.data, block.shape, block)


def _drawn(writer: _Writer, data: bytes, shape: float, block: Image | Picture) -> None:
    from docx.shared import Cm

    picture = writer.document.add_picture(io.BytesIO(data), width=Cm(min(IMAGE_CM, block.tallest / shape)))
    writer.document.paragraphs[-1].paragraph_format.keep_with_next = bool(block.caption) or None
    picture._inline.docPr.set("descr", block.alternative)
    if block.caption:
        _caption(writer, "Figure", block.caption, below=True)


def _caption(writer: _Writer, kind: str, text: str, *, below: bool = False) -> None:
    """« Tableau 3. … », numbered by the word processor."""
    paragraph = writer.paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = not below
    paragraph.add_run(f"{kind} ")
    add_field(paragraph.add_run(), f"SEQ {kind} \\* ARABIC", str(writer.number(kind)))
    paragraph.add_run(f". {text}")


def _rule(writer: _Writer, _block: Rule) -> None:
    pieces.add_border(writer.paragraph(), "bottom")


def _cover(writer: _Writer, block: Cover) -> None:
    from docx.shared import Pt

    writer.paragraph(block.kicker, "Subtitle").paragraph_format.space_before = Pt(120)
    writer.paragraph(block.title, "Title")
    writer.paragraph(block.subtitle, "Subtitle")
    if block.mark:
        add_runs(writer.paragraph(), (Run(block.mark, bold=True),), size=14)
    if block.facts:
        header, *rows = [((Run(name, bold=True),), value) for name, value in block.facts]
        _table(writer, Grid(header, tuple(rows), "", (), (0.32, 0.68)), headed=False)
    for note in block.notes:
        paragraph = writer.paragraph()
        paragraph.paragraph_format.space_before = Pt(10)
        add_runs(paragraph, (Run(note),), size=SMALL)
    writer.is_covered = True


WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Item: _item,
    Listing: _listing,
    Grid: _grid,
    Image: _image,
    Picture: _picture,
    Contents: _contents,
    Rule: _rule,
    Cover: _cover,
}
