"""How many shares each associé holds in a legal person, on any day."""

import datetime
from collections.abc import Iterable, Mapping

from maillage.apps.structures.models import Belonging, LegalEntity, ShareMovement
from maillage.core.membership.shares import Movement, holdings


def movements_of(entity: LegalEntity) -> list[ShareMovement]:
    """The movements of a legal person that stand, with who gives and who takes, the oldest first."""
    rows = ShareMovement.objects.filter(entity=entity, undone_at=None)
    return list(rows.select_related("giver__member", "giver__partner", "taker__member", "taker__partner"))


def counted(movements: Iterable[ShareMovement]) -> list[Movement]:
    """The same, as the counting takes them."""
    return [Movement(each.day, each.shares, _key(each.giver_id), _key(each.taker_id)) for each in movements]


def shares_on(entity: LegalEntity, *, on: datetime.date) -> Mapping[str, int]:
    """How many shares each belonging (by its key) holds at the end of a day."""
    return holdings(counted(ShareMovement.objects.filter(entity=entity, undone_at=None)), on=on)


def shares_held(belonging: Belonging, *, on: datetime.date) -> int:
    """How many shares a belonging holds at the end of a day."""
    return shares_on(belonging.entity, on=on).get(str(belonging.pk), 0)


def _key(identifier: object) -> str:
    return str(identifier) if identifier else ""
