"""What the actions of a plan add up to, and whether its public-health missions bear on different themes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Followed:
    """An action as it is counted; ``budget`` is ``None`` when it is to be confirmed."""

    steps: int = 0
    done: int = 0
    budget: Decimal | None = None
    spent: Decimal = ZERO
    reached: int = 0

    @property
    def percent(self) -> int | None:
        """The share of its steps that are done; ``None`` without a step: progress is unknown, not nil.

        >>> Followed(steps=3, done=2).percent, Followed().percent
        (66, None)
        """
        return self.done * 100 // self.steps if self.steps else None

    @property
    def is_over(self) -> bool:
        """Whether more was spent than foreseen."""
        return self.budget is not None and self.spent > self.budget


@dataclass(frozen=True)
class Total:
    """Several actions together; ``budget`` adds those that are known, ``unknown`` counts the others."""

    actions: int
    whole: Followed
    unknown: int


def total(rows: Iterable[Followed]) -> Total:
    """The sum of several actions.

    >>> total([Followed(budget=Decimal(10)), Followed(spent=Decimal(4))]).unknown
    1
    """
    kept = list(rows)
    known = [each.budget for each in kept if each.budget is not None]
    return Total(
        len(kept),
        Followed(
            sum(each.steps for each in kept),
            sum(each.done for each in kept),
            sum(known, ZERO) if known else None,
            sum((each.spent for each in kept), ZERO),
            sum(each.reached for each in kept),
        ),
        len(kept) - len(known),
    )


@dataclass(frozen=True)
class ThemesHeld:
    """The themes of the public-health missions: each once, those held twice with who holds them, who has none yet."""

    themes: tuple[str, ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]


def themes_held(missions: Sequence[tuple[str, str]]) -> ThemesHeld:
    """``missions`` are (title, theme), the theme empty while nobody chose it.

    >>> themes_held([("Vacciner", "vaccination"), ("Grippe", "vaccination"), ("Bus", "")]).shared
    (('vaccination', ('Vacciner', 'Grippe')),)
    """
    found: dict[str, list[str]] = {}
    for title, theme in missions:
        found.setdefault(theme, []).append(title)
    missing = tuple(found.pop("", ()))
    shared = tuple((theme, tuple(titles)) for theme, titles in found.items() if len(titles) > 1)
    return ThemesHeld(tuple(found), shared, missing)
