"""What the protocols of a structure come to: those that the agreement pays, how often they served."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from maillage.apps.activity.models import Protocol, ProtocolUse
from maillage.apps.structures.models import Structure
from maillage.core.activity.protocol_life import Paid

MOST, POINTS = "aci_msp.protocoles.maximum", "aci_msp.protocoles.points_par_protocole"
MSP = "msp"


@dataclass(frozen=True)
class Terms:
    """What the agreement says on a day, with its text; ``None`` when not established. ``doubt``: why to confirm it."""

    most: int | None
    points: int | None
    source: str
    doubt: str


def terms_of(structure: Structure, day: datetime.date) -> Terms | None:
    """What the agreement of a structure pays for its protocols; ``None`` when it pays none of them."""
    return written(structure, MOST, POINTS, day)


def written(structure: Structure, most: str, points: str, day: datetime.date) -> Terms | None:
    """What two parameters of the agreement of the MSP say on a day; ``None`` for another kind of structure."""
    if structure.kind != MSP:
        return None
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    text = system().text(most)
    dated, worth = text.in_force(day), system().text(points).in_force(day)
    source = ", ".join(each.title for each in dated.references) if dated else ""
    return Terms(dated.value if dated else None, worth.value if worth else None, source, text.doubt_at(day))


def paid(protocols: Iterable[Protocol], structure: Structure, day: datetime.date) -> Paid | None:
    """The protocols in force as the agreement counts them; one that a mission already counts is left out."""
    terms = terms_of(structure, day)
    if terms is None:
        return None
    in_force = [each for each in protocols if each.is_in_force]
    free = [each for each in in_force if not each.in_mission]
    themed = sum(1 for each in free if each.theme_code)
    return Paid(themed, len(free) - themed, len(in_force) - len(free), terms.most, terms.points)


def used_by_protocol(structure: Structure, year: int) -> dict[uuid.UUID, int]:
    """How often each protocol served in a civil year."""
    rows = ProtocolUse.objects.filter(protocol__structure=structure, month__year=year)
    return dict(rows.order_by().values_list("protocol").annotate(total=Sum("count")))
