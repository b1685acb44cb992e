"""Bounds of an amount and how they are said."""

from decimal import Decimal
from typing import NamedTuple

from maillage.core.kernel import french


class Bounds(NamedTuple):
    """An amount in euros between ``low`` and ``high`` (``None``: not known), and the sentence that explains it.

    ``reason`` is not empty when something remains to confirm; ``link`` is the parameter that founds the amount;
    ``asks`` the field of the situation that would make it known.
    """

    low: Decimal | None
    high: Decimal | None
    sentence: str
    link: str
    reason: str = ""
    asks: str | None = None


def unknown(reason: str, link: str, asks: str | None = None) -> Bounds:
    """No amount, and why."""
    return Bounds(None, None, f"Montant à confirmer : {reason}.", link, reason, asks)


def between(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A sentence for an amount of which at least one bound is known.

    >>> between(Decimal(50000), Decimal(100000), "par an")
    'De 50\\u202f000\\xa0€ à 100\\u202f000\\xa0€ par an.'
    >>> between(None, Decimal(50000), "par an")
    "Jusqu'à 50\\u202f000\\xa0€ par an."
    """
    if low is not None and high is not None:
        if low == high:
            return f"{french.euros(low)} {unit}."
        return f"De {french.euros(low)} à {french.euros(high)} {unit}."
    if high is not None:
        return f"Jusqu'à {french.euros(high)} {unit}."
    if low is not None:
        return f"Au moins {french.euros(low)} {unit}."
    raise ValueError("an amount without bounds has no sentence")
