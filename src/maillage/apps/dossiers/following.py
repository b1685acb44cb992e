"""What follows a decision: its conditions, the FINESS numbers of the structure, the end of its recognition."""

import datetime
from typing import Annotated

from django.db import IntegrityError, transaction
from pydantic import BaseModel, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers import recognising
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Condition, Dossier, Recognition
from maillage.apps.dossiers.moving import locked, move, moves_of, write_event
from maillage.apps.dossiers.notifying import may_notify
from maillage.apps.dossiers.permissions import may_decide
from maillage.apps.dossiers.refusals import Refusal, refused
from maillage.apps.dossiers.telling import tell
from maillage.apps.territories.directories.keys import finess_fault
from maillage.core.dossiers.definition import Verb
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput

STEPS: tuple[Verb, ...] = ("demarrer", "realiser", "clore")
"""The verbs of the follow-up."""
EJ, ET = "FINESS de l'entité juridique", "FINESS de l'établissement"


class Followed(BaseModel):
    """Where a condition stands: met on a day, or not yet; a note that the authority and who filed read."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    met_on: datetime.date | None = None
    note: Annotated[str, Field(max_length=2_000)] = ""


class Finess(BaseModel):
    """The FINESS numbers of a structure: of its entité juridique (EJ), of its établissement (ET)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    ej: str = ""
    et: str = ""


class Closure(BaseModel):
    """The end of a recognition: its day and its reason (« fermeture », « fusion »…)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    on: datetime.date
    reason: Annotated[str, Field(min_length=1, max_length=250)]


@transaction.atomic
def follow_condition(condition: Condition, wanted: Followed, *, by: User, at: datetime.datetime) -> Condition:
    """Write that a condition is met, or not, and a note. Who filed is told."""
    screened({"note": wanted.note})
    dossier = locked(condition.decision.dossier_id)
    condition = Condition.objects.select_for_update().select_related("decision").get(pk=condition.pk)
    if not may_notify(by, dossier):
        raise NotAllowed("suivre les conditions de ce dossier")
    decision = condition.decision
    if decision.withdrawn_at is not None or decision.notified_at is None:
        raise refused("", "Les conditions se suivent une fois la décision notifiée, tant qu'elle est en vigueur.")
    if wanted.met_on is not None and not decision.decided_on <= wanted.met_on <= day_of(dossier, at):
        first = french.day(decision.decided_on)
        raise refused("met_on", f"Une condition est remplie entre la décision ({first}) et aujourd'hui.")
    before = {"remplie_le": condition.met_on, "note": condition.note}
    condition.met_on, condition.note, condition.checked_by = wanted.met_on, wanted.note, by
    condition.save()
    told = {"condition": condition.text, "remplie_le": wanted.met_on, "note": wanted.note}
    write_event(dossier, "suivre une condition", by=by, at=at, before=before, after=told)
    tell(dossier, "condition", by=by, at=at, to="deposant")
    return condition


@transaction.atomic
def record_finess(recognition: Recognition, wanted: Finess, *, by: User, at: datetime.datetime) -> Recognition:
    """Write the FINESS numbers, their keys checked. Raises :class:`BadInput`, beside each field."""
    dossier, recognition = _of(recognition)
    if not may_notify(by, dossier):
        raise NotAllowed("enregistrer les numéros FINESS de cette structure")
    if recognition.until is not None:
        raise refused("", "Cette reconnaissance est finie : ses numéros ne changent plus.")
    ej, et = (number.replace(" ", "").upper() for number in (wanted.ej, wanted.et))
    _check_keys(ej, et)
    before = {"finess_ej": recognition.finess_ej, "finess_et": recognition.finess_et}
    recognition.finess_ej, recognition.finess_et = ej, et
    try:
        with transaction.atomic():
            recognition.save(update_fields=["finess_ej", "finess_et"])
    except IntegrityError:
        other = Recognition.objects.filter(finess_et=et, until=None).exclude(pk=recognition.pk).first()
        said = f"« {other.nom} »" if other is not None else "une autre structure reconnue"
        raise refused("et", f"{ET} : ce numéro est déjà celui de {said}.") from None
    is_public = recognition.decision.notified_at is not None
    after = {"finess_ej": ej, "finess_et": et}
    write_event(dossier, "enregistrer les FINESS", by=by, at=at, before=before, after=after, internal=not is_public)
    return recognition


@transaction.atomic
def close_recognition(recognition: Recognition, wanted: Closure, *, by: User, at: datetime.datetime) -> Recognition:
    """End a recognition: its communes are free again, the register keeps its history, the dossier is closed."""
    screened({"motif": wanted.reason})
    dossier, recognition = _of(recognition)
    if not may_decide(by, dossier):
        raise NotAllowed("mettre fin à cette reconnaissance")
    if recognition.until is not None:
        raise refused("", "Cette reconnaissance est déjà finie.")
    if recognition.decision.notified_at is None:
        raise refused("", "Cette décision n'est pas notifiée : retirez-la plutôt.")
    if not recognition.since <= wanted.on <= day_of(dossier, at):
        first = french.day(recognition.since)
        raise refused("on", f"La fin est entre le jour de la reconnaissance ({first}) et aujourd'hui.")
    recognising.end(recognition, day=wanted.on, reason=wanted.reason)
    for agreement in dossier.structure.agreements.filter(until=None):
        agreement.until = max(wanted.on, agreement.since)
        agreement.save(update_fields=["until"])
    told = {"decision": recognition.decision.number, "finie_le": wanted.on, "motif": wanted.reason}
    if any(each.verb == "clore" for each in moves_of(by, dossier)):
        move(dossier, "clore", by=by, at=at, told=told)
    else:
        write_event(dossier, "finir la reconnaissance", by=by, at=at, after=told)
    tell(dossier, "decision", by=by, at=at, to="tous", title="La reconnaissance prend fin")
    return recognition


@transaction.atomic
def record_step(dossier: Dossier, verb: Verb, *, note: str, by: User, at: datetime.datetime) -> Dossier:
    """Write that what was granted began, was done or ended, as the path of its kind has it."""
    screened({"note": note})
    dossier = locked(dossier.pk)
    if verb not in STEPS:
        raise refused("geste", "Ce geste n'est pas une étape du suivi.")
    if verb == "clore" and (found := _recognised_by(dossier)) is not None:
        raise refused("geste", f"« {found.nom} » est au registre : mettez fin à sa reconnaissance.")
    move(dossier, verb, by=by, at=at, told={"note": note.strip()} if note.strip() else None)
    tell(dossier, "decision", by=by, at=at, to="tous", title="Le suivi de votre dossier avance")
    return dossier


def _recognised_by(dossier: Dossier) -> Recognition | None:
    return Recognition.objects.filter(decision__dossier=dossier, until=None).first()


def _of(recognition: Recognition) -> tuple[Dossier, Recognition]:
    """The dossier and the recognition, locked in the order of the decisions: dossier, perimeters, recognition."""
    dossier = locked(recognition.decision.dossier_id)
    recognising.serialised()
    rows = Recognition.objects.select_for_update(of=("self",)).select_related("decision")
    return dossier, rows.get(pk=recognition.pk)


def _check_keys(ej: str, et: str) -> None:
    told = (("ej", EJ, ej), ("et", ET, et))
    faults = [(field, label, finess_fault(number)) for field, label, number in told if number]
    problems = [Refusal(field, None, f"{label} : {fault}.") for field, label, fault in faults if fault]
    if ej and ej == et:
        problems.append(Refusal("et", None, "L'établissement et l'entité juridique ont deux numéros différents."))
    if problems:
        raise BadInput(problems)
