"""Months and years added to days: the ends of months and leap years keep their place."""

import calendar
import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.rules.simulation.calendar import days_between, last_day_of, months_after, whole_years
from maillage.core.rules.simulation.inputs import NOT_GIVEN

DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2040, 12, 31))
MONTHS = st.integers(0, 120)


def array(*days):
    return np.array(days, dtype="datetime64[D]")


def after(day, months):
    return months_after(array(day), months).tolist()[0]


def end(day, months):
    return last_day_of(array(day), months).tolist()[0]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-03-01", 6, "2024-09-01"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
    ],
)
def test_the_same_day_months_later_or_the_last_of_a_shorter_month(day, months, expected):
    assert after(day, months).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-01", "2029-02-28"),
        ("2023-03-01", "2028-02-29"),
        ("2024-02-29", "2029-02-28"),
        ("2020-01-01", "2024-12-31"),
        ("2021-07-31", "2026-07-30"),
    ],
)
def test_five_years_end_on_the_eve_of_the_same_day(day, expected):
    assert end(day, 60).isoformat() == expected


@given(DAYS, MONTHS)
def test_the_month_is_the_right_one_and_the_day_the_same_or_the_last(day, months):
    found = after(day, months)
    index = day.year * 12 + day.month - 1 + months
    assert (found.year, found.month) == (index // 12, index % 12 + 1)
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


@given(DAYS, MONTHS)
def test_a_duration_ends_the_day_before_the_next_one_begins(day, months):
    """Except from the end of a long month to a shorter one, which it fills to its last day."""
    found, following = end(day, months), after(day, months)
    assert found == (following if following.day != day.day else following - datetime.timedelta(days=1))


@given(DAYS, DAYS)
def test_the_day_is_between_the_anniversary_passed_and_the_next(start, day):
    first, last = sorted((start, day))
    years = whole_years(array(first), array(last))[0]
    assert after(first, int(12 * years)) <= last < after(first, int(12 * years + 12))


@given(DAYS, st.integers(0, 20))
def test_a_year_has_365_or_366_days(day, years):
    from_day, to_day = months_after(array(day), 12 * years), months_after(array(day), 12 * years + 12)
    assert days_between(from_day, to_day)[0] in (365, 366)


def test_before_the_start_no_year_has_passed():
    assert whole_years(array("2026-01-01"), array("2020-01-01")).tolist() == [0]


def test_a_day_that_is_not_given_stays_not_given():
    none = array(NOT_GIVEN)
    assert after(NOT_GIVEN, 6) == NOT_GIVEN
    assert end(NOT_GIVEN, 6) == NOT_GIVEN
    assert np.isnan(whole_years(none, array("2026-01-01"))).all()
    assert np.isnan(days_between(none, array("2026-01-01"))).all()
