"""Export of what a list shows, as CSV or XLSX."""

from collections.abc import Sequence

from django.http import HttpResponse

from maillage.core.documents.tables import Rows, csv_bytes, xlsx_bytes

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(kind: str, name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """A download named ``name`` with its extension; ``kind`` is « csv » or « xlsx »."""
    xlsx = kind == "xlsx"
    content = xlsx_bytes(name, header, rows) if xlsx else csv_bytes(header, rows)
    disposition = f'attachment; filename="{name}.{"xlsx" if xlsx else "csv"}"'
    content_type = XLSX_TYPE if xlsx else CSV_TYPE
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
