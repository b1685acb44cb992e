"""What the reviewer proposes to decide: the sense, the motives, the conditions, the draft of the letter."""

import datetime

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.deciding import Wanted, check_words, with_letter
from maillage.apps.dossiers.models import Dossier, Proposal
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.notifying import may_notify
from maillage.apps.dossiers.refusals import refused
from maillage.core.kernel.problems import BadInput

UNDER_WAY = (
    Dossier.Phase.INSTRUCTION, Dossier.Phase.ATTENTE, Dossier.Phase.COMMISSION, Dossier.Phase.DECISION,
)  # fmt: skip


@transaction.atomic
def save_proposal(dossier: Dossier, wanted: Wanted, *, by: User, at: datetime.datetime) -> Proposal:
    """Keep the draft of a decision: only the authority reads it, and it decides nothing. What misses may wait."""
    check_words(wanted)
    dossier = locked(dossier.pk)
    if not may_notify(by, dossier):
        raise NotAllowed("préparer la décision de ce dossier")
    if dossier.phase not in UNDER_WAY or dossier.decisions.filter(withdrawn_at=None).exists():
        raise refused("", "La décision de ce dossier est prise : il n'y a plus rien à proposer.")
    wanted, refusal = with_letter(dossier, wanted, today=day_of(dossier, at))
    if refusal is not None:
        raise BadInput([refusal])
    fields = {
        "verb": wanted.verb,
        "motives": wanted.motives,
        "appeal": wanted.appeal,
        "conditions": [each.model_dump(mode="json") for each in wanted.conditions],
        "body": wanted.body,
        "letter_model": wanted.letter_model,
        "at": at,
        "by": by,
    }
    found, _is_new = Proposal.objects.update_or_create(dossier=dossier, defaults=fields)
    write_event(dossier, "préparer la décision", by=by, at=at, after={"propose": wanted.verb}, internal=True)
    return found
