"""What the days await of the quality approach: improvements that someone promised for a day."""

import datetime
from collections.abc import Iterator

from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The improvements that are not done, from a day to another."""
    for each in structure.improvements.filter(done_on=None, due_on__range=(since, until)):
        if each.due_on:
            yield Due(each.due_on, "qualite", f"amelioration-{each.pk}", each.what, "qualite/#ameliorations")
