"""What the days await of the places of a structure: closures to announce, derogations that end."""

import datetime
from collections.abc import Iterator

from maillage.apps.opening.models import Continuity
from maillage.apps.opening.queries import closures_of
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The days of the places of a structure, from a day to another."""
    for each in closures_of(structure).filter(since__range=(since, until)):
        what = f"Fermeture de « {each.site} » jusqu'au {each.until:%d/%m/%Y}"
        yield Due(each.since, "fermeture", f"fermeture-{each.pk}", what, "lieux/", is_late_after=False)
    ending = Continuity.objects.filter(site__structure=structure, derogation_until__range=(since, until))
    for told in ending.select_related("site"):
        if told.derogation_until:
            what = f"Fin de la dérogation aux horaires de « {told.site} »"
            page = f"lieux/{told.site_id}/continuite/"
            yield Due(told.derogation_until, "horaires", f"derogation-{told.pk}", what, page)
