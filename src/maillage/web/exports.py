"""Export of what a list shows, as CSV or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Rows = Iterable[Sequence[Any]]


def export(kind: str, name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """A download named ``name`` with its extension; ``kind`` is « csv » or « xlsx ».

    The CSV is what French spreadsheets open with a double click: semicolons, UTF-8 with its mark.
    """
    content, content_type = (_xlsx(name, header, rows), XLSX_TYPE) if kind == "xlsx" else (_csv(header, rows), CSV_TYPE)
    disposition = f'attachment; filename="{name}.{"xlsx" if kind == "xlsx" else "csv"}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _csv(header: Sequence[str], rows: Rows) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _xlsx(name: str, header: Sequence[str], rows: Rows) -> bytes:
    import openpyxl  # 0.3 s to import: only a download pays for it

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append(list(header))
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is given as text."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell if isinstance(cell, (int, float, str)) or cell is None else str(cell)
