"""When a deadline is told: some days before its last day, on it, and once it is past. Pure arithmetic on days."""

import datetime
from collections.abc import Collection, Sequence

LAST_DAY = 0
PAST = -1
"""The two stages that every deadline has, in days left."""


def stages(before: Collection[int]) -> tuple[int, ...]:
    """The days left at which a deadline is told, in order of time: ``before``, its last day, the day after."""
    return (*sorted({days for days in before if days > LAST_DAY}, reverse=True), LAST_DAY, PAST)


def stage_of(last_day: datetime.date, before: Collection[int], today: datetime.date) -> int | None:
    """The stage that a deadline has reached; ``None`` when it is still far.

    >>> stage_of(datetime.date(2026, 5, 1), (15, 5), datetime.date(2026, 4, 20))
    15
    """
    left = (last_day - today).days
    return next((days for days in reversed(stages(before)) if days >= left), None)


def to_tell(last_day: datetime.date, before: Collection[int], told: Sequence[int], today: datetime.date) -> int | None:
    """The stage to tell today; ``None`` when it was told, or one that comes after. What was missed is not told late:
    after a week without a run, only the stage reached is."""
    reached = stage_of(last_day, before, today)
    return reached if reached is not None and all(reached < each for each in told) else None
