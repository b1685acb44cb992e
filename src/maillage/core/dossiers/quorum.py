"""Quorum and voices of a commission: counted, never supposed."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Quorum:
    """Seats that count, those held, and how many are needed (``None`` when no text is given)."""

    seats: int
    present: int
    needed: int | None

    @property
    def is_reached(self) -> bool | None:
        """Whether it is; ``None`` when nobody said what is needed."""
        return None if self.needed is None else self.present >= self.needed


def quorum(seats: int, present: int, share: Decimal | None) -> Quorum:
    """The quorum of a share of the seats: the first whole number that is not below it.

    >>> quorum(11, 5, Decimal("0.5"))
    Quorum(seats=11, present=5, needed=6)
    >>> quorum(10, 5, Decimal("0.5")).is_reached, quorum(10, 5, None).is_reached
    (True, None)
    """
    return Quorum(seats, present, None if share is None else math.ceil(share * seats))


def settled(counted: Quorum, left_out: Quorum, leaves: bool | None) -> bool | None:
    """Whether the quorum is reached when some seats have an interest in the dossier.

    ``counted`` counts them, ``left_out`` does not; ``leaves`` is what the text says, ``None`` when nobody knows: then
    the answer is known only when both counts agree.
    """
    if leaves is not None:
        return (left_out if leaves else counted).is_reached
    return counted.is_reached if counted.is_reached == left_out.is_reached else None


@dataclass(frozen=True)
class Tally:
    """The voices of an item."""

    pour: int
    contre: int
    abstention: int
    silent: int

    @property
    def outcome(self) -> str:
        """What the voices expressed say; a casting vote is never supposed."""
        if self.pour + self.contre == 0:
            return "aucune voix exprimée"
        if self.pour == self.contre:
            return "autant de voix pour que contre : le texte de la commission dit qui départage"
        return "plus de voix pour que contre" if self.pour > self.contre else "plus de voix contre que pour"


def tally(choices: Iterable[str], entitled: int) -> Tally:
    """Count the voices given (« pour », « contre », « abstention ») among those that may be.

    >>> tally(["pour", "pour", "contre"], 5)
    Tally(pour=2, contre=1, abstention=0, silent=2)
    """
    found = Counter(choices)
    return Tally(found["pour"], found["contre"], found["abstention"], max(entitled - found.total(), 0))
