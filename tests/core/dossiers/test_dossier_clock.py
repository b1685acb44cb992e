"""The legal clock: the cases of the domain (cds.md L-5, L-6), and what holds whatever the days."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from maillage.core.dossiers.clock import Suspension, clock, end_of
from maillage.core.dossiers.definition import DelayData

TWO_MONTHS = DelayData(
    mois=2, compte_depuis="depot", incomplet_suspend=True, silence="aucun", source="essai", confiance="A"
)
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))


def day(month: int, number: int) -> datetime.date:
    """A day of 2026."""
    return datetime.date(2026, month, number)


def test_a_complete_file_received_on_the_first_of_march_is_due_on_the_first_of_may():
    assert clock(TWO_MONTHS, day(3, 1), [], day(3, 10)).due == day(5, 1)


def test_twenty_days_of_missing_pieces_put_the_end_twenty_days_later():
    asked = Suspension(day(3, 21), day(4, 10))
    assert clock(TWO_MONTHS, day(3, 1), [asked], day(4, 12)).due == day(5, 21)


def test_a_suspended_clock_has_no_end_and_says_what_is_left():
    found = clock(TWO_MONTHS, day(3, 1), [Suspension(day(3, 21))], day(4, 30))
    assert found.due is None
    assert found.suspended_since == day(3, 21)
    assert found.left == (day(5, 1) - day(3, 21)).days


def test_a_delay_from_the_last_day_of_a_month_ends_on_the_last_day_of_a_shorter_one():
    assert end_of(TWO_MONTHS, datetime.date(2026, 12, 31)) == datetime.date(2027, 2, 28)


@given(DAYS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=5))
def test_the_end_moves_by_the_days_that_were_suspended_neither_more_nor_less(started, gaps):
    spans, here = [], started
    for gap, length in gaps:
        since = here + datetime.timedelta(days=gap)
        here = since + datetime.timedelta(days=length)
        spans.append(Suspension(since, here))
    found = clock(TWO_MONTHS, started, spans, here)
    assert found.due == end_of(TWO_MONTHS, started) + datetime.timedelta(days=sum(length for _gap, length in gaps))


@given(DAYS, st.integers(0, 40), st.integers(0, 60))
def test_resuming_gives_back_what_was_left(started, gap, length):
    since = started + datetime.timedelta(days=gap)
    until = since + datetime.timedelta(days=length)
    standing = clock(TWO_MONTHS, started, [Suspension(since)], until)
    resumed = clock(TWO_MONTHS, started, [Suspension(since, until)], until)
    assert resumed.left == standing.left
