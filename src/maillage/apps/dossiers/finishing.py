"""The letter of a decision made ready to sign: who signs, the ways to appeal, its text."""

import datetime
from typing import Annotated, Any

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.deciding import told_of
from maillage.apps.dossiers.letter_sense import PURPOSE_VERBS, settled
from maillage.apps.dossiers.models import Decision
from maillage.apps.dossiers.moving import write_event
from maillage.apps.dossiers.notifying import check_unsigned, taken
from maillage.core.kernel.problems import BadInput
from maillage.core.text import plain, read


class Finished(BaseModel):
    """What a letter waits for: ``body`` as in :class:`Wanted`, empty for the text as it is."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    signatory: Annotated[str, Field(min_length=1, max_length=200)]
    quality: Annotated[str, Field(min_length=1, max_length=200)]
    appeal: Annotated[str, Field(max_length=5_000)] = ""
    body: dict[str, Any] = {}
    is_confirmed: bool = False


@transaction.atomic
def finish_letter(decision: Decision, wanted: Finished, *, by: User, at: datetime.datetime) -> Decision:
    """Complete the letter of a decision that is not signed: what was decided does not change."""
    screened({"voies de recours": wanted.appeal, "lettre": plain(read(wanted.body or None))})
    dossier, decision = taken(decision, by=by, act="préparer cette lettre")
    check_unsigned(decision)
    body, model, refusal = settled(
        dossier, PURPOSE_VERBS[decision.sense], wanted.body or decision.body, decision.letter_model,
        confirmed=wanted.is_confirmed, today=decision.decided_on,
    )  # fmt: skip
    if refusal is not None:
        raise BadInput([refusal])
    decision.signatory, decision.signatory_quality = wanted.signatory, wanted.quality
    decision.appeal, decision.body, decision.letter_model = wanted.appeal or decision.appeal, body, model
    decision.save()
    write_event(dossier, "préparer la lettre", by=by, at=at, after=told_of(decision), internal=True)
    return decision
