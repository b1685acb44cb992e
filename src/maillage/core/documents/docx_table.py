"""The tables of a DOCX, written whole: a sixty-page document has thousands of cells."""

from collections.abc import Callable
from xml.sax.saxutils import escape

from maillage.core.documents.blocks import Grid, Run, Text, runs
from maillage.core.documents.docx_pieces import LINE, PRIMARY, SMALL

HEAD = "E3F1EE"
TWIPS_PER_CM = 567
Relate = Callable[[str], str]
"""From an address, the identifier of the link to it in the document."""


def table_xml(block: Grid, width: float, relate: Relate, *, headed: bool) -> str:
    """The table, ``width`` centimetres wide; its first row is a header when it is ``headed``.

    A short table is not cut by the end of a page; of a long one, the header stays with the first row.
    """
    from docx.oxml.ns import nsdecls

    widths = [round(width * share * TWIPS_PER_CM) for share in block.shares]
    last = len(block.rows) if block.is_short else 1
    rows = "".join(
        _row(row, block, widths, relate, is_header=headed and rank == 0, sticks=rank < last)
        for rank, row in enumerate((block.header, *block.rows))
    )
    edges = "".join(f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for e in ("bottom", "insideH"))
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    return (
        f'<w:tbl {nsdecls("w", "r")}><w:tblPr><w:tblW w:type="dxa" w:w="{sum(widths)}"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="{headed:d}"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    texts: tuple[Text, ...], block: Grid, widths: list[int], relate: Relate, *, is_header: bool, sticks: bool
) -> str:
    """A row; one that ``sticks`` stays on the page of the next one."""
    cells = []
    for rank, (text, width) in enumerate(zip(texts, widths, strict=True)):
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD}"/>' if is_header else ""
        form = ("<w:keepNext/>" if sticks else "") + '<w:spacing w:after="0"/>'
        side = '<w:jc w:val="right"/>' if rank in block.numbers else ""
        words = "".join(_run(run, relate, bold=is_header) for run in runs(text))
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{shade}</w:tcPr><w:p><w:pPr>{form}{side}</w:pPr>'
            f"{words}</w:p></w:tc>"
        )
    header = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def _run(run: Run, relate: Relate, *, bold: bool) -> str:
    look = ("<w:b/>" if bold or run.bold else "") + ("<w:i/>" if run.italic else "")
    link = f'<w:color w:val="{PRIMARY}"/>' if run.href else ""
    size = f'<w:sz w:val="{SMALL * 2}"/>'
    under = '<w:u w:val="single"/>' if run.href else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.split("\n"))
    written = f"<w:r><w:rPr>{look}{link}{size}{under}</w:rPr>{lines}</w:r>"
    return f'<w:hyperlink r:id="{relate(run.href)}" w:history="1">{written}</w:hyperlink>' if run.href else written
