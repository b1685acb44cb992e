"""Reads of the text of a project: its sections and who writes where, the history of one, the texts to merge."""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.projets.locks import Hold, hold_of
from maillage.apps.projets.models import Projet, Section, SectionConflict, SectionRevision
from maillage.core.text import Doc, read, words

TOGETHER = datetime.timedelta(minutes=10)
"""Revisions of one author closer than this are one line of the history."""
MOST = 2000
"""Revisions read for a history: the last ones."""


@dataclass(frozen=True)
class Row:
    """A section in the outline: who writes in it now, how many words it has."""

    section: Section
    hold: Hold
    words: int


@dataclass(frozen=True)
class Sitting:
    """What one author saved in one go: its first and last revisions."""

    last: SectionRevision
    first: SectionRevision

    @property
    def before(self) -> int:
        """The revision it started from."""
        return self.first.number - 1


def outline(projet: Projet, at: datetime.datetime) -> list[Row]:
    """The sections of a project in order, as they are at this moment."""
    rows = projet.sections.select_related("locked_by", "saved_by")
    return [Row(each, hold_of(each, at), len(words(read(each.body)))) for each in rows]


def section_of(projet: Projet, code: str) -> Section | None:
    """A section of a project by its code."""
    rows = Section.objects.select_related("projet__structure__organisation", "locked_by", "saved_by")
    return rows.filter(projet=projet, code=code).first()


def texts_of(projet: Projet) -> list[tuple[Section, Doc]]:
    """Every section with its text."""
    return [(each, read(each.body)) for each in projet.sections.all()]


def history(section: Section) -> list[Sitting]:
    """The history of a section, the newest first."""
    return list(_sittings(section.revisions.select_related("author").defer("body")[:MOST]))


def _sittings(rows: QuerySet[SectionRevision]) -> Iterator[Sitting]:
    last = first = None
    for each in rows:
        if last is not None and first is not None and _follow(each, first):
            first = each
            continue
        if last is not None and first is not None:
            yield Sitting(last, first)
        last = first = each
    if last is not None and first is not None:
        yield Sitting(last, first)


def _follow(older: SectionRevision, newer: SectionRevision) -> bool:
    """Whether two revisions are of one go; what a merge or a return wrote stands on its own."""
    is_plain = not older.reason and not newer.reason
    return is_plain and older.author_id == newer.author_id and newer.at - older.at < TOGETHER


def revision_of(section: Section, number: int) -> SectionRevision | None:
    """A revision of a section."""
    return section.revisions.select_related("author").filter(number=number).first()


def waiting(projet: Projet, person: User) -> QuerySet[SectionConflict]:
    """The texts of a person that wait to be merged with another."""
    rows = SectionConflict.objects.select_related("section__projet__structure__organisation", "author")
    return rows.filter(section__projet=projet, author=person, resolved_at=None)


def conflict_of(section: Section, identifier: uuid.UUID) -> SectionConflict | None:
    """A text of a section that waits, or waited, to be merged."""
    rows = SectionConflict.objects.select_related("section__projet__structure__organisation", "author")
    return rows.filter(section=section, pk=identifier).first()
