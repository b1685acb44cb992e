"""Documents to edit in a word processor (ODT): real styles, a table of contents, captions, header rows."""

import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from maillage.core.documents.blocks import Block, Contents, Grid, Heading, Image, Item, Paragraph
from maillage.core.documents.territory_map import map_png, shape_of

FONT, PRIMARY, SOFT, LINE = "Arial", "#084b41", "#48605b", "#c9d3ce"
PAGE_CM, IMAGE_CM = 17.0, 14.0
HEADINGS = {1: "15pt", 2: "12pt", 3: "11pt"}
SMALL, CAPTION, CELL, NUMBER, HEAD, NUMBER_HEAD, STRONG = (
    "Maillage_petit", "Maillage_legende", "Maillage_cellule", "Maillage_nombre", "Maillage_entete",
    "Maillage_entete_nombre", "Maillage_gras",
)  # fmt: skip
OUTLINE = 1
"""Levels of the headings of the table of contents."""
EDGE, TOP, LINE_STYLE = "Maillage_case", "Maillage_case_entete", "Maillage_case_ligne"


def odt_bytes(title: str, blocks: Iterable[Block], day: datetime.date) -> bytes:
    """The ODT of ``blocks`` under ``title``, dated ``day``."""
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    for style in _styles():
        document.insert_style(style, automatic="Maillage_case" in style)
    styles: Any = document.get_part("styles")
    for numbering in styles.get_elements("//text:outline-level-style"):
        numbering.delete()
    moment = datetime.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format has no time zone
    about = document.meta
    about.title, about.language, about.creation_date, about.date = title, "fr-FR", moment, moment
    _Writer(document).write(title, blocks)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Appends blocks to the body of a document."""

    def __init__(self, document: Any) -> None:
        self._document, self._body = document, document.body
        self._counts: Counter[str] = Counter()
        self._headings: list[str] = []
        self._contents: Any = None

    def write(self, title: str, blocks: Iterable[Block]) -> None:
        """The title and the blocks."""
        import odfdo

        self._add(
            '<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Tableau"/>'
            '<text:sequence-decl text:display-outline-level="0" text:name="Figure"/></text:sequence-decls>'
        )
        self._body.append(odfdo.Paragraph(title, style="Title"))
        for block in blocks:
            WRITERS[type(block)](self, block)
        if self._contents is not None:
            self._fill()

    def contents(self, block: Contents) -> None:
        """The place of the table of contents, filled once every heading is known."""
        import odfdo

        self._contents = odfdo.TOC(title=block.title, outline_level=OUTLINE)
        self._body.append(self._contents)

    def _fill(self) -> None:
        """The headings, each with a link to it; the word processor adds the pages when it updates the table."""
        import odfdo

        former = self._contents.get_element("text:index-body")
        title = '<text:p text:style-name="Contents_20_Heading">Sommaire</text:p>'
        lines = "".join(
            f'<text:p text:style-name="Contents_20_1"><text:a xlink:type="simple" xlink:href="#{_bookmark(rank)}">'
            f"{escape(text)}</text:a></text:p>"
            for rank, text in enumerate(self._headings, start=1)
        )
        if former is not None:
            self._contents.delete(former)
        self._contents.append(odfdo.Element.from_tag(f"<text:index-body>{title}{lines}</text:index-body>"))

    def heading(self, block: Heading) -> None:
        """A heading of the outline; those of the table of contents have a bookmark."""
        mark = ""
        if block.level <= OUTLINE:
            self._headings.append(block.text)
            mark = f'<text:bookmark text:name="{_bookmark(len(self._headings))}"/>'
        opening = f'<text:h text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}">'
        self._add(f"{opening}{mark}{escape(block.text)}</text:h>")

    def paragraph(self, block: Paragraph) -> None:
        """A paragraph."""
        self._add(_text(block.lead, block.text, SMALL if block.small else "Standard"))

    def item(self, block: Item) -> None:
        """An item of a list."""
        self._add(
            f"<text:list><text:list-item>{_text(block.lead, block.text, 'Standard')}</text:list-item></text:list>"
        )

    def grid(self, block: Grid) -> None:
        """A table under its caption, whose first row is repeated on each page."""
        self._caption("Tableau", block.caption)
        name = f"Tableau{self._counts['Tableau']}"
        widths = block.widths or (1 / len(block.header),) * len(block.header)
        for rank, width in enumerate(widths):
            self._document.insert_style(_column(f"{name}_{rank}", width * PAGE_CM), automatic=True)
        columns = "".join(f'<table:table-column table:style-name="{name}_{rank}"/>' for rank in range(len(widths)))
        head = _row(
            [(text, NUMBER_HEAD if rank in block.numbers else HEAD, TOP) for rank, text in enumerate(block.header)]
        )
        styles = [NUMBER if rank in block.numbers else CELL for rank in range(len(widths))]
        rows = "".join(
            _row([(text, style, EDGE) for text, style in zip(row, styles, strict=True)]) for row in block.rows
        )
        self._add(
            f'<table:table table:name="{name}">{columns}<table:table-header-rows>{head}</table:table-header-rows>'
            f"{rows}</table:table>"
        )

    def image(self, block: Image) -> None:
        """A drawing, its description and its caption."""
        png = map_png(block.svg)
        shape = shape_of(png)
        width = min(IMAGE_CM, block.tallest / shape)
        uri = self._document.add_file(io.BytesIO(png))
        size = f'svg:width="{width:.2f}cm" svg:height="{width * shape:.2f}cm"'
        self._add(
            f'<text:p text:style-name="{CAPTION}"><draw:frame text:anchor-type="as-char" {size}>'
            f'<draw:image xlink:href={quoteattr(uri)} xlink:type="simple" xlink:show="embed"/>'
            f"<svg:title>{escape(block.caption)}</svg:title><svg:desc>{escape(block.alternative)}</svg:desc>"
            "</draw:frame></text:p>"
        )
        self._caption("Figure", block.caption)

    def _caption(self, kind: str, words: str) -> None:
        """« Tableau 3. … », numbered by the word processor."""
        self._counts[kind] += 1
        number = self._counts[kind]
        self._add(
            f'<text:p text:style-name="{CAPTION}">{kind} <text:sequence text:ref-name="ref{kind}{number}" '
            f'text:name="{kind}" text:formula="ooow:{kind}+1" style:num-format="1">{number}</text:sequence>'
            f". {escape(words)}</text:p>"
        )

    def _add(self, xml: str) -> None:
        import odfdo

        self._body.append(odfdo.Element.from_tag(xml))


WRITERS: dict[type[Block], Callable[[_Writer, Any], None]] = {
    Heading: _Writer.heading,
    Paragraph: _Writer.paragraph,
    Item: _Writer.item,
    Grid: _Writer.grid,
    Image: _Writer.image,
    Contents: _Writer.contents,
}


def _bookmark(rank: int) -> str:
    """The name of the place of a heading, from 1."""
    return f"titre_{rank}"


def _text(lead: str, text: str, style: str) -> str:
    strong = f'<text:span text:style-name="{STRONG}">{_lines(lead)}</text:span>' if lead else ""
    return f'<text:p text:style-name="{style}">{strong}{_lines(text)}</text:p>'


def _lines(text: str) -> str:
    escaped = escape(text).replace("\n", "<text:line-break/>")
    return f"<text:s/>{escaped[1:]}" if escaped.startswith(" ") else escaped


def _row(cells: Iterable[tuple[str, str, str]]) -> str:
    opening = '<table:table-cell office:value-type="string" table:style-name='
    told = (f'{opening}"{edge}">{_text("", text, style)}</table:table-cell>' for text, style, edge in cells)
    return f'<table:table-row table:style-name="{LINE_STYLE}">{"".join(told)}</table:table-row>'


def _styles() -> Iterable[str]:
    """The styles of the document, those of its headings first."""
    yield _style("Standard", size="10.5pt", space="0.15cm")
    yield _style("Title", size="22pt", colour=PRIMARY, bold=True, space="0.4cm")
    for level, size in HEADINGS.items():
        yield _style(
            f"Heading_20_{level}", size=size, colour=PRIMARY, bold=True, space="0.2cm", above="0.5cm", keep=True
        )
    yield _style(SMALL, size="9pt", colour=SOFT, space="0.15cm")
    yield _style(CAPTION, size="9pt", colour=SOFT, space="0.15cm", above="0.3cm", keep=True)
    yield _style(CELL, size="9pt", space="0cm")
    yield _style(NUMBER, size="9pt", space="0cm", align="end")
    yield _style(HEAD, size="9pt", space="0cm", bold=True)
    yield _style(NUMBER_HEAD, size="9pt", space="0cm", bold=True, align="end")
    yield _style("Contents_20_Heading", size="12pt", space="0.1cm", bold=True, colour=PRIMARY)
    yield _style("Contents_20_1", size="10.5pt", space="0cm")
    yield (
        f'<style:style style:name="{STRONG}" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    yield (
        f'<style:style style:name="{LINE_STYLE}" style:family="table-row"><style:table-row-properties '
        'fo:keep-together="always"/></style:style>'
    )
    yield _cell(EDGE, f"0.5pt solid {LINE}", "transparent")
    yield _cell(TOP, f"1pt solid {PRIMARY}", "#e3f1ee")


def _style(
    name: str, *, size: str, space: str, colour: str = "#14302b", bold: bool = False, above: str = "0cm",
    align: str = "start", keep: bool = False,
) -> str:  # fmt: skip
    weight = "bold" if bold else "normal"
    together = "always" if keep else "auto"
    display = name.replace("_20_", " ").replace("_", " ")
    outline = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading") else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{display}" style:family="paragraph"{outline}>'
        f'<style:paragraph-properties fo:margin-top="{above}" fo:margin-bottom="{space}" fo:text-align="{align}" '
        f'fo:keep-with-next="{together}"/>'
        f'<style:text-properties fo:font-family="{FONT}" fo:font-size="{size}" fo:font-weight="{weight}" '
        f'fo:color="{colour}" fo:language="fr" fo:country="FR"/></style:style>'
    )


def _cell(name: str, border: str, background: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-bottom="{border}" fo:background-color="{background}" fo:padding="0.1cm"/></style:style>'
    )


def _column(name: str, width: float) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width:.2f}cm"/></style:style>'
    )
