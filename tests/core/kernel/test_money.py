from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.kernel.money import round_cents


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (1.005, "1.01"),
        (2.675, "2.68"),
        (-0.125, "-0.13"),
        ("40250", "40250.00"),
        (0.1 + 0.2, "0.30"),
        (12922.0, "12922.00"),
    ],
)
def test_a_tie_is_rounded_half_up_even_when_the_float_is_a_hair_below(amount: float | str, cents: str) -> None:
    assert str(round_cents(amount)) == cents


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_an_amount_already_in_cents_is_kept(cents: int) -> None:
    assert round_cents(cents / 100) == Decimal(cents) / 100


@given(st.floats(min_value=-1e7, max_value=1e7))
def test_rounding_moves_an_amount_by_half_a_cent_at_most(amount: float) -> None:
    assert abs(round_cents(amount) - Decimal(repr(amount))) <= Decimal("0.00500001")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", float("nan"), float("inf")])
def test_what_is_not_finite_is_refused(amount: str | float) -> None:
    with pytest.raises(ValueError, match="finite"):
        round_cents(amount)
