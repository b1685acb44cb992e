"""What a member owes for a year and what they gave: up to date or not, unknown while no amount is set."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["a_fixer", "a_jour", "partiel", "du", "dispense"]
WORDS: dict[State, str] = {
    "a_fixer": "montant à fixer",
    "a_jour": "à jour",
    "partiel": "payé en partie",
    "du": "à payer",
    "dispense": "dispensé",
}
LATE: frozenset[State] = frozenset({"partiel", "du"})


@dataclass(frozen=True)
class Account:
    """What is owed for a year (``None``: nobody said), what was paid, and whether the rest is waived."""

    owed: Decimal | None
    paid: Decimal
    waived: bool = False

    @property
    def state(self) -> State:
        """Where it stands.

        >>> Account(Decimal(30), Decimal(10)).state, Account(None, Decimal(0)).state
        ('partiel', 'a_fixer')
        """
        if self.waived:
            return "dispense"
        if self.owed is None:
            return "a_fixer"
        if self.paid >= self.owed:
            return "a_jour"
        return "partiel" if self.paid else "du"

    @property
    def rest(self) -> Decimal:
        """What remains to pay; nothing while no amount is set."""
        if self.waived or self.owed is None:
            return Decimal(0)
        return max(self.owed - self.paid, Decimal(0))


def outstanding(accounts: Iterable[Account]) -> Decimal:
    """What remains to pay, altogether."""
    return sum((each.rest for each in accounts), Decimal(0))
