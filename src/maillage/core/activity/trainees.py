"""The trainees of a year as the ACI of the MSP counts them (MSP-2.4): how many are different, how many it asks for."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.core.kernel.french import fold

ASKED = "aci_msp.formation.stagiaires_minimum"
MOST = "aci_msp.formation.maximum"
COUNTED = "stage"


@dataclass(frozen=True)
class Trainee:
    """A traineeship: who, of which nature, what they learn, its two days."""

    nom: str
    prenom: str
    kind: str
    metier: str
    starts_on: datetime.date
    ends_on: datetime.date

    def is_in(self, year: int) -> bool:
        """Whether a day of it is in a civil year."""
        return self.starts_on.year <= year <= self.ends_on.year


@dataclass(frozen=True)
class Training:
    """The count of a year. ``asked``, ``most``: what the agreement says, ``None`` when it says nothing on that day.

    ``over_two_years``: traineeships that begin or end in another year, counted here, to be confirmed.
    """

    year: int
    different: int
    set_aside: int
    over_two_years: int
    asked: int | None
    most: int | None
    source: str
    doubt: str


def different(rows: Iterable[Trainee]) -> int:
    """How many people: who came twice is one.

    >>> day = datetime.date(2026, 5, 1)
    >>> rows = [Trainee("Le Goff", name, "stage", "infirmier", day, day) for name in ("Anne", "anne", "Paul")]
    >>> different(rows)
    2
    """
    return len({(fold(each.nom), fold(each.prenom), each.metier) for each in rows})


def training(rows: Iterable[Trainee], year: int) -> Training:
    """What a year counts, with what the agreement asks at its end."""
    held = [each for each in rows if each.is_in(year)]
    kept = [each for each in held if each.kind == COUNTED]
    asked, source, doubt = _figure(ASKED, year)
    most, _source, _doubt = _figure(MOST, year)
    over = sum(each.starts_on.year != each.ends_on.year for each in kept)
    return Training(year, different(kept), len(held) - len(kept), over, asked, most, source, doubt)


def _figure(path: str, year: int) -> tuple[int | None, str, str]:
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    day = datetime.date(year, 12, 31)
    text = system().text(path)
    dated = text.in_force(day)
    if dated is None or dated.value is None:
        return None, "", ""
    source = next((each.title for each in dated.references), "")
    return int(dated.value), source, text.doubt_at(day)
