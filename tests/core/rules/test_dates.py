"""The days on which the rules can be asked."""

import datetime

import pytest

from maillage.core.kernel.problems import BadInput
from maillage.core.rules.dates import FIRST_DAY, check_day, last_day, read_day

TODAY = datetime.date(2026, 11, 22)


def refusal(text: str, field: str = "date") -> str:
    with pytest.raises(BadInput) as refused:
        read_day(text, today=TODAY, field=field)
    (problem,) = refused.value.problems
    assert (problem.field, problem.value) == (field, text)
    return problem.expected


@pytest.mark.parametrize("text", ["2010-01-01", "2024-02-29", "2028-11-22"])
def test_a_day_within_the_rules_is_read(text: str) -> None:
    assert read_day(text, today=TODAY).isoformat() == text


@pytest.mark.parametrize("text", ["2009-12-31", "2028-11-23", "0001-01-01", "9999-12-31"])
def test_a_day_outside_the_rules_is_refused_with_the_bounds(text: str) -> None:
    assert refusal(text).split() == ["une", "date", "du", "1er", "janvier", "2010", "au", "22", "novembre", "2028"]


@pytest.mark.parametrize(
    "text", ["", "hier", "2026-02-30", "20260101", "2026-W01-1", "2026-1-1", "２０２６-01-01", "2026-01-01\n"]
)
def test_what_is_not_a_day_is_refused_with_the_form_expected(text: str) -> None:
    assert refusal(text, "jour").startswith("une date de la forme AAAA-MM-JJ")


def test_the_last_day_exists_two_years_after_a_29_february() -> None:
    assert last_day(datetime.date(2028, 2, 29)) == datetime.date(2030, 2, 28)


def test_the_bounds_are_accepted() -> None:
    check_day(FIRST_DAY, today=TODAY)
    check_day(last_day(TODAY), today=TODAY)
