"""A decision signed, then notified: the dossier goes along its path, who filed reads it, the register shows it."""

import datetime
import io
from dataclasses import dataclass
from typing import IO, Annotated

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.common.files.services import deposit
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers import recognising
from maillage.apps.dossiers.copies import copied_to, readers_of_copies
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.deciding import VERBS, told_of
from maillage.apps.dossiers.letter_sense import wrong_letter
from maillage.apps.dossiers.letters import letter_file, letter_of, name_of
from maillage.apps.dossiers.models import Decision, Dossier
from maillage.apps.dossiers.moving import locked, move, write_event
from maillage.apps.dossiers.permissions import may_decide, may_review
from maillage.apps.dossiers.refusals import Refusal, refused
from maillage.apps.dossiers.telling import tell
from maillage.core.documents.letters import NO_APPEAL, unready
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput

NOON = datetime.time(12)


class Signing(BaseModel):
    """Who signed the letter, as whom, when."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    signatory: Annotated[str, Field(min_length=1, max_length=200)]
    quality: Annotated[str, Field(min_length=1, max_length=200)]
    signed_on: datetime.date
    appeal: Annotated[str, Field(max_length=5_000)] = ""


@dataclass(frozen=True)
class SignedFile:
    """The letter as it was signed, as a file given; ``declared_harmless`` as in :func:`deposit`."""

    name: str
    content: IO[bytes]
    declared_harmless: bool = False


class Notice(BaseModel):
    """How a decision was notified, and the day."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    how: Annotated[str, Field(min_length=1, max_length=120)]
    on: datetime.date


@transaction.atomic
def sign(decision: Decision, wanted: Signing, file: SignedFile, *, by: User, at: datetime.datetime) -> Decision:
    """Record the signature of the letter: its PDF is sealed, the signed one kept beside.

    Raises :class:`NotAllowed`, :class:`BadInput`: among others while the ways to appeal are not written.
    """
    screened({"voies de recours": wanted.appeal})
    dossier, decision = taken(decision, by=by, act="enregistrer cette signature")
    check_unsigned(decision)
    decision.appeal = wanted.appeal or decision.appeal
    decision.signatory, decision.signatory_quality = wanted.signatory, wanted.quality
    _check_signing(decision, wanted, today=day_of(dossier, at))
    decision.signed_on = wanted.signed_on
    scope = str(dossier.authority_id)
    decision.letter = deposit(
        by=by, at=at, name=name_of(decision, "pdf"), content=io.BytesIO(letter_file(decision, "pdf")), scope=scope,
        declared_harmless=True,
    )  # fmt: skip
    decision.signed = deposit(
        by=by, at=at, name=file.name, content=file.content, scope=scope, kinds=("pdf",),
        declared_harmless=file.declared_harmless,
    )  # fmt: skip
    decision.save()
    told = {**told_of(decision), "signee_le": wanted.signed_on, "empreinte": decision.signed.sha256}
    write_event(dossier, "enregistrer la signature", by=by, at=at, after=told, internal=True)
    return decision


@transaction.atomic
def notify_decision(decision: Decision, wanted: Notice, *, by: User, at: datetime.datetime) -> Decision:
    """Notify a signed decision: from now on who filed reads it, and the dossier is where it leads."""
    dossier, decision = taken(decision, by=by, act="notifier cette décision")
    _check_notice(decision, wanted, today=day_of(dossier, at))
    decision.from_state, decision.notified_how = dossier.state, wanted.how
    decision.notified_at = _moment(dossier, wanted.on, at)
    decision.copied_to = copied_to(dossier)
    decision.save()
    recognising.publish(decision)
    dossier.due_on = dossier.suspended_since = None
    told = {**told_of(decision), "notifiee_le": wanted.on, "moyen": wanted.how, "copie": decision.copied_to}
    move(dossier, VERBS[decision.sense], by=by, at=at, told=told, acting_as="decideur")
    tell(dossier, "notification_decision", by=by, at=at)
    if readers := readers_of_copies(dossier):
        tell(dossier, "notification_decision", by=by, at=at, people=readers, title="Copie d'une décision")
    return decision


def waits_of(decision: Decision) -> tuple[str, ...]:
    """What the letter of a decision waits for before it is signed or notified."""
    wrong = wrong_letter(decision)
    return (*((wrong,) if wrong else ()), *unready(letter_of(decision)))


def may_notify(person: User, dossier: Dossier) -> bool:
    """Whether a person records the signature and the notification: who reviews, or who decides."""
    return may_review(person, dossier) or may_decide(person, dossier)


def taken(decision: Decision, *, by: User, act: str) -> tuple[Dossier, Decision]:
    """The dossier and its decision, locked; refused to who may not, or once it is withdrawn or notified."""
    dossier = locked(decision.dossier_id)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    decision.dossier = dossier
    if not may_notify(by, dossier):
        raise NotAllowed(act)
    if decision.withdrawn_at is not None:
        raise refused("", "Cette décision est retirée.")
    return dossier, decision


def check_unsigned(decision: Decision) -> None:
    """Raises :class:`BadInput` once a decision is signed."""
    if decision.signed_on is not None:
        said = f"Cette décision est déjà signée, le {french.day(decision.signed_on)}."
        raise refused("", f"{said} Pour la changer, retirez-la et décidez à nouveau.")


def _check_signing(decision: Decision, wanted: Signing, *, today: datetime.date) -> None:
    problems = []
    if not decision.appeal:
        problems.append(Refusal("appeal", None, NO_APPEAL))
    if not decision.decided_on <= wanted.signed_on <= today:
        first = french.day(decision.decided_on)
        why = f"La signature est entre le jour de la décision ({first}) et aujourd'hui."
        problems.append(Refusal("signed_on", None, why))
    problems += [Refusal("", None, why) for why in waits_of(decision) if why != NO_APPEAL]
    if problems:
        raise BadInput(problems)


def _check_notice(decision: Decision, wanted: Notice, *, today: datetime.date) -> None:
    if decision.notified_at is not None:
        raise refused("", "Cette décision est déjà notifiée.")
    if decision.signed_on is None:
        raise refused("", "Cette décision n'est pas signée : enregistrez d'abord la lettre signée.")
    if waits := waits_of(decision):
        raise BadInput(Refusal("", None, why) for why in waits)
    if not decision.signed_on <= wanted.on <= today:
        first = french.day(decision.signed_on)
        raise refused("on", f"La notification est entre le jour de la signature ({first}) et aujourd'hui.")


def _moment(dossier: Dossier, on: datetime.date, at: datetime.datetime) -> datetime.datetime:
    """The moment of a notification: now, or the noon of the past day that was told."""
    if on == day_of(dossier, at):
        return at
    return datetime.datetime.combine(on, NOON, tzinfo=zone_of(dossier.region))
