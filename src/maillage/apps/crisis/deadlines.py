"""The days of the crisis plan: when to read it again, the exercises foreseen."""

import datetime
from collections.abc import Iterator

from maillage.apps.crisis.models import CrisisEvent, CrisisPlan
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """What the crisis plan awaits between two days, both included."""
    for plan in CrisisPlan.objects.filter(structure=structure, review_on__range=(since, until)):
        yield Due(plan.review_on or until, "crise", "plan-de-crise", "Relire le plan de crise", "crise/")
    rows = CrisisEvent.objects.filter(
        structure=structure, state=CrisisEvent.State.PREVU, starts_on__range=(since, until)
    )
    for event in rows:
        what = f"Exercice de crise : {event.title}"
        yield Due(event.starts_on, "crise", f"crise-{event.pk}", what, f"crise/evenements/{event.pk}/")
