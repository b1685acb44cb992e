"""Days of the territories: overseas, the same moment is another day; Alsace and overseas have days off of their own."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.dossiers.calendar import day_in, is_working_day, next_working_day, public_holidays

LATE = datetime.datetime(2026, 3, 1, 22, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("region", "day"),
    [("53", 1), ("04", 2), ("06", 2), ("01", 1), ("03", 1)],
    ids=["Bretagne", "Réunion", "Mayotte", "Guadeloupe", "Guyane"],
)
def test_the_same_moment_is_the_day_of_the_territory(region, day):
    assert day_in(region, LATE) == datetime.date(2026, 3, day)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        day_in("53", datetime.datetime(2026, 3, 1, 9))  # noqa: DTZ001 - that is what is refused


def test_alsace_and_reunion_have_days_off_of_their_own():
    good_friday, abolition = datetime.date(2026, 4, 3), datetime.date(2026, 12, 20)
    assert good_friday in public_holidays(2026, "44", "67")
    assert good_friday not in public_holidays(2026, "44", "51")
    assert abolition in public_holidays(2026, "04", "974")
    assert abolition not in public_holidays(2026, "53", "35")


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31)), st.sampled_from(["53", "04", "44"]))
def test_the_next_working_day_is_the_first_one_from_the_day(day, region):
    found = next_working_day(day, region, "67" if region == "44" else "")
    assert is_working_day(found, region, "67" if region == "44" else "")
    between = [day + datetime.timedelta(days=n) for n in range((found - day).days)]
    assert not any(is_working_day(each, region, "67" if region == "44" else "") for each in between)
