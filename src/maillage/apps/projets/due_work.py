"""What the projects of a structure await on a day: the tasks and the steps that are not done."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from maillage.apps.projets.models import Projet, Task
from maillage.apps.projets.roadmaps import roadmap_of
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The tasks of the projects that are not archived, then the dated steps of their roadmaps."""
    projets = structure.projets.exclude(state=Projet.State.ARCHIVE).select_related("structure__organisation")
    rows = Task.objects.filter(projet__in=projets, done_at=None, due_on__range=(since, until))
    for task in rows:
        if task.due_on is not None:
            page = f"/projets/{task.projet_id}/taches/{task.pk}/"
            yield Due(task.due_on, "tache", f"tache:{task.pk}", task.title, page)
    for projet in projets:
        yield from _steps(projet, since, until)


def _steps(projet: Projet, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    for step in roadmap_of(projet, today=timezone.localdate()).steps:
        if not step.is_over and step.date.day is not None and since <= step.date.day <= until:
            page = f"/projets/{projet.pk}/feuille-de-route/#etape-{step.code}"
            yield Due(step.date.day, "etape", f"etape:{projet.pk}:{step.code}", step.about.title, page)
