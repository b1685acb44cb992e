"""The national protocols of cooperation of a structure, on a day, and those that the agreement counts (MSP-2.7)."""

import datetime
from dataclasses import dataclass

from maillage.apps.activity.models import Cooperation, CooperationMember
from maillage.apps.activity.protocol_facts import Terms, written
from maillage.apps.structures.models import Structure
from maillage.core.activity.cooperation import NationalProtocol, national_protocols

MOST, POINTS = "aci_msp.protocoles_nationaux.maximum", "aci_msp.protocoles_nationaux.points_par_protocole"


@dataclass(frozen=True)
class Applied:
    """A national protocol in a structure. ``row`` is ``None`` while the team does not apply it.

    ``missing``: the delegated métiers that the team of the day lacks.
    """

    protocol: NationalProtocol
    row: Cooperation | None
    people: tuple[CooperationMember, ...]
    missing: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether what the indicator asks is met: applied, declared to the ARS, each delegated métier in the team."""
        row = self.row
        return row is not None and row.ends_on is None and row.declared_on is not None and not self.missing


def applied(structure: Structure, day: datetime.date) -> list[Applied]:
    """Each national protocol, as the structure applies it."""
    metiers = set(structure.members.filter(left_on=None).values_list("metier", flat=True))
    rows = {each.code: each for each in structure.cooperations.order_by("starts_on").prefetch_related("people__member")}
    return [_applied(each, rows.get(each.code), metiers) for each in national_protocols(day)]


def terms_of(structure: Structure, day: datetime.date) -> Terms | None:
    """What the agreement pays for them; ``None`` when it pays none."""
    return written(structure, MOST, POINTS, day)


def _applied(protocol: NationalProtocol, row: Cooperation | None, metiers: set[str]) -> Applied:
    people = tuple(row.people.all()) if row else ()
    return Applied(protocol, row, people, protocol.missing(metiers))
