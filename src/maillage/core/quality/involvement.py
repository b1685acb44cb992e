"""What a year did with the users, as the ACI of the MSP looks at it (MSP-1.7): which tools, which level is reached."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

FIRST = frozenset({"information", "sensibilisation", "consultation"})
SECOND = frozenset({"coconstruction", "partenariat", "codecision"})
LEVEL = "aci_msp.usagers.points_niveau_1"


@dataclass(frozen=True)
class Involvement:
    """The facts of a year: how many of each level (a survey that was open is of the first), with the source."""

    year: int
    first: int
    second: int
    source: str
    doubt: str

    @property
    def has_first(self) -> bool:
        """Whether a tool of the first level was used."""
        return self.first > 0

    @property
    def has_second(self) -> bool:
        """Whether the second level is reached: it needs the first."""
        return self.has_first and self.second > 0


def involvement(kinds: Iterable[str], surveys: int, year: int) -> Involvement:
    """The facts of a year, from the kinds of what was done and the surveys that were open.

    >>> involvement(["partenariat"], 0, 2026).has_second, involvement(["partenariat"], 1, 2026).has_second
    (False, True)
    """
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    held, day, text = list(kinds), datetime.date(year, 12, 31), system().text(LEVEL)
    dated = text.in_force(day)
    source = next((each.title for each in dated.references), "") if dated and dated.value is not None else ""
    first = sum(kind in FIRST for kind in held) + surveys
    return Involvement(year, first, sum(kind in SECOND for kind in held), source, text.doubt_at(day))
