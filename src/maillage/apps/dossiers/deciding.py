"""The decision of the competent authority: taken by a person or by the silence kept, withdrawn.

A decision is taken first, notified later (see notifying.py). Taken, it has its number, it holds the perimeter that it
recognises, and only the authority reads it: the dossier keeps its state, its Event is internal. Notified, it takes the
dossier along its path. Silence needs no notification.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from django.db import transaction
from django.db.models import Q
from pydantic import BaseModel, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers import recognising
from maillage.apps.dossiers.checking import KEPT, checked, forbidding, snapshot
from maillage.apps.dossiers.clocks import clock_of, set_clock
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.letter_sense import settled
from maillage.apps.dossiers.models import Condition, Decision, Dossier
from maillage.apps.dossiers.moving import allowed, locked, move, write_event
from maillage.apps.dossiers.numbering import next_number
from maillage.apps.dossiers.permissions import may_decide
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import Refusal, refused
from maillage.apps.dossiers.telling import tell
from maillage.core.dossiers import path
from maillage.core.dossiers.definition import Definition, Verb
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput
from maillage.core.text import plain, read

Sense = Decision.Sense
DecidingVerb = Literal["accepter", "accepter_sous_conditions", "refuser"]
SENSES: Mapping[DecidingVerb, Sense] = {
    "accepter": Sense.ACCORD,
    "accepter_sous_conditions": Sense.CONDITIONS,
    "refuser": Sense.REFUS,
}
VERBS: Mapping[str, Verb] = {
    **{sense: verb for verb, sense in SENSES.items()},
    Sense.SILENCE_ACCORD: "constater_silence",
    Sense.SILENCE_REFUS: "constater_silence",
}
"""The verb of the path that each sense is."""
SILENCES: Mapping[str, Sense] = {"acceptation": Sense.SILENCE_ACCORD, "refus": Sense.SILENCE_REFUS}
GRANTED = frozenset({Sense.ACCORD, Sense.CONDITIONS, Sense.SILENCE_ACCORD})
MOST_CONDITIONS = 40
SILENTLY = "silence gardé : aucune notification n'est nécessaire"


class WantedCondition(BaseModel):
    """A condition asked for, to be met before a day when there is one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    text: Annotated[str, Field(min_length=1, max_length=500)]
    due_on: datetime.date | None = None


class Wanted(BaseModel):
    """The decision that a décideur takes. ``body`` is the letter as edited (JSON of core/text), empty for the model's.

    ``letter_model`` is the model that this text comes from; ``is_confirmed`` says that a text of another sense was read
    again. ``decided_on`` is the day written on the decision, today when it is not given.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    verb: DecidingVerb
    motives: Annotated[str, Field(max_length=20_000)] = ""
    appeal: Annotated[str, Field(max_length=5_000)] = ""
    conditions: Annotated[tuple[WantedCondition, ...], Field(max_length=MOST_CONDITIONS)] = ()
    decided_on: datetime.date | None = None
    body: dict[str, Any] = {}
    letter_model: Annotated[str, Field(max_length=60)] = ""
    is_confirmed: bool = False
    signatory: Annotated[str, Field(max_length=200)] = ""
    quality: Annotated[str, Field(max_length=200)] = ""


@transaction.atomic
def decide(dossier: Dossier, wanted: Wanted, *, by: User, at: datetime.datetime) -> Decision:
    """Take a decision. Raises :class:`NotAllowed`, :class:`BadInput` (what forbids it, or who came first)."""
    check_words(wanted)
    dossier = locked(dossier.pk)
    if not may_decide(by, dossier):
        raise NotAllowed("décider de ce dossier")
    _check_free(dossier)
    allowed(dossier, wanted.verb, by=by)
    today, definition = day_of(dossier, at), definition_of(dossier)
    found = checked(dossier, today=today)
    wanted = _check(dossier, wanted, today)
    decision = _decision(dossier, definition, wanted, by=by, at=at, day=wanted.decided_on or today)
    if decision.sense in GRANTED:
        recognising.apply(decision, definition, day=decision.decided_on)
    told = {**told_of(decision), KEPT: snapshot(found)}
    write_event(dossier, "décider", by=by, at=at, after=told, internal=True)
    tell(dossier, "decision", by=by, at=at, to="instruction")
    return decision


def keep_silence(dossier: Dossier, *, at: datetime.datetime) -> Decision | None:
    """Write the decision that the silence of the authority makes, once the legal clock is over.

    ``None``, and nothing written, when no text gives a sense to the silence, when the clock is not over, when a
    decision is in force or was notified, or when something forbids it: a person then has to look. A decision withdrawn
    before its notification never was, for who filed.
    """
    try:
        with transaction.atomic():
            return _silence(locked(dossier.pk), at=at)
    except BadInput:
        return None


@transaction.atomic
def withdraw_decision(decision: Decision, *, reason: str, by: User, at: datetime.datetime) -> Decision:
    """Withdraw the decision in force: what it recognised ends, the dossier is to be decided again."""
    screened({"motif du retrait": reason})
    dossier = locked(decision.dossier_id)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if not may_decide(by, dossier):
        raise NotAllowed("retirer cette décision")
    if decision.withdrawn_at is not None:
        raise refused("", "Cette décision est déjà retirée.")
    if not reason.strip():
        raise refused("motif du retrait", "Dites pourquoi cette décision est retirée.")
    is_public = decision.notified_at is not None
    before = {"etat": dossier.state}
    if is_public:
        _go_back(dossier, decision)
    recognising.drop(decision, reason=reason.strip(), at=at, day=day_of(dossier, at))
    if is_public:
        set_clock(dossier, today=day_of(dossier, at))
        dossier.save()
    told = {**told_of(decision), "motif": decision.withdrawn_reason, "etat": dossier.state}
    write_event(dossier, "retirer la décision", by=by, at=at, before=before, after=told, internal=not is_public)
    if is_public:
        tell(dossier, "decision", by=by, at=at, to="tous", title=f"La décision {decision.number} est retirée")
    return decision


def told_of(decision: Decision) -> dict[str, Any]:
    """What an Event says of a decision."""
    return {"decision": decision.number, "sens": decision.sense, "decidee_le": decision.decided_on}


def check_words(wanted: Wanted) -> None:
    """Raises :class:`BadInput` when the letter cannot be read, or when a text tells a patient."""
    texts = {"motifs": wanted.motives, "voies de recours": wanted.appeal, "lettre": plain(read(wanted.body or None))}
    texts |= {f"condition {rank}": each.text for rank, each in enumerate(wanted.conditions, start=1)}
    screened(texts)


def _silence(dossier: Dossier, *, at: datetime.datetime) -> Decision | None:
    today, definition = day_of(dossier, at), definition_of(dossier)
    sense = SILENCES.get(definition.delai.silence) if definition.delai else None
    now = clock_of(dossier, today=today)
    if sense is None or now is None or now.due is None or not now.is_over:
        return None
    if dossier.origin or dossier.decisions.filter(Q(withdrawn_at=None) | Q(notified_at__isnull=False)).exists():
        return None
    if not any(each.verb == "constater_silence" for each in path.possible(definition, dossier.state, ("systeme",))):
        return None
    found = checked(dossier, today=today)
    if forbidding(dossier, "constater_silence", today=today):
        return None
    decision = Decision.objects.create(
        dossier=dossier, number=_number(dossier, definition, now.due), sense=sense, decided_on=now.due, at=at,
        notified_at=at, notified_how=SILENTLY, from_state=dossier.state,
    )  # fmt: skip
    if sense in GRANTED:
        recognising.apply(decision, definition, day=now.due)
        recognising.publish(decision)
    dossier.due_on = dossier.suspended_since = None
    move(dossier, "constater_silence", by=None, at=at, told={**told_of(decision), KEPT: snapshot(found)})
    tell(dossier, "silence", by=None, at=at)
    return decision


def _check_free(dossier: Dossier) -> None:
    former = dossier.decisions.filter(withdrawn_at=None).first()
    if former is not None:
        said = f"Ce dossier a déjà la décision {former.number} ({former.get_sense_display()})"
        raise refused("decision", f"{said} : retirez-la d'abord, si elle doit changer.")


def _check(dossier: Dossier, wanted: Wanted, today: datetime.date) -> Wanted:
    """The decision with the letter of its sense. Raises :class:`BadInput` with everything that is wrong at once."""
    problems = [*_missing(wanted), *_wrong_days(dossier, wanted, today)]
    for each in forbidding(dossier, wanted.verb, today=today):
        problems.append(Refusal("verifications", None, f"{each.statement} : {each.why} ({each.source})."))
    wanted, refusal = with_letter(dossier, wanted, today=today)
    if refusal is not None:
        problems.append(refusal)
    if problems:
        raise BadInput(problems)
    return wanted


def with_letter(dossier: Dossier, wanted: Wanted, *, today: datetime.date) -> tuple[Wanted, Refusal | None]:
    """The same with the text of its sense and the name of its model; or why its text cannot be that of its sense."""
    body, model, refusal = settled(
        dossier, wanted.verb, wanted.body, wanted.letter_model, confirmed=wanted.is_confirmed, today=today
    )
    return wanted.model_copy(update={"body": body, "letter_model": model}), refusal


def _missing(wanted: Wanted) -> Iterable[Refusal]:
    if wanted.verb != "accepter" and not wanted.motives:
        yield Refusal("motives", None, "Écrivez les motifs : un refus, ou un accord sous conditions, les dit toujours.")
    if wanted.verb == "accepter_sous_conditions" and not wanted.conditions:
        yield Refusal("conditions", None, "Écrivez au moins une condition.")
    if wanted.verb != "accepter_sous_conditions" and wanted.conditions:
        yield Refusal("conditions", None, "Seul un accord sous conditions a des conditions.")


def _wrong_days(dossier: Dossier, wanted: Wanted, today: datetime.date) -> Iterable[Refusal]:
    day = wanted.decided_on or today
    if day > today:
        yield Refusal("decided_on", None, "La date de la décision n'est pas après aujourd'hui.")
    if dossier.received_on is not None and day < dossier.received_on:
        received = french.day(dossier.received_on)
        yield Refusal("decided_on", None, f"La date de la décision n'est pas avant le dépôt ({received}).")
    for rank, each in enumerate(wanted.conditions, start=1):
        if each.due_on is not None and each.due_on < day:
            yield Refusal("conditions", None, f"La condition {rank} finit avant la décision : changez sa date.")


def _decision(
    dossier: Dossier, definition: Definition, wanted: Wanted, *, by: User, at: datetime.datetime, day: datetime.date
) -> Decision:
    decision = Decision.objects.create(
        dossier=dossier, number=_number(dossier, definition, day), sense=SENSES[wanted.verb], motives=wanted.motives,
        appeal=wanted.appeal or definition.recours, decided_on=day, at=at, by=by, body=wanted.body,
        letter_model=wanted.letter_model, signatory=wanted.signatory, signatory_quality=wanted.quality,
    )  # fmt: skip
    Condition.objects.bulk_create(
        Condition(decision=decision, text=each.text, due_on=each.due_on) for each in wanted.conditions
    )
    return decision


def _number(dossier: Dossier, definition: Definition, day: datetime.date) -> str:
    return next_number(f"{definition.numerote}-D", dossier.region, day)


def _go_back(dossier: Dossier, decision: Decision) -> None:
    """Put a dossier back where it was before a decision, when nothing has followed it."""
    definition = definition_of(dossier)
    verb = VERBS[decision.sense]
    targets = {
        each.target for each in path.moves(definition) if (each.verb, each.source) == (verb, decision.from_state)
    }
    if dossier.state not in targets:
        title = definition.state(dossier.state).titre
        raise refused("", f"Ce dossier est « {title} » : sa décision ne peut plus être retirée.")
    dossier.state = decision.from_state
    dossier.phase, dossier.closed_at = definition.state(dossier.state).phase, None
