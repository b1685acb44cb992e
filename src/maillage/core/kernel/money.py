"""Euros: rounded once, half up, at the edge, as ``Decimal``."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Far below a cent and far above the noise of 64-bit floats on the amounts at stake (under 10 million euros).
NOISE_DIGITS = 8


def round_cents(amount: float | int | str | Decimal) -> Decimal:
    """Round an amount in euros to the cent, half up (away from zero on a tie).

    A float is first cleaned of its binary noise at 8 decimals, so that ``round_cents(1.005)`` is 1.01.

    Raises ``ValueError`` when the amount is not finite.

    >>> round_cents(1.005), round_cents("-0.125"), round_cents(12922.0)
    (Decimal('1.01'), Decimal('-0.13'), Decimal('12922.00'))
    """
    exact = Decimal(repr(round(amount, NOISE_DIGITS))) if isinstance(amount, float) else Decimal(amount)
    if not exact.is_finite():
        raise ValueError(f"an amount in euros must be finite, got {amount!r}")
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)
