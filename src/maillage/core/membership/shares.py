"""Shares of a legal person, from their movements: who holds how many, on any day; never less than none."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Movement:
    """Shares that change hands on a day; no ``giver`` when they are created, no ``taker`` when they are cancelled."""

    day: datetime.date
    shares: int
    giver: str = ""
    taker: str = ""


@dataclass(frozen=True)
class Shortage:
    """A day on which a holder would hold less than none."""

    day: datetime.date
    holder: str
    held: int


def holdings(movements: Iterable[Movement], *, on: datetime.date) -> Mapping[str, int]:
    """How many shares each holder has at the end of a day; who has none is not told.

    >>> one = Movement(datetime.date(2026, 1, 1), 10, taker="a")
    >>> holdings([one, Movement(datetime.date(2026, 6, 1), 4, "a", "b")], on=datetime.date(2026, 6, 1))
    {'a': 6, 'b': 4}
    """
    held: Counter[str] = Counter()
    for each in movements:
        if each.day <= on:
            _moved(held, each)
    return {holder: shares for holder, shares in held.items() if shares}


def shortage(movements: Iterable[Movement]) -> Shortage | None:
    """The first day on which somebody would give shares that they do not hold; ``None`` when all is right.

    Movements of one day are taken together: shares received in the morning may be given in the evening.
    """
    held: Counter[str] = Counter()
    ordered = sorted(movements, key=lambda each: each.day)
    for rank, each in enumerate(ordered):
        _moved(held, each)
        is_last_of_the_day = rank + 1 == len(ordered) or ordered[rank + 1].day > each.day
        if is_last_of_the_day and (short := next((one for one, count in held.items() if count < 0), None)):
            return Shortage(each.day, short, held[short])
    return None


def _moved(held: Counter[str], movement: Movement) -> None:
    if movement.giver:
        held[movement.giver] -= movement.shares
    if movement.taker:
        held[movement.taker] += movement.shares
