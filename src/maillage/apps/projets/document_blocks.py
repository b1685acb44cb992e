"""What is inserted in a project, and its diagnosis, as the blocks of a document."""

import datetime
from collections.abc import Iterator
from typing import Any

from maillage.apps.diagnostics.documents import maps
from maillage.apps.projets.inserts import Inserted
from maillage.core.documents.blocks import Block, Grid, Image, Paragraph
from maillage.core.documents.diagnosis_blocks import blocks
from maillage.core.documents.diagnosis_content import MORE, MOST_ROWS, diagnosis_content
from maillage.core.documents.svg import alternative
from maillage.core.documents.text_blocks import widths_of
from maillage.core.kernel import french

MAP_CM, CHART_CM = 10.0, 7.5
MOST_PLACES = 4
"""Places that stand side by side in a table of hours."""


def shown_block(found: Inserted) -> tuple[Block, ...]:
    """What an insert shows: a table, drawings, or why there is nothing; then its note."""
    if found.missing:
        return (Paragraph(f"{found.title} : {found.missing[:1].lower()}{found.missing[1:]}", small=True),)
    if found.kind == "hours":
        return tuple(_hours(found))
    tallest = MAP_CM if found.kind == "map" else CHART_CM
    drawn: list[Block] = [Image(svg, alternative(svg), found.title, tallest) for svg in found.drawings]
    if found.columns:
        rows = tuple(tuple(row) for row in found.rows[:MOST_ROWS])
        header = tuple(found.columns)
        drawn.append(Grid(header, rows, found.title, tuple(sorted(found.numbers)), widths_of([header, *rows])))
    more = len(found.rows) - MOST_ROWS
    note = " ".join(filter(None, (found.note, MORE.format(count=french.number(more)) if more > 0 else "")))
    return (*drawn, Paragraph(note, small=True)) if note else tuple(drawn)


def _hours(found: Inserted) -> Iterator[Block]:
    """The hours, a row a day and a column a place: a week across a page would be cut."""
    days = found.columns[1:]
    for start in range(0, len(found.rows), MOST_PLACES):
        places = found.rows[start : start + MOST_PLACES]
        rows = tuple((day, *(_spans(place[rank]) for place in places)) for rank, day in enumerate(days, start=1))
        header = ("Jour", *(place[0] for place in places))
        yield Grid(header, rows, f"{found.title}{' (suite)' if start else ''}", (), widths_of([header, *rows]))


def _spans(text: str) -> str:
    """The hours of a day: a line a span, that no line cuts."""
    return text.replace(", ", "\n").replace(" ", french.NO_BREAK_SPACE)


def diagnosis_blocks(told: dict[str, Any] | None, day: datetime.date) -> tuple[Block, ...]:
    """The kept diagnosis as an annex; nothing when the project has none."""
    return tuple(blocks(diagnosis_content(told, today=day, maps=maps(told)))) if told else ()
