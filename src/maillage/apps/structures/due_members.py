"""The days of the adhérents: fees that are still to be paid."""

import datetime
from collections.abc import Iterator

from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.dues_accounts import lines_of
from maillage.apps.structures.models import DuesYear, Structure
from maillage.core.kernel import french
from maillage.core.membership.dues import LATE


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The fees due between two days, both included, while somebody has not paid."""
    rows = DuesYear.objects.filter(entity__structure=structure, due_on__range=(since, until))
    for each in rows.select_related("entity"):
        waiting = sum(line.account.state in LATE for line in lines_of(each.entity, each.year))
        if waiting and each.due_on:
            people = f"{waiting} {french.plural(waiting, 'personne')}"
            what = f"Cotisations {each.year} de {each.entity} : {people} à relancer"
            page = f"equipe/cotisations/?entite={each.entity_id}&annee={each.year}"
            yield Due(each.due_on, "cotisation", f"cotisation-{each.pk}", what, page)
