"""The balance of ring-fenced money: what came in less what went out, never below zero on any day."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Movement:
    """Money that enters (``enters``) or leaves a fund on a day."""

    day: datetime.date
    amount: Decimal
    enters: bool


def balances(movements: Iterable[Movement]) -> Iterator[tuple[Movement, Decimal]]:
    """Each movement by day with the balance after it; on one day, what enters comes first.

    >>> day = datetime.date(2026, 1, 1)
    >>> out, received = Movement(day, Decimal(40), enters=False), Movement(day, Decimal(100), enters=True)
    >>> [f"{after}" for _each, after in balances([out, received])]
    ['100', '60']
    """
    total = ZERO
    for each in sorted(movements, key=lambda one: (one.day, not one.enters)):
        total += each.amount if each.enters else -each.amount
        yield each, total


def overdrawn(movements: Iterable[Movement]) -> tuple[datetime.date, Decimal] | None:
    """The first day when more would have gone out than came in, and what would lack; ``None`` when there is none."""
    return next(((each.day, -after) for each, after in balances(movements) if after < ZERO), None)


def balance(movements: Iterable[Movement]) -> Decimal:
    """What is left."""
    return sum((each.amount if each.enters else -each.amount for each in movements), ZERO)
