"""Fees: up to date or not, unknown while no amount is set."""

from decimal import Decimal

import pytest

from maillage.core.membership.dues import WORDS, Account, outstanding


@pytest.mark.parametrize(
    ("owed", "paid", "waived", "state", "rest"),
    [
        (None, 0, False, "a_fixer", 0),
        (30, 0, False, "du", 30),
        (30, 10, False, "partiel", 20),
        (30, 30, False, "a_jour", 0),
        (30, 40, False, "a_jour", 0),
        (0, 0, False, "a_jour", 0),
        (30, 10, True, "dispense", 0),
    ],
)
def test_an_account_says_where_it_stands(owed, paid, waived, state, rest):
    account = Account(None if owed is None else Decimal(owed), Decimal(paid), waived)
    assert (account.state, account.rest) == (state, Decimal(rest))
    assert WORDS[account.state]


def test_what_remains_is_added_up():
    assert outstanding([Account(Decimal(30), Decimal(10)), Account(None, Decimal(0))]) == Decimal(20)
