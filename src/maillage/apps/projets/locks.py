"""Who writes in a section now: a lock taken on opening, renewed while one writes, that expires by itself.

It warns; it does not protect. What two people write at once is merged (:mod:`maillage.apps.projets.sections`).
"""

import datetime
from dataclasses import dataclass

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.apps.projets.models import Section
from maillage.apps.projets.permissions import may_write

LASTS = datetime.timedelta(minutes=2)
"""How long a lock stands without a sign of who holds it."""
BEAT = LASTS / 3
"""How often a page that is being written in gives a sign."""


@dataclass(frozen=True)
class Hold:
    """Who holds a section at a moment. ``by`` is ``None`` when nobody does."""

    by: User | None
    since: datetime.datetime | None
    until: datetime.datetime | None

    def is_of(self, person: User) -> bool:
        """Whether this person holds it."""
        return self.by is not None and self.by.pk == person.pk


def hold_of(section: Section, at: datetime.datetime) -> Hold:
    """Who holds a section at this aware moment; a lock that expired is no one's.

    Nor is one that would last longer than any may: it comes from a clock that was wrong.
    """
    until = section.locked_until
    if section.locked_by is None or until is None or not at < until < at + 2 * LASTS:
        return Hold(None, None, None)
    return Hold(section.locked_by, section.locked_at, section.locked_until)


@transaction.atomic
def take(section: Section, *, by: User, at: datetime.datetime) -> Hold:
    """Take the section, or renew one's hold of it; who holds it in the end (someone else, when they wrote lately).

    Raises :class:`NotAllowed` when this person may not write in the project.
    """
    row = held_row(section, by)
    hold = hold_of(row, at)
    if hold.by is not None and not hold.is_of(by):
        return hold
    if not hold.is_of(by):
        before = {"tenue_par": row.locked_by.event_actor} if row.locked_by else None
        record(
            by=by,
            at=at,
            verb="prendre",
            subject=row,
            scope=scope_of(row),
            before=before,
            after={"tenue_par": by.event_actor},
        )
    extend(row, by, at)
    row.save(update_fields=["locked_by", "locked_at", "locked_until"])
    return hold_of(row, at)


@transaction.atomic
def release(section: Section, *, by: User, at: datetime.datetime) -> bool:
    """Give back a section; whether this person held it."""
    row = held_row(section, by)
    if row.locked_by_id != by.pk:
        return False
    row.locked_by = row.locked_at = row.locked_until = None
    row.save(update_fields=["locked_by", "locked_at", "locked_until"])
    record(by=by, at=at, verb="liberer", subject=row, scope=scope_of(row), before={"tenue_par": by.event_actor})
    return True


def held_row(section: Section, by: User) -> Section:
    """The row of a section, for this transaction alone. Raises :class:`NotAllowed` to who may not write."""
    rows = Section.objects.select_for_update(of=("self",)).select_related(
        "projet__structure__organisation", "locked_by"
    )
    row = rows.get(pk=section.pk)
    if not may_write(by, row.projet):
        raise NotAllowed("écrire dans ce projet")
    return row


def scope_of(row: Section) -> str:
    """The organisation whose people may read what happened to a section."""
    return str(row.projet.structure.organisation_id)


def extend(row: Section, by: User, at: datetime.datetime) -> None:
    """Hold a row a little longer, when nobody else holds it; it is not saved here."""
    hold = hold_of(row, at)
    if hold.by is not None and not hold.is_of(by):
        return
    if not hold.is_of(by):
        row.locked_by, row.locked_at = by, at
    row.locked_until = at + LASTS
