"""The document of a handover: what a new coordinator must know on the first day."""

import datetime
from collections.abc import Iterable, Sequence

from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french

Table = tuple[str, Sequence[str], Sequence[Sequence[str]], str]
"""Title, headings, rows, what to say when there is none."""


def handover_pdf(
    structure: str, notes: Iterable[tuple[str, str]], tables: Iterable[Table], *, today: datetime.date, by: str
) -> bytes:
    """The PDF: the notes first, then each table."""
    content = {
        "titre": "Passation",
        "resume_metadonnees": "Ce qu'un nouveau coordinateur doit savoir le premier jour.",
        "sous_titre": structure,
        "jour": french.day(today),
        "adresse": None,
        "par": by,
        "notes": [{"titre": title, "lignes": text.splitlines()} for title, text in notes],
        "parties": [
            {"titre": title, "tetes": list(header), "lignes": [list(row) for row in rows], "vide": empty}
            for title, header, rows, empty in tables
        ],
    }
    return render("passation.typ", content, today)
