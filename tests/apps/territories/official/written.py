"""Small official files, written as their producers lay them out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl


def write_workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_text(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """A text file of these lines."""
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path
