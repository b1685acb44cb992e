"""The days of the protocols: those to review, those that the team meant to write."""

import datetime
from collections.abc import Iterator

from maillage.apps.activity.models import Protocol
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """What the protocols of a structure await between two days, both included."""
    rows = structure.protocols.exclude(state=Protocol.State.RETIRE)
    for each in rows.filter(version__gt=0, review_on__range=(since, until)):
        yield _due(each, each.review_on, f"Revoir le protocole « {each.title} »")
    for each in rows.filter(version=0, planned_on__range=(since, until)).exclude(state=Protocol.State.APPLIQUE):
        yield _due(each, each.planned_on, f"Publier le protocole « {each.title} »")


def _due(protocol: Protocol, day: datetime.date | None, what: str) -> Due:
    page = f"protocoles/{protocol.pk}/"
    return Due(day or datetime.date.max, "protocole", f"protocole-{protocol.pk}", what, page)
