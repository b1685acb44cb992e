"""The verbs on kept diagnoses: keep one, make it again, forget it."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from maillage.apps.common.services import record
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.diagnostics.queries import diagnose, selection_of
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.territory.diagnosis.results import Diagnosis

USED = "un diagnostic qu'aucun projet de santé n'utilise : rattachez d'abord un autre diagnostic au projet"


@transaction.atomic
def keep(
    diagnosis: Diagnosis, *, by: str, at: datetime.datetime, previous: KeptDiagnosis | None = None
) -> KeptDiagnosis:
    """Keep a diagnosis as it is; its address is its identifier, drawn at random."""
    told = diagnosis.as_dict()
    kept = KeptDiagnosis.objects.create(
        created_at=at,
        name=diagnosis.title[:400],
        recipe=told["recette"],
        result=told,
        fingerprint=fingerprint_of(told["recette"]),
        previous=previous,
    )
    verb = "refaire" if previous else "conserver"
    record(by=by, at=at, verb=verb, subject=kept, before=_summary(previous), after=_summary(kept))
    return kept


def redo(kept: KeptDiagnosis, *, by: str, at: datetime.datetime, today: datetime.date) -> KeptDiagnosis:
    """Make a kept diagnosis again with what is loaded on ``today`` and keep it; the former one stays.

    Raises :class:`BadInput` when one of its communes no longer exists.
    """
    return keep(diagnose(selection_of(kept.recipe), today=today), by=by, at=at, previous=kept)


@transaction.atomic
def forget(kept: KeptDiagnosis, *, by: str, at: datetime.datetime) -> None:
    """Remove a kept diagnosis; the log keeps that it was, not what it said.

    Raises :class:`BadInput` when a projet de santé stands on it; it is then kept.
    """
    record(by=by, at=at, verb="oublier", subject=kept, before=_summary(kept))
    try:
        kept.delete()
    except ProtectedError:
        raise BadInput([Problem("diagnostic", "ce diagnostic", USED)]) from None


def fingerprint_of(recipe: Mapping[str, Any]) -> str:
    """The fingerprint of the vintages that a recipe names."""
    return hashlib.sha256(json.dumps(recipe["millesimes"], sort_keys=True).encode()).hexdigest()


def _summary(kept: KeptDiagnosis | None) -> dict[str, Any] | None:
    return None if kept is None else {"millesimes": kept.fingerprint, "communes": len(kept.result["communes"])}
