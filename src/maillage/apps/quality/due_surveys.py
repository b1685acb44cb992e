"""The days of the surveys: the last one, when answers stop."""

import datetime
from collections.abc import Iterator

from maillage.apps.quality.models import Survey
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The surveys that are open and end between two days, both included."""
    rows = Survey.objects.filter(structure=structure).filter(
        opened_on__isnull=False, closed_on=None, closes_on__range=(since, until)
    )
    for survey in rows:
        what = f"Dernier jour de l'enquête : {survey.title}"
        page = f"qualite/enquetes/{survey.pk}/"
        yield Due(survey.closes_on, "enquete", f"enquete-{survey.pk}", what, page, is_late_after=False)
