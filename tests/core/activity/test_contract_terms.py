"""The terms of a contract through its versions, and the balance of ring-fenced money."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.core.activity.funds import Movement, balance, balances, overdrawn
from maillage.core.activity.terms import Terms, in_force, moved, standing

START, END = datetime.date(2024, 3, 15), datetime.date(2029, 3, 14)
TODAY = datetime.date(2026, 11, 22)
FIRST = Terms(1, START, START, END)


def test_an_amendment_applies_from_its_day_and_the_first_terms_before():
    later = Terms(2, datetime.date(2027, 1, 1), None, END)
    assert in_force([later, FIRST], TODAY) == FIRST
    assert in_force([later, FIRST], datetime.date(2027, 1, 1)) == later
    assert in_force([later, FIRST], datetime.date(2020, 1, 1)) == FIRST
    assert in_force([], TODAY) is None


def test_a_rectification_of_the_same_day_replaces_what_it_mends():
    mended = Terms(2, START, START, datetime.date(2029, 12, 31))
    assert standing([FIRST, mended], TODAY).ends_on == datetime.date(2029, 12, 31)


@pytest.mark.parametrize(
    ("terms", "ended", "state"),
    [
        (FIRST, None, "en_cours"),
        (Terms(1, START, None, END), None, "a_signer"),
        (Terms(1, datetime.date(2027, 1, 1), START, END), None, "a_venir"),
        (Terms(1, START, START, datetime.date(2026, 12, 31)), None, "bientot"),
        (Terms(1, START, START, datetime.date(2026, 11, 21)), None, "termine"),
        (Terms(1, START, START, TODAY), None, "bientot"),
        (Terms(1, None, START, END), None, "inconnu"),
        (Terms(1, START, START, None), None, "en_cours"),
        (FIRST, datetime.date(2026, 1, 1), "arrete"),
    ],
)
def test_where_a_contract_stands(terms, ended, state):
    assert standing([terms], TODAY, ended_on=ended).state == state


def test_a_tacit_renewal_moves_the_end_when_its_length_is_known():
    old = Terms(1, datetime.date(2018, 1, 1), START, datetime.date(2022, 12, 31), "tacite", 12, 3)
    found = standing([old], TODAY)
    assert (found.ends_on, found.renewed, found.leave_by) == (
        datetime.date(2026, 12, 31),
        4,
        datetime.date(2026, 9, 30),
    )
    unknown = standing([Terms(1, START, START, datetime.date(2025, 1, 1), "tacite")], TODAY)
    assert (unknown.state, unknown.leave_by) == ("termine", None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(-240, 240))
def test_months_move_a_day_to_the_month_that_many_months_away(day, months):
    there = moved(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    last = (day + datetime.timedelta(days=1)).day == 1
    assert not last or (there + datetime.timedelta(days=1)).day == 1


MONEY = st.integers(1, 1_000_000).map(lambda cents: Decimal(cents) / 100)
MOVES = st.builds(
    Movement, st.integers(0, 400).map(lambda days: START + datetime.timedelta(days=days)), MONEY, st.booleans()
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, max_size=8))
def test_money_is_overdrawn_exactly_when_a_balance_is_below_zero(moves):
    after = [left for _each, left in balances(moves)]
    assert (overdrawn(moves) is None) == all(left >= 0 for left in after)
    assert balance(moves) == (after[-1] if after else 0)
