"""Which of the dates proposed suits the most people: whoever has not answered is unknown, never counted as a « no »."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

YES, IF_NEEDED, NO = "oui", "si_besoin", "non"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Count(Generic[Key]):
    """What was answered for a date. ``is_best``: no other date suits more people."""

    date: Key
    yes: int
    if_needed: int
    no: int
    is_best: bool = False

    @property
    def possible(self) -> int:
        """Who can come."""
        return self.yes + self.if_needed

    @property
    def rank(self) -> tuple[int, int]:
        """The more people who can come the better, then the more « yes »."""
        return self.possible, self.yes


def counted(dates: Sequence[Key], answers: Iterable[tuple[Key, str]]) -> list[Count[Key]]:
    """The answers by date, in the order of the dates; several dates may be the best, none is while nobody can come.

    >>> [(each.date, each.is_best) for each in counted(["lundi", "mardi"], [("lundi", "non"), ("mardi", "si_besoin")])]
    [('lundi', False), ('mardi', True)]
    """
    found: Mapping[Key, dict[str, int]] = {date: {YES: 0, IF_NEEDED: 0, NO: 0} for date in dates}
    for date, choice in answers:
        found[date][choice] += 1
    rows = [Count(date, found[date][YES], found[date][IF_NEEDED], found[date][NO]) for date in dates]
    best = max((row.rank for row in rows if row.possible), default=None)
    return [Count(row.date, row.yes, row.if_needed, row.no, row.rank == best) for row in rows]
