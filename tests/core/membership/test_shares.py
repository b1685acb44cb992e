"""Shares move: who holds how many on any day, and never less than none."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from maillage.core.membership.shares import Movement, holdings, shortage

DAY = datetime.date(2026, 1, 1)
PEOPLE = st.sampled_from(["", "a", "b", "c"])
MOVEMENTS = st.lists(
    st.builds(
        Movement,
        st.integers(0, 5).map(lambda days: DAY + datetime.timedelta(days=days)),
        st.integers(1, 9),
        PEOPLE,
        PEOPLE,
    ).filter(lambda each: each.giver != each.taker)
)


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def test_shares_are_created_handed_over_and_cancelled():
    moved = [Movement(day(0), 10, taker="a"), Movement(day(2), 4, "a", "b"), Movement(day(4), 6, giver="a")]
    assert holdings(moved, on=day(0)) == {"a": 10}
    assert holdings(moved, on=day(2)) == {"a": 6, "b": 4}
    assert holdings(moved, on=day(4)) == {"b": 4}
    assert shortage(moved) is None


def test_nobody_gives_what_they_do_not_hold_yet():
    found = shortage([Movement(day(3), 10, taker="a"), Movement(day(1), 4, "a", "b")])
    assert found is not None
    assert (found.day, found.holder, found.held) == (day(1), "a", -4)


def test_shares_received_and_given_on_one_day_are_taken_together():
    assert shortage([Movement(day(1), 4, "a", "b"), Movement(day(1), 4, taker="a")]) is None


@given(MOVEMENTS)
def test_without_a_shortage_everyone_holds_some_on_every_day_and_the_total_is_what_was_created(moved):
    for number in range(6):
        held = holdings(moved, on=day(number))
        done = [each for each in moved if each.day <= day(number)]
        created = sum(each.shares for each in done if not each.giver)
        cancelled = sum(each.shares for each in done if not each.taker)
        assert sum(held.values()) == created - cancelled
        if shortage(moved) is None:
            assert all(shares > 0 for shares in held.values())
