"""Until when a value was held against its text, and what is said of a later day."""

import datetime

import pytest

from maillage.core.rules.texts import DatedValue, ParameterText

READ = datetime.date(2026, 11, 21)
NEWER = datetime.date(2026, 7, 8)


def value(since: str, until: str | None = None) -> DatedValue:
    end = datetime.date.fromisoformat(until) if until else None
    return DatedValue(7, datetime.date.fromisoformat(since), end, "A", ())


def text(*values: DatedValue, newer: datetime.date | None = None) -> ParameterText:
    return ParameterText("a.b", "Un chiffre", "euros", values, READ, newer, "un avenant" if newer else "")


def test_a_value_is_checked_until_its_last_reading() -> None:
    assert text(value("2017-01-01")).checked_until == READ


def test_a_newer_text_ends_the_check_on_its_eve() -> None:
    assert text(value("2017-01-01"), newer=NEWER).checked_until == datetime.date(2026, 7, 7)


def test_a_newer_text_of_after_the_reading_changes_nothing() -> None:
    assert text(value("2017-01-01"), newer=datetime.date(2027, 1, 1)).checked_until == READ


def test_a_value_that_ended_is_checked_until_its_end() -> None:
    ended, begun, future = value("2017-01-01", "2021-12-31"), value("2022-01-01"), value("2027-01-01")
    parameter = text(ended, begun, future)
    assert parameter.value_checked_until(ended) == datetime.date(2021, 12, 31)
    assert parameter.value_checked_until(begun) == READ
    assert parameter.value_checked_until(future) is None


def test_a_day_that_a_newer_text_may_govern_is_warned_of() -> None:
    parameter = text(value("2017-01-01"), newer=NEWER)
    assert parameter.warning_at(datetime.date(2026, 7, 7), today=READ) == ""
    warning = parameter.warning_at(datetime.date(2026, 7, 8), today=READ).replace("\u00a0", " ")
    assert warning.startswith("Vérifié jusqu'au 7 juillet 2026 : au 8 juillet 2026")


@pytest.mark.parametrize(
    ("asked", "warned"),
    [("2026-11-21", False), ("2026-11-22", False), ("2027-11-21", False), ("2027-11-22", True), ("2029-01-01", True)],
)
def test_a_reading_is_fresh_for_a_year(asked: str, *, warned: bool) -> None:
    day = datetime.date.fromisoformat(asked)
    assert bool(text(value("2017-01-01")).warning_at(day, today=day)) is warned


def test_a_day_still_to_come_is_warned_of() -> None:
    parameter = text(value("2017-01-01"))
    assert parameter.warning_at(datetime.date(2026, 12, 1), today=datetime.date(2026, 12, 1)) == ""
    assert parameter.warning_at(datetime.date(2026, 12, 2), today=datetime.date(2026, 12, 1)) != ""
