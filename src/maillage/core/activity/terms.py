"""The terms of a contract through its versions: which are in force on a day, when it ends, when to give notice."""

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

TACIT = "tacite"
MOST_RENEWALS = 200
"""Beyond, the renewals of a contract are those of a typing error."""
State = Literal["a_signer", "a_venir", "en_cours", "bientot", "termine", "arrete", "inconnu"]


@dataclass(frozen=True)
class Terms:
    """The terms that a version leaves; ``None`` is unknown. ``number`` is the rank of the version, from 1."""

    number: int
    effective_on: datetime.date | None = None
    signed_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    renewal: str = ""
    renewal_months: int | None = None
    notice_months: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a contract stands on a day. ``leave_by``: the last day to say that one leaves.

    ``renewed``: how many times it was renewed by itself since the end that its text bears.
    """

    state: State
    terms: Terms | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    leave_by: datetime.date | None
    renewed: int = 0

    @property
    def renews_itself(self) -> bool:
        """Whether it goes on unless someone says otherwise."""
        return self.terms is not None and self.terms.renewal == TACIT


def in_force(versions: Iterable[Terms], day: datetime.date) -> Terms | None:
    """The version whose terms apply on a day: among those that took effect, the last written.

    Before the first takes effect it is the first; a version without a day is taken as having effect from the start.
    """
    ordered = sorted(versions, key=lambda each: each.number)
    begun = [each for each in ordered if each.effective_on is None or each.effective_on <= day]
    return begun[-1] if begun else (ordered[0] if ordered else None)


def standing(
    versions: Sequence[Terms], day: datetime.date, *, ended_on: datetime.date | None = None, soon_days: int = 183
) -> Standing:
    """Where a contract stands on ``day``; ``ended_on``: it was stopped; « soon » is within ``soon_days``.

    The end of a contract that renews itself moves on by whole renewals, when their length is known.
    """
    terms = in_force(versions, day)
    starts = min((each.effective_on for each in versions if each.effective_on), default=None)
    if terms is None:
        return Standing("inconnu", None, None, ended_on, None)
    ends, renewed = (ended_on, 0) if ended_on else _end(terms, day)
    leave_by = None if ended_on else _notice(ends, terms)
    state = _state(versions, day, starts, ends, ended_on=ended_on, soon_days=soon_days)
    return Standing(state, terms, starts, ends, leave_by, renewed)


def _end(terms: Terms, day: datetime.date) -> tuple[datetime.date | None, int]:
    ends = terms.ends_on
    if ends is None or terms.renewal != TACIT or not terms.renewal_months:
        return ends, 0
    for count in range(MOST_RENEWALS):
        later = moved(ends, terms.renewal_months * count)
        if later >= day:
            return later, count
    return ends, 0


def _notice(ends: datetime.date | None, terms: Terms) -> datetime.date | None:
    return None if ends is None or terms.notice_months is None else moved(ends, -terms.notice_months)


def moved(day: datetime.date, months: int) -> datetime.date:
    """A day some months later; the last day of a month stays the last day of a month.

    >>> moved(datetime.date(2026, 2, 28), 1).isoformat(), moved(datetime.date(2026, 8, 30), -6).isoformat()
    ('2026-03-31', '2026-02-28')
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return datetime.date(year, month + 1, last if is_last else min(day.day, last))


def _state(
    versions: Sequence[Terms],
    day: datetime.date,
    starts: datetime.date | None,
    ends: datetime.date | None,
    *,
    ended_on: datetime.date | None,
    soon_days: int,
) -> State:
    if ended_on is not None and ended_on < day:
        return "arrete"
    if ends is not None and ends < day:
        return "termine"
    if not any(each.signed_on for each in versions):
        return "a_signer"
    if starts is None or starts > day:
        return "inconnu" if starts is None else "a_venir"
    return "bientot" if ends is not None and (ends - day).days <= soon_days else "en_cours"
