"""A form sent twice: what was noted a moment ago is not noted again."""

import datetime
from typing import Any

from django.db.models import QuerySet

from maillage.apps.common.models import Event
from maillage.core.kernel.problems import BadInput, Problem

JUST_NOW = datetime.timedelta(minutes=2)
"""How long the same movement of money or shares is taken for the same form sent again."""


def just_written(rows: QuerySet[Any], at: datetime.datetime) -> bool:
    """Whether one of these rows was created a moment ago: the log tells when each was."""
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    acts = Event.objects.filter(subject_type=rows.model._meta.label_lower, subject_id__in=keys, verb="créer")
    return acts.filter(at__gt=at - JUST_NOW).exists()


def sent_twice(field: str, other: str, what: str = "ce mouvement") -> BadInput:
    """The refusal: ``other`` is what tells a real second movement from the first."""
    expected = f"{other}, ou deux minutes d'attente : {what} est déjà noté, il y a un instant"
    return BadInput([Problem(field, what, expected)])
