"""A list of members as a person gives it — pasted, CSV or XLSX — as rows of texts."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

Row = tuple[str, ...]
MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000
MOST_LINES = 1_000
LONGEST_CELL = 20_000
"""The names of a hundred people present, or the report of a meeting, stand in one."""
ZIP = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a text begins when a spreadsheet saved it as « texte Unicode »."""
UNREADABLE = "un fichier CSV ou XLSX"


def read_file(content: bytes) -> list[Row]:
    """The rows of a CSV or of the first sheet of a workbook. Raises :class:`BadInput`."""
    if len(content) > MOST_BYTES:
        raise _refused(f"un fichier d'au plus {MOST_BYTES // 1_000_000} Mo")
    if content.startswith(ZIP):
        return _short(_workbook(content))
    if content.startswith(UTF_16):
        return read_pasted(content.decode("utf-16", errors="replace"))
    if b"\0" in content:
        raise _refused(UNREADABLE)
    return read_pasted(_decoded(content))


def read_pasted(text: str) -> list[Row]:
    """The rows of a text: apart by tabulations when it comes from a spreadsheet, else by semicolons or commas."""
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    first = next((line for line in lines.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    try:
        return _short([tuple(row) for row in csv.reader(io.StringIO(lines), delimiter=delimiter)])
    except csv.Error:
        raise _refused("des lignes dont les cases sont séparées par des points-virgules") from None


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a text that :func:`read_pasted` reads back."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def left_out(titles: Row, places: Iterable[int]) -> list[str]:
    """The titles of the columns that nothing reads: a list says so, rather than lose them."""
    read = set(places)
    return [title for rank, title in enumerate(titles) if title and rank not in read]


def _workbook(content: bytes) -> list[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise _refused(f"un classeur d'au plus {MOST_UNPACKED // 1_000_000} Mo une fois ouvert")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python()
    except (zipfile.BadZipFile, CalamineError, IndexError):
        raise _refused(UNREADABLE) from None
    return [tuple(map(_cell, row)) for row in rows]


def _cell(value: Any) -> str:
    """A cell as it is read on the screen: a number of RPPS is no decimal, a day has no hour."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:g}".replace(".", ",")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}"
    return str(value).strip()


def _short(rows: list[Row]) -> list[Row]:
    """The rows from their titles on; one left blank between two others is empty: the numbers of lines stay."""
    filled = _trimmed(
        [tuple(cell.strip() for cell in row) if any(cell.strip() for cell in row) else () for row in rows]
    )
    if not filled:
        raise _refused("une liste : une ligne de titres, puis une ligne par élément")
    if any(len(cell) > LONGEST_CELL for row in filled for cell in row):
        raise _refused(f"des cases de {french.number(LONGEST_CELL)} caractères au plus")
    if (count := sum(map(bool, filled)) - 1) > MOST_LINES:
        raise BadInput([Problem("fichier", count, f"au plus {MOST_LINES} lignes à la fois")])
    return filled


def _trimmed(rows: list[Row]) -> list[Row]:
    said = [rank for rank, row in enumerate(rows) if row]
    return rows[said[0] : said[-1] + 1] if said else []


def lines_of(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The rows under the titles, with their number in the list; those left blank are passed over."""
    return ((number, row) for number, row in enumerate(rows[1:], start=2) if row)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _refused(expected: str) -> BadInput:
    return BadInput([Problem("fichier", "ce contenu", expected)])
