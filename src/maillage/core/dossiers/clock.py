"""The legal clock of a dossier: when the delay ends, what suspends it, what its silence says.

Pure arithmetic on days of the territory (see :mod:`.calendar`). A delay is counted date to date: two months from
2026-03-01 end on 2026-05-01; each day of suspension puts the end one day later (the count of a suspension is an
inference of confidence C: shared/domaine cds.md, test L-6).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.core.dossiers.definition import DelayData
from maillage.core.projet.schedule import add_months


@dataclass(frozen=True)
class Suspension:
    """Days during which the clock stands still: from the day of the request, until the day of the answer."""

    since: datetime.date
    until: datetime.date | None = None

    def days(self) -> int:
        """Whole days that it lasted. Raises ``ValueError`` while it is open."""
        if self.until is None:
            raise ValueError("an open suspension has no length")
        return (self.until - self.since).days


@dataclass(frozen=True)
class Clock:
    """Where a delay stands. ``due`` is its last day, ``None`` while it is suspended or has not begun.

    ``left``: days until ``due`` (negative once it is over), or those that will be left when it resumes.
    """

    started: datetime.date | None
    due: datetime.date | None
    suspended_since: datetime.date | None
    left: int | None

    @property
    def is_over(self) -> bool:
        """Whether the last day is past."""
        return self.due is not None and self.left is not None and self.left < 0


def clock(
    delay: DelayData, started: datetime.date | None, suspensions: Sequence[Suspension], today: datetime.date
) -> Clock:
    """Where a delay stands today. ``suspensions`` are in order and do not overlap; only the last may be open."""
    if started is None:
        return Clock(None, None, None, None)
    whole = end_of(delay, started)
    past = sum(each.days() for each in suspensions if each.until is not None)
    due = whole + datetime.timedelta(days=past)
    waiting = next((each for each in suspensions if each.until is None), None)
    if waiting is not None:
        return Clock(started, None, waiting.since, (due - waiting.since).days)
    return Clock(started, due, None, (due - today).days)


def end_of(delay: DelayData, started: datetime.date) -> datetime.date:
    """The last day of a delay that nothing suspends, counted date to date."""
    if delay.mois is not None:
        return add_months(started, delay.mois)
    return started + datetime.timedelta(days=delay.jours or 0)
