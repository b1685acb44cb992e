"""The days of the actions: their steps, their ends, the certificates of the traineeships that are over."""

import datetime
from collections.abc import Iterator

from maillage.apps.activity.models import Action, ActionStep
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french

OPEN = (Action.State.PREVUE, Action.State.EN_COURS)


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """What the actions of a structure await between two days, both included."""
    steps = ActionStep.objects.filter(action__structure=structure, action__state__in=OPEN, done_on=None)
    for step in steps.filter(due_on__range=(since, until)).select_related("action"):
        what = f"{step.title} ({step.action.title})"
        yield Due(step.due_on or until, "action", f"etape-{step.pk}", what, f"actions/{step.action_id}/")
    for action in structure.actions.filter(state__in=OPEN, ends_on__range=(since, until)):
        what = f"Fin de l'action : {action.title}"
        yield Due(action.ends_on or until, "action", f"action-{action.pk}", what, f"actions/{action.pk}/")
    for row in structure.traineeships.filter(certificate=None, ends_on__range=(since, until)):
        what = f"Attestation de stage à joindre : {name_of(row.metier)}, depuis le {french.day(row.starts_on)}"
        yield Due(row.ends_on, "stage", f"stage-{row.pk}", what, f"actions/stagiaires/{row.pk}/")
