import io

import openpyxl

from maillage.web.exports import export

HEADER = ("Règle", "Valeur")
ROWS = [("Valeur du point", 7), ("=HYPERLINK(1)", None), ("-60 points", 0.5)]


def test_a_csv_opens_in_a_french_spreadsheet() -> None:
    response = export("csv", "regles", HEADER, ROWS)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.decode("utf-8-sig").splitlines()[:2] == ["Règle;Valeur", "Valeur du point;7"]
    assert response["Content-Disposition"] == 'attachment; filename="regles.csv"'


def test_text_that_looks_like_a_formula_stays_text() -> None:
    lines = export("csv", "regles", HEADER, ROWS).content.decode("utf-8-sig").splitlines()
    assert lines[2] == "'=HYPERLINK(1);"
    assert lines[3] == "'-60 points;0.5"


def test_an_xlsx_holds_the_same_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", "regles", HEADER, ROWS).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == HEADER
    assert rows[1] == ("Valeur du point", 7)
