"""A table as a file that a spreadsheet opens: CSV as French spreadsheets read it, or XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With the same signs as Japanese keyboards write them, which some spreadsheets read alike."""
BLANKS = "".join(map(chr, range(33))) + "\u00a0\u202f\u200b\ufeff"
"""What a spreadsheet may pass over before a formula."""
NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?")
"""A number as French spreadsheets read it: never a formula."""
UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a workbook cannot hold."""
Rows = Iterable[Sequence[Any]]


def csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """A table that French spreadsheets open with a double click: semicolons, UTF-8 with its mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def xlsx_bytes(name: str, header: Sequence[str], rows: Rows) -> bytes:
    """A workbook of one sheet called ``name`` (cut at the 31 characters that the format allows)."""
    import openpyxl  # 0.3 s to import: only a download pays for it

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append([harmless(cell) for cell in header])
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is given as text, without what a workbook cannot hold."""
    if isinstance(cell, str):
        cell = UNWRITTEN.sub("", cell)
    if isinstance(cell, str) and _begins_a_formula(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell if isinstance(cell, (int, float, str)) or cell is None else str(cell)


def _begins_a_formula(text: str) -> bool:
    return text.startswith(("\t", "\r", "\n")) or text.lstrip(BLANKS).startswith(FORMULA_STARTS)
