"""A table as a file that a spreadsheet opens: CSV as French spreadsheets read it, or XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?")
"""A number as French spreadsheets read it: never a formula."""
Rows = Iterable[Sequence[Any]]


def csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """A table that French spreadsheets open with a double click: semicolons, UTF-8 with its mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def xlsx_bytes(name: str, header: Sequence[str], rows: Rows) -> bytes:
    """A workbook of one sheet called ``name`` (cut at the 31 characters that the format allows)."""
    import openpyxl  # 0.3 s to import: only a download pays for it

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append(list(header))
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is given as text."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell if isinstance(cell, (int, float, str)) or cell is None else str(cell)
