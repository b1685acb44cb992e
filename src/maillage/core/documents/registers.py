"""A register on a day, as a PDF: who was in it, since when."""

import datetime
from collections.abc import Sequence

from maillage.core.documents.blocks import Block, Grid, Paragraph
from maillage.core.documents.typst_blocks import blocks_pdf
from maillage.core.kernel import french

NOBODY = "Personne à cette date."


def register_pdf(
    title: str,
    of_whom: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    note: str,
    *,
    on: datetime.date,
    today: datetime.date,
) -> bytes:
    """The PDF of a register: ``on`` is the day it tells, ``today`` the day it is made."""
    told: list[Block] = [Paragraph(f"{of_whom}. État au {french.day(on)}, établi le {french.day(today)}.")]
    if rows:
        count = f"{len(rows)} {french.plural(len(rows), 'ligne')}"
        told.append(Grid(tuple(header), tuple(tuple(row) for row in rows), f"{title}, au {french.day(on)} : {count}"))
    else:
        told.append(Paragraph(NOBODY))
    told.append(Paragraph(note, small=True))
    return blocks_pdf(title, told, today, header=of_whom)
