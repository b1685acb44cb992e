"""Documents to edit in a word processor (DOCX): real styles, a table of contents, captions, header rows."""

import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maillage.core.documents.blocks import Block, Contents, Grid, Heading, Image, Item, Paragraph
from maillage.core.documents.territory_map import map_png, shape_of

if TYPE_CHECKING:
    from docx.document import Document as Docx

FONT, PRIMARY, SOFT, LINE, HEAD = "Arial", "084B41", "48605B", "C9D3CE", "E3F1EE"
SMALL, BODY = 9, 10.5
IMAGE_CM, PAGE_CM = 14, 17.4
CONTENTS = 'TOC \\o "1-1" \\h \\z \\u'
LANGUAGE = "fr-FR"


@dataclass
class _Writer:
    """A document being written: its headings of the first level, and how many of each kind were written."""

    document: "Docx"
    headings: list[str]
    counts: Counter[str] = field(default_factory=Counter)

    def number(self, kind: str) -> int:
        """The number of the next of a kind, from 1."""
        self.counts[kind] += 1
        return self.counts[kind]


def docx_bytes(title: str, blocks: Iterable[Block], day: datetime.date) -> bytes:
    """The DOCX of ``blocks`` under ``title``, dated ``day``."""
    import docx

    document = docx.Document()
    _prepare(document, title, day)
    document.add_paragraph(title, style="Title")
    every = tuple(blocks)
    writer = _Writer(document, [each.text for each in every if isinstance(each, Heading) and each.level == 1])
    for block in every:
        WRITERS[type(block)](writer, block)
    buffer = io.BytesIO()
    document.save(buffer)
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

    sizes = {"Normal": BODY, "Title": 22, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11, "Caption": SMALL}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(SOFT if name == "Caption" else PRIMARY)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_name(f"w:{theme}"), None)
    language = _element("w:lang", {"w:val": LANGUAGE})
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _contents(writer: _Writer, block: Contents) -> None:
    """A table of contents that reads at once; the word processor adds the pages when it updates it."""
    from docx.shared import Pt

    title = writer.document.add_paragraph()
    title.add_run(block.title).bold = True
    title.paragraph_format.keep_with_next = True
    last = len(writer.headings)
    for rank, text in enumerate(writer.headings, start=1):
        paragraph = writer.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        if rank == 1:
            _begin_field(paragraph.add_run(), CONTENTS)
        _link(paragraph, _bookmark(rank), text)
        if rank == last:
            paragraph.add_run()._r.append(_element("w:fldChar", {"w:fldCharType": "end"}))


def _link(paragraph: Any, bookmark: str, text: str) -> None:
    link = _element("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"})
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def _bookmark(rank: int) -> str:
    """The name of the place of a heading, from 1."""
    return f"_Toc{rank:06d}"


def _heading(writer: _Writer, block: Heading) -> None:
    heading = writer.document.add_heading(block.text, block.level)
    if block.level == 1:
        rank = writer.number("Titre")
        run = heading.runs[0]._r
        run.addprevious(_element("w:bookmarkStart", {"w:id": str(rank), "w:name": _bookmark(rank)}))
        run.addnext(_element("w:bookmarkEnd", {"w:id": str(rank)}))


def _paragraph(writer: _Writer, block: Paragraph) -> None:
    _filled(writer.document.add_paragraph(), block.lead, block.text, SMALL if block.small else None)


def _item(writer: _Writer, block: Item) -> None:
    _filled(writer.document.add_paragraph(style="List Bullet"), block.lead, block.text)


def _filled(paragraph: Any, lead: str, text: str, size: float | None = None) -> None:
    from docx.shared import Pt

    if lead:
        paragraph.add_run(lead).bold = True
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)


def _grid(writer: _Writer, block: Grid) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Pt

    document = writer.document
    _caption(writer, "Tableau", block.caption)
    table = document.add_table(rows=0, cols=len(block.header))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    borders = _element("w:tblBorders", {})
    for edge in ("bottom", "insideH"):
        borders.append(_element(f"w:{edge}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": LINE}))
    table._tbl.tblPr.append(borders)
    for column, width in zip(table.columns, _widths(block), strict=True):
        column.width = width
    for rank, texts in enumerate((block.header, *block.rows)):
        _row(table, texts, block, is_header=rank == 0)
    # A table glued to what follows would hide the space between them.
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(block: Grid) -> list[Any]:
    from docx.shared import Cm

    count = len(block.header)
    return [Cm(PAGE_CM * share) for share in (block.widths or (1 / count,) * count)]


def _row(table: Any, texts: tuple[str, ...], block: Grid, *, is_header: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit", {}))
    if is_header:
        properties.append(_element("w:tblHeader", {}))
    for rank, (cell, text, width) in enumerate(zip(row.cells, texts, _widths(block), strict=True)):
        cell.width = width
        if is_header:
            shade = {"w:val": "clear", "w:color": "auto", "w:fill": HEAD}
            cell._tc.get_or_add_tcPr().append(_element("w:shd", shade))
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if rank in block.numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(SMALL), is_header


def _image(writer: _Writer, block: Image) -> None:
    from docx.shared import Cm

    png = map_png(block.svg)
    width = min(IMAGE_CM, block.tallest / shape_of(png))
    picture = writer.document.add_picture(io.BytesIO(png), width=Cm(width))
    writer.document.paragraphs[-1].paragraph_format.keep_with_next = True
    picture._inline.docPr.set("descr", block.alternative)
    _caption(writer, "Figure", block.caption, below=True)


def _caption(writer: _Writer, kind: str, text: str, *, below: bool = False) -> None:
    """« Tableau 3. … », numbered by the word processor."""
    paragraph = writer.document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = not below
    paragraph.add_run(f"{kind} ")
    _field(paragraph.add_run(), f"SEQ {kind} \\* ARABIC", str(writer.number(kind)))
    paragraph.add_run(f". {text}")


def _field(run: Any, instruction: str, shown: str) -> None:
    """A field of the word processor, with what is shown until it is updated."""
    _begin_field(run, instruction)
    text = _element("w:t", {})
    text.text = shown
    run._r.append(text)
    run._r.append(_element("w:fldChar", {"w:fldCharType": "end"}))


def _begin_field(run: Any, instruction: str) -> None:
    """The instruction of a field; what is shown until it is updated follows, then its end."""
    code = _element("w:instrText", {"xml:space": "preserve"})
    code.text = instruction
    run._r.append(_element("w:fldChar", {"w:fldCharType": "begin"}))
    run._r.append(code)
    run._r.append(_element("w:fldChar", {"w:fldCharType": "separate"}))


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement

    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(_name(name), value)
    return found


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag) if not tag.startswith("xml:") else "{http://www.w3.org/XML/1998/namespace}" + tag[4:]


WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Item: _item,
    Grid: _grid,
    Image: _image,
    Contents: _contents,
}
