"""What the agreement of the MSP asks of the concertations of a year, and where a structure is; counts only.

The numbers asked are parameters of the rules (``aci_msp.concertation``). How many patients the files are compared with
is told by the structure, « à confirmer » until then.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from maillage.core.rules.aci_msp.results import ParameterUse
from maillage.core.rules.aci_msp.wording import parameter_use
from maillage.core.rules.errors import UnknownValue

MEETINGS = "aci_msp.concertation.reunions_minimales"
SHARE = "aci_msp.concertation.part_des_dossiers"


@dataclass(frozen=True)
class Asked:
    """What a year asks: each parameter, ``None`` when no text of that year gives it."""

    meetings: ParameterUse | None
    share: ParameterUse | None


@dataclass(frozen=True)
class Progress:
    """Where a structure is in a year. ``patients``: patients in ALD or of 75 and more, ``None`` until it is told."""

    asked: Asked
    meetings: int
    files: int
    patients: int | None

    @property
    def rate(self) -> Fraction | None:
        """The files studied for one patient of the base; ``None`` while the base is not told."""
        return Fraction(self.files, self.patients) if self.patients else None

    @property
    def meetings_left(self) -> int | None:
        """How many meetings are still to hold; ``None`` when no text says how many are asked."""
        return None if self.asked.meetings is None else max(0, int(self.asked.meetings.value) - self.meetings)

    @property
    def files_asked(self) -> int | None:
        """How many files make the whole share; ``None`` while the base or the share is not known."""
        if self.patients is None or self.asked.share is None:
            return None
        return math.ceil(Fraction(str(self.asked.share.value)) * self.patients)

    @property
    def files_left(self) -> int | None:
        """How many files are still to study to reach it."""
        return None if self.files_asked is None else max(0, self.files_asked - self.files)


def asked_in(year: int) -> Asked:
    """What the texts of a year ask."""
    return Asked(_use(MEETINGS, year), _use(SHARE, year))


def _use(path: str, year: int) -> ParameterUse | None:
    try:
        use = parameter_use(path, year)
    except UnknownValue:
        return None
    return use if use.value is not None else None
