"""Documents to edit in a word processor (ODT): real styles, a table of contents, captions, header rows."""

import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from maillage.core.documents import odt_styles as looks
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
    Text,
    runs,
)
from maillage.core.documents.territory_map import map_png, shape_of

PAGE_CM, IMAGE_CM = 17.0, 14.0


def odt_bytes(title: str, blocks: Iterable[Block], day: datetime.date, *, header: str = "") -> bytes:
    """The ODT of ``blocks`` under ``title``, dated ``day``; the title is left to a cover when there is one.

    ``header`` stands at the top of the pages after the first, with their number at the foot.
    """
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    for style in looks.styles():
        document.insert_style(style)
    for style in looks.automatic_styles():
        document.insert_style(style, automatic=True)
    parts: Any = document.get_part("styles")
    for numbering in parts.get_elements("//text:outline-level-style"):
        numbering.delete()
    if header:
        _run(document, parts, header)
    moment = datetime.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format has no time zone
    about = document.meta
    about.title, about.language, about.creation_date, about.date = title, "fr-FR", moment, moment
    _Writer(document).write(title, tuple(blocks))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _run(document: Any, parts: Any, header: str) -> None:
    """Give the pages a header and a foot."""
    import odfdo

    document.insert_style(looks.foot_style())
    parts.get_element("//office:automatic-styles").append(odfdo.Element.from_tag(looks.PAGE_LAYOUT))
    masters = parts.get_element("//office:master-styles")
    for former in masters.get_elements("style:master-page"):
        masters.delete(former)
    for page in looks.master_pages(header):
        masters.append(odfdo.Element.from_tag(page))


class _Writer:
    """Appends blocks to the body of a document."""

    def __init__(self, document: Any) -> None:
        self._document, self._body = document, document.body
        self._counts: Counter[str] = Counter()
        self._headings: list[Heading] = []
        self._contents: tuple[Any, Contents] | None = None
        self._levels, self._is_covered = 1, False

    def write(self, title: str, blocks: tuple[Block, ...]) -> None:
        """The title and the blocks."""
        import odfdo

        self._levels = max((each.levels for each in blocks if isinstance(each, Contents)), default=1)
        self._is_covered = any(isinstance(each, Cover) for each in blocks)
        self._add(
            '<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Tableau"/>'
            '<text:sequence-decl text:display-outline-level="0" text:name="Figure"/></text:sequence-decls>'
        )
        if not self._is_covered:
            self._body.append(odfdo.Paragraph(title, style="Title"))
        for block in blocks:
            WRITERS[type(block)](self, block)
        if self._contents is not None:
            self._fill(*self._contents)

    def contents(self, block: Contents) -> None:
        """The place of the table of contents, filled once every heading is known."""
        import odfdo

        table = odfdo.TOC(title=block.title, outline_level=block.levels)
        self._contents = (table, block)
        self._body.append(table)

    def _fill(self, table: Any, block: Contents) -> None:
        """The headings, each with a link to it and its page."""
        import odfdo

        former = table.get_element("text:index-body")
        style = looks.CONTENTS_PAGE if self._is_covered else "Contents_20_Heading"
        title = f'<text:p text:style-name="{style}">{escape(block.title)}</text:p>'
        lines = "".join(
            f'<text:p text:style-name="Contents_20_{heading.level}"><text:a xlink:type="simple" '
            f'{looks.PLAIN_LINK} xlink:href="#{_bookmark(rank)}">{escape(heading.text)}</text:a><text:tab/>'
            f'<text:bookmark-ref text:reference-format="page" text:ref-name="{_bookmark(rank)}"> </text:bookmark-ref>'
            "</text:p>"
            for rank, heading in enumerate(self._headings, start=1)
        )
        if former is not None:
            table.delete(former)
        table.append(odfdo.Element.from_tag(f"<text:index-body>{title}{lines}</text:index-body>"))

    def heading(self, block: Heading) -> None:
        """A heading of the outline; those of the table of contents have a bookmark."""
        mark = ""
        if block.level <= self._levels:
            self._headings.append(block)
            mark = f'<text:bookmark text:name="{_bookmark(len(self._headings))}"/>'
        style = looks.NEW_PAGE if block.new_page and block.level == 1 else f"Heading_20_{block.level}"
        opening = f'<text:h text:style-name="{style}" text:outline-level="{block.level}">'
        self._add(f"{opening}{mark}{escape(block.text)}</text:h>")

    def paragraph(self, block: Paragraph) -> None:
        """A paragraph."""
        self._add(_written(block))

    def item(self, block: Item) -> None:
        """An item of a list."""
        self.listing(Listing(((Paragraph(block.text, block.lead),),)))

    def listing(self, block: Listing) -> None:
        """A list."""
        self._add(_listing(block))

    def grid(self, block: Grid) -> None:
        """A table under its caption, whose first row is repeated on each page."""
        if block.caption:
            self._caption("Tableau", block.caption)
        self._counts["grille"] += 1
        name = f"Tableau{self._counts['grille']}"
        widths = block.shares
        for rank, width in enumerate(widths):
            self._document.insert_style(looks.column(f"{name}_{rank}", width * PAGE_CM), automatic=True)
        columns = "".join(f'<table:table-column table:style-name="{name}_{rank}"/>' for rank in range(len(widths)))
        heads = [looks.NUMBER_HEAD if rank in block.numbers else looks.HEAD for rank in range(len(widths))]
        cells = [looks.NUMBER if rank in block.numbers else looks.CELL for rank in range(len(widths))]
        header = f"<table:table-header-rows>{_row(block.header, heads, looks.TOP)}</table:table-header-rows>"
        if not block.caption:
            header = _row(block.header, cells, looks.EDGE)
        rows = "".join(_row(row, cells, looks.EDGE) for row in block.rows)
        whole = f' table:style-name="{looks.WHOLE}"' if block.is_short else ""
        self._add(f'<table:table table:name="{name}"{whole}>{columns}{header}{rows}</table:table>')

    def image(self, block: Image) -> None:
        """A drawing, its description and its caption."""
        png = map_png(block.svg)
        self._drawn(png, shape_of(png), block)

    def picture(self, block: Picture) -> None:
        """A picture, its description and its caption."""
        self._drawn(block.data, block.shape, block)

    def rule(self, _block: Rule) -> None:
        """A line across the page."""
        self._add(f'<text:p text:style-name="{looks.RULE}"/>')

    def cover(self, block: Cover) -> None:
        """The first page."""
        self._add(_line((Run(block.kicker),), looks.KICKER))
        self._add(_line((Run(block.title),), "Title"))
        self._add(_line((Run(block.subtitle),), "Subtitle"))
        if block.mark:
            self._add(_line((Run(block.mark),), looks.MARK))
        if block.facts:
            header, *rows = [((Run(name, bold=True),), value) for name, value in block.facts]
            self.grid(Grid(header, tuple(rows), "", (), (0.32, 0.68)))
        for note in block.notes:
            self._add(_line((Run(note),), looks.SMALL))

    def _drawn(self, data: bytes, shape: float, block: Image | Picture) -> None:
        width = min(IMAGE_CM, block.tallest / shape)
        uri = self._document.add_file(io.BytesIO(data))
        size = f'svg:width="{width:.2f}cm" svg:height="{width * shape:.2f}cm"'
        style = looks.DRAWING if block.caption else "Standard"
        self._add(
            f'<text:p text:style-name="{style}"><draw:frame text:anchor-type="as-char" {size}>'
            f'<draw:image xlink:href={quoteattr(uri)} xlink:type="simple" xlink:show="embed"/>'
            f"<svg:title>{escape(block.caption)}</svg:title><svg:desc>{escape(block.alternative)}</svg:desc>"
            "</draw:frame></text:p>"
        )
        if block.caption:
            self._caption("Figure", block.caption)

    def _caption(self, kind: str, words: str) -> None:
        """« Tableau 3. … », numbered by the word processor."""
        self._counts[kind] += 1
        number = self._counts[kind]
        style = looks.CAPTION if kind == "Tableau" else looks.FIGURE_CAPTION
        self._add(
            f'<text:p text:style-name="{style}">{kind} <text:sequence text:ref-name="ref{kind}{number}" '
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
    Listing: _Writer.listing,
    Grid: _Writer.grid,
    Image: _Writer.image,
    Picture: _Writer.picture,
    Contents: _Writer.contents,
    Rule: _Writer.rule,
    Cover: _Writer.cover,
}


def _bookmark(rank: int) -> str:
    """The name of the place of a heading, from 1."""
    return f"titre_{rank}"


def _listing(block: Listing) -> str:
    style = looks.NUMBERS if block.ordered else looks.BULLETS
    entries = "".join(
        f"<text:list-item>{''.join(_listing(each) if isinstance(each, Listing) else _written(each) for each in entry)}"
        "</text:list-item>"
        for entry in block.entries
    )
    return f'<text:list text:style-name="{style}">{entries}</text:list>'


def _written(block: Paragraph) -> str:
    if block.keep:
        return _line(runs(block.text, lead=block.lead), looks.KEPT_SMALL if block.small else looks.KEPT)
    style = looks.SMALL if block.small else looks.QUOTE if block.quote else "Standard"
    return _line(runs(block.text, lead=block.lead), style)


def _line(words: Iterable[Run], style: str) -> str:
    return f'<text:p text:style-name="{style}">{"".join(map(_run_xml, words))}</text:p>'


def _run_xml(run: Run) -> str:
    style = looks.text_style(bold=run.bold, italic=run.italic)
    told = f'<text:span text:style-name="{style}">{_lines(run.text)}</text:span>' if style else _lines(run.text)
    return f'<text:a xlink:type="simple" xlink:href={quoteattr(run.href)}>{told}</text:a>' if run.href else told


def _lines(text: str) -> str:
    escaped = escape(text).replace("\n", "<text:line-break/>")
    return f"<text:s/>{escaped[1:]}" if escaped.startswith(" ") else escaped


def _row(cells: Iterable[Text], styles: Iterable[str], edge: str) -> str:
    opening = f'<table:table-cell office:value-type="string" table:style-name="{edge}">'
    told = (
        f"{opening}{_line(runs(text), style)}</table:table-cell>" for text, style in zip(cells, styles, strict=True)
    )
    return f'<table:table-row table:style-name="{looks.LINE_STYLE}">{"".join(told)}</table:table-row>'
