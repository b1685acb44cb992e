"""What the dossiers of a structure await of it on a day: the legal delay, the pieces asked for, the conditions."""

import datetime
from collections.abc import Iterator

from maillage.apps.dossiers.deadlines import awaited
from maillage.apps.dossiers.models import Dossier
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure

OF_THE_AUTHORITY = "avis"
"""What the authority asks of others is not for the team to know."""


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """Those of its dossiers, but the avis."""
    for each in awaited(Dossier.objects.filter(structure=structure), until=until):
        if each.nature != OF_THE_AUTHORITY and each.last_day >= since:
            subject = f"dossier:{each.dossier.pk}:{each.subject}"
            yield Due(each.last_day, each.nature, subject, f"{each.what} ({each.dossier.number})", each.address)
