"""Tables that a spreadsheet opens: what people typed is never run as a formula, numbers stay numbers."""

import io

import openpyxl
import pytest

from maillage.core.documents.tables import csv_bytes, harmless, xlsx_bytes


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+33 6 00 00 00 00", "-x", "@SUM(A1)", "\t=1", "\n=1", " =1+1", "\u00a0=1", "\ufeff=1", "＝1+1", "＠x"],
)
def test_a_name_that_a_spreadsheet_would_run_stays_a_text(typed: str) -> None:
    assert harmless(typed) == f"'{typed}"
    lines = csv_bytes((typed,), [(typed,)]).decode("utf-8-sig")
    assert lines.count("'") == 2
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("x", (typed,), [(typed,)])))
    assert [cell.data_type for (cell,) in book.active.iter_rows()] == ["s", "s"]


@pytest.mark.parametrize("cell", [-3, -2.5, 0, "-3", "-3,5", "12", "Anne-Marie", "a=b", "", None])
def test_numbers_and_plain_names_are_left_as_they_are(cell: object) -> None:
    assert harmless(cell) == cell


def test_what_a_workbook_cannot_hold_is_left_out():
    """A control character in one cell must not take the whole export away."""
    assert harmless("Bon\x01jour \ud800") == "Bonjour "
    assert xlsx_bytes("essai", ["Nom"], [["Bon\x0bjour"]])
