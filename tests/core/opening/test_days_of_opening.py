"""The days and hours of a place: amplitude, days closed, open or closed now, school holidays typed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.opening.closures import DaysClosed, Period, days_closed
from maillage.core.opening.now import Days, coming, standing
from maillage.core.opening.typed import read_periods, written
from maillage.core.opening.week import amplitude, has_a_break, is_open_on_saturday_morning, shortest

DAY, TIME = datetime.date, datetime.time
WEEK = {day: [(TIME(9), TIME(12)), (TIME(14), TIME(19, 30))] for day in range(5)}
AUGUST = Period(DAY(2026, 8, 1), DAY(2026, 8, 31))
DAYS = st.dates(DAY(2025, 12, 1), DAY(2027, 1, 31))


def moment(day, hour, minute=0):
    return datetime.datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - the hour of the place itself


def test_the_amplitude_is_that_of_the_shortest_day():
    assert amplitude(WEEK) == 10.5
    assert amplitude({**WEEK, 2: [(TIME(9), TIME(12))]}) == 3
    assert shortest({**WEEK, 2: [(TIME(9), TIME(12))]}) == (2,)
    assert amplitude({**WEEK, 2: []}) == 0
    assert amplitude({}) is None
    assert has_a_break(WEEK)


def test_saturday_morning_is_open_before_noon():
    assert is_open_on_saturday_morning(WEEK) is False
    assert is_open_on_saturday_morning({5: [(TIME(9), TIME(12))]}) is True
    assert is_open_on_saturday_morning({5: [(TIME(14), TIME(18))]}) is False
    assert is_open_on_saturday_morning({}) is None


def test_days_closed_twice_count_once():
    twice = [Period(DAY(2026, 7, 30), DAY(2026, 8, 3)), Period(DAY(2026, 8, 2), DAY(2026, 8, 4))]
    assert days_closed(twice, [AUGUST], 2026) == DaysClosed(6, 4, 2)
    assert days_closed(twice, [], 2026) == DaysClosed(6, None, None)
    assert days_closed([], [], 2026) == DaysClosed(0, 0, 0)


@given(st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=4))
def test_days_in_and_outside_the_holidays_make_all_the_days(rows):
    closures = [Period(since, since + datetime.timedelta(days=length)) for since, length in rows]
    found = days_closed(closures, [AUGUST], 2026)
    assert (found.in_holidays or 0) + (found.outside or 0) == found.total
    assert found.total <= 365


def test_a_place_is_open_until_it_closes_and_says_when_it_opens_next():
    assert standing(WEEK, Days(), moment(23, 9)).words == "Ouvert, ferme à 12 h"
    assert standing(WEEK, Days(), moment(23, 12)).words == "Fermé, ouvre aujourd’hui à 14 h"
    assert standing(WEEK, Days(), moment(23, 19, 30)).words == "Fermé, ouvre demain à 9 h"
    friday = standing(WEEK, Days(), moment(27, 20))
    assert (friday.state, "lundi 30" in friday.words.replace("\u00a0", " ")) == ("ferme", True)
    assert standing({}, Days(), moment(23, 9)).state == "inconnu"


def test_a_closure_and_a_public_holiday_are_said():
    closed = Days(closures=(Period(DAY(2026, 11, 23), DAY(2026, 11, 24)),))
    assert "mercredi 25" in standing(WEEK, closed, moment(23, 10)).words.replace("\u00a0", " ")
    off = {DAY(2026, 11, 11): "Armistice"}
    assert standing(WEEK, Days((), off), moment(11, 10)).words == "Jour férié (Armistice) : appelez avant de venir"
    assert standing(WEEK, Days((), off, on_holidays=False), moment(11, 10)).words.startswith("Fermé aujourd’hui (Arm")
    assert standing(WEEK, Days((), off, on_holidays=True), moment(11, 10)).state == "ouvert"


def test_a_place_that_stays_closed_does_not_say_when_it_opens():
    forever = Days(closures=(Period(DAY(2026, 1, 1), DAY(2028, 1, 1)),))
    assert standing(WEEK, forever, moment(23, 10)).words == "Fermé"


def test_the_closures_that_come_are_told_in_order():
    later = Period(DAY(2027, 8, 1), DAY(2027, 8, 2))
    assert coming([later, AUGUST], DAY(2026, 7, 1), 45) == [AUGUST]
    assert coming([AUGUST], DAY(2026, 9, 1), 45) == []


def test_periods_typed_are_read_back_as_they_were_written():
    text = "Toussaint ; 17/10/2026 ; 01/11/2026\nNoël ; 19/12/2026 ; 03/01/2027"
    found, wrong = read_periods(text)
    assert (written(found), wrong) == (text, [])
    assert read_periods("Été\t2026-07-04\t2026-08-31")[0][0].period.until == AUGUST.until


@pytest.mark.parametrize(
    "line",
    ["Noël", "; 19/12/2026 ; 03/01/2027", "Noël ; 32/12/2026 ; 03/01/2027", "Noël ; 03/01/2027 ; 19/12/2026",
     "Noël ; 19/12/1926 ; 03/01/1927"],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_told_with_its_rank(line):
    _found, wrong = read_periods(f"Toussaint ; 17/10/2026 ; 01/11/2026\n{line}")
    assert [each.rank for each in wrong] == [2]


def test_two_periods_do_not_start_on_the_same_day():
    assert len(read_periods("A ; 17/10/2026 ; 01/11/2026\nB ; 17/10/2026 ; 18/10/2026")[1]) == 1
