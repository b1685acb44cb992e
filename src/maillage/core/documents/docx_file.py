"""Documents to edit in a word processor (DOCX): real styles, a table of contents, captions, header rows."""

import datetime
import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from maillage.core.documents.blocks import Block, Grid, Heading, Image, Item, Paragraph
from maillage.core.documents.territory_map import map_png

if TYPE_CHECKING:
    from docx.document import Document as Docx

FONT, PRIMARY, SOFT, LINE, HEAD = "Arial", "084B41", "48605B", "C9D3CE", "E3F1EE"
SMALL, BODY = 9, 10.5
IMAGE_CM, PAGE_CM = 14, 17.4
CONTENTS = "Table des matières : clic droit, « Mettre à jour les champs »."
LANGUAGE = "fr-FR"


def docx_bytes(title: str, blocks: Iterable[Block], day: datetime.date) -> bytes:
    """The DOCX of ``blocks`` under ``title``, dated ``day``."""
    import docx

    document = docx.Document()
    _prepare(document, title, day)
    document.add_paragraph(title, style="Title")
    _contents(document)
    for block in blocks:
        WRITERS[type(block)](document, block)
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


def _contents(document: "Docx") -> None:
    """A table of contents that the word processor fills in."""
    run = document.add_paragraph().add_run()
    _field(run, 'TOC \\o "1-2" \\h \\z \\u', CONTENTS)
    document.settings.element.append(_element("w:updateFields", {"w:val": "true"}))


def _heading(document: "Docx", block: Heading) -> None:
    document.add_heading(block.text, block.level)


def _paragraph(document: "Docx", block: Paragraph) -> None:
    _filled(document.add_paragraph(), block.lead, block.text, SMALL if block.small else None)


def _item(document: "Docx", block: Item) -> None:
    _filled(document.add_paragraph(style="List Bullet"), block.lead, block.text)


def _filled(paragraph: Any, lead: str, text: str, size: float | None = None) -> None:
    from docx.shared import Pt

    if lead:
        paragraph.add_run(lead).bold = True
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)


def _grid(document: "Docx", block: Grid) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Pt

    _caption(document, "Tableau", block.caption)
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


def _image(document: "Docx", block: Image) -> None:
    from docx.shared import Cm

    picture = document.add_picture(io.BytesIO(map_png(block.svg)), width=Cm(IMAGE_CM))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    picture._inline.docPr.set("descr", block.alternative)
    _caption(document, "Figure", block.caption, below=True)


def _caption(document: "Docx", kind: str, text: str, *, below: bool = False) -> None:
    """« Tableau 3. … », numbered by the word processor."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = not below
    paragraph.add_run(f"{kind} ")
    _field(paragraph.add_run(), f"SEQ {kind} \\* ARABIC", "1")
    paragraph.add_run(f". {text}")


def _field(run: Any, instruction: str, shown: str) -> None:
    """A field of the word processor, with what is shown until it is updated."""
    begin = _element("w:fldChar", {"w:fldCharType": "begin"})
    code = _element("w:instrText", {"xml:space": "preserve"})
    code.text = instruction
    middle = _element("w:fldChar", {"w:fldCharType": "separate"})
    text = _element("w:t", {})
    text.text = shown
    end = _element("w:fldChar", {"w:fldCharType": "end"})
    for each in (begin, code, middle, text, end):
        run._r.append(each)


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
}
