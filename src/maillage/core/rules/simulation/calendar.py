"""Months and years added to days, for arrays of dates: ``datetime64[D]`` in, ``datetime64[D]`` out.

A day that is not given (:data:`maillage.core.rules.simulation.inputs.NOT_GIVEN`) stays not given.
"""

from typing import Any

import numpy as np

from maillage.core.rules.simulation.inputs import NOT_GIVEN, given

MONTHS_IN_A_YEAR = 12


def months_after(days: Any, months: Any) -> Any:
    """The same day ``months`` later (shape of ``days``); the last day of a month that has no such day.

    >>> months_after(np.array(["2024-08-31", "2024-02-29"], dtype="datetime64[D]"), [6, 12])
    array(['2025-02-28', '2025-02-28'], dtype='datetime64[D]')
    """
    same_day, last = _far(days, months)
    return _kept(days, np.minimum(same_day, last))


def last_day_of(days: Any, months: Any) -> Any:
    """The last day of a duration of ``months`` that begins on ``days``: the eve of the same day, months later.

    >>> last_day_of(np.array(["2024-03-01", "2024-02-29"], dtype="datetime64[D]"), 60)
    array(['2029-02-28', '2029-02-28'], dtype='datetime64[D]')
    """
    same_day, last = _far(days, months)
    return _kept(days, np.minimum(same_day - 1, last))


def whole_years(start: Any, day: Any) -> Any:
    """Anniversaries of ``start`` passed on ``day`` (itself included), never negative; not-a-number without a start.

    >>> whole_years(np.array(["2024-02-29", "2024-03-01"], dtype="datetime64[D]"), np.datetime64("2025-02-28"))
    array([1., 0.])
    """
    turned = np.asarray(day).astype("datetime64[Y]").astype(int) - start.astype("datetime64[Y]").astype(int)
    early = months_after(start, MONTHS_IN_A_YEAR * turned) > day
    return np.where(given(start), np.maximum(0, turned - early), np.nan)


def days_between(start: Any, end: Any) -> Any:
    """Days from ``start`` to ``end`` (floats, negative when it is before); not-a-number when one is not given.

    >>> days_between(np.array(["2024-02-28"], dtype="datetime64[D]"), np.datetime64("2024-03-01"))
    array([2.])
    """
    counted = (end - start) / np.timedelta64(1, "D")
    return np.where(given(start) & given(end), counted, np.nan)


def _far(days: Any, months: Any) -> tuple[Any, Any]:
    """The same number of days into the month ``months`` later, and the last day of that month."""
    month = days.astype("datetime64[M]")
    far = month + np.asarray(months).astype("timedelta64[M]")
    first = far.astype("datetime64[D]")
    return first + (days - month.astype("datetime64[D]")), (far + 1).astype("datetime64[D]") - 1


def _kept(days: Any, found: Any) -> Any:
    return np.where(given(days), found, np.datetime64(NOT_GIVEN))
