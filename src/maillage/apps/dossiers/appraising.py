"""What who reviews thinks of an automatic check: held met or not met, with a reason.

A check held met by a person no longer forbids the decision: the rule advises, a person answers for it. It still forbids
a deposit, and the database still refuses two structures on one commune.
"""

import datetime

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.checking import checked
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Appraisal, Dossier
from maillage.apps.dossiers.moving import locked, write_event
from maillage.apps.dossiers.permissions import may_review
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import Refusal
from maillage.core.kernel.problems import BadInput

LONGEST_REASON = 2_000
OPEN = (
    Dossier.Phase.INSTRUCTION,
    Dossier.Phase.ATTENTE,
    Dossier.Phase.COMMISSION,
    Dossier.Phase.DECISION,
)
NO_VERDICT = "Dites si vous tenez cette vérification pour remplie ou non."
NO_REASON = "Dites pourquoi, en une phrase."


@transaction.atomic
def appraise(dossier: Dossier, code: str, verdict: str, reason: str, *, by: User, at: datetime.datetime) -> Appraisal:
    """Hold a check met or not met. A reason is needed, unless it holds met what the rule finds met.

    Raises :class:`NotAllowed`, :class:`BadInput`, ``PatientData``.
    """
    said = reason.strip()
    screened({"motif": said})
    dossier = locked(dossier.pk)
    if not may_review(by, dossier):
        raise NotAllowed("apprécier les vérifications de ce dossier")
    if problems := _problems(dossier, code, verdict, said, at):
        raise BadInput(problems)
    made = Appraisal.objects.create(dossier=dossier, code=code, verdict=verdict, reason=said, by=by, at=at)
    told = {"verification": code, "appreciation": verdict, "motif": said}
    write_event(dossier, "apprécier une vérification", by=by, at=at, after=told, internal=True)
    return made


def may_appraise(person: User, dossier: Dossier) -> bool:
    """Whether a person may appraise the checks of a dossier now."""
    return dossier.phase in OPEN and may_review(person, dossier)


def _problems(dossier: Dossier, code: str, verdict: str, reason: str, at: datetime.datetime) -> list[Refusal]:
    if dossier.phase not in OPEN:
        return [Refusal("verification", code, "Ce dossier n'est plus en instruction : rien n'y est plus apprécié.")]
    if code not in {each.code for each in definition_of(dossier).verifications}:
        return [Refusal("verification", code, "Cette vérification n'est pas de ce dossier.")]
    if verdict not in Appraisal.Verdict.values:
        return [Refusal("appreciation", verdict, NO_VERDICT)]
    if len(reason) > LONGEST_REASON:
        return [Refusal("motif", reason, "Dites-le en 2 000 caractères au plus.")]
    found = {each.code: each.state for each in checked(dossier, today=day_of(dossier, at))}
    same = verdict == Appraisal.Verdict.ACCEPTE and found.get(code) == "remplie"
    return [] if same or reason else [Refusal("motif", reason, NO_REASON)]
