"""What the contract of a CPTS may pay beside its running. No OpenFisca here."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Mission:
    """A mission: ``code`` in the names of fields, variables and parameters, ``name`` in French, ``id`` of its rule.

    ``kind``: a « socle » has a calendar, an « option » has none; a « part » is money of its own inside another mission.
    ``starts_with``: code of the mission whose start it has.
    """

    code: str
    name: str
    id: str
    kind: Literal["socle", "option", "part"]
    starts_with: str

    @property
    def amounts(self) -> tuple[str, str]:
        """The fields of the situation that hold its part fixe and its part variable in the contract."""
        return f"contrat_{self.code}_fixe", f"contrat_{self.code}_variable"


def _mission(code: str, name: str, rule: str, kind: Literal["socle", "option"]) -> Mission:
    return Mission(code, name, rule, kind, starts_with=code)


ACCESS = _mission("acces_soins", "Accès aux soins", "CPTS-MIS-1", "socle")
UNSCHEDULED = Mission("soins_non_programmes", "Soins non programmés", "CPTS-MIS-1b", "part", starts_with=ACCESS.code)
TIMED = (
    ACCESS,
    _mission("parcours", "Parcours pluriprofessionnels", "CPTS-MIS-2", "socle"),
    _mission("prevention", "Prévention", "CPTS-MIS-3", "socle"),
    _mission("crise", "Crises sanitaires graves", "CPTS-MIS-4", "socle"),
)
"""The missions that the accord gives a calendar. Which are of the core depends on the day: see their parameter."""
FREE = (
    _mission("qualite", "Qualité et pertinence", "CPTS-MIS-5", "option"),
    _mission("accompagnement", "Accompagnement des professionnels", "CPTS-MIS-6", "option"),
)
MISSIONS = (*TIMED, *FREE)
PAID = (ACCESS, UNSCHEDULED, *TIMED[1:], *FREE)
