"""The verbs on what a meeting leaves: note a decision or a task, change it, say that it is done, give it up."""

import datetime
import uuid
from collections.abc import Callable

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import FollowUp, Meeting
from maillage.apps.activity.permissions import check_writes, may_see_inside, may_write
from maillage.apps.activity.poll_inputs import FollowUpFields
from maillage.apps.activity.writing import NotNow, changes, check_unchanged, tell, values
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

State = FollowUp.State
TRANSITIONS = {
    (State.A_SUIVRE, "faire"): State.FAITE,
    (State.A_SUIVRE, "abandonner"): State.ABANDONNEE,
    (State.ACTEE, "abandonner"): State.ABANDONNEE,
    (State.FAITE, "rouvrir"): State.A_SUIVRE,
    (State.ABANDONNEE, "rouvrir"): State.A_SUIVRE,
}
"""What it becomes, by its state and the act. What is not here is refused."""
ACTS = frozenset(act for _state, act in TRANSITIONS)


@transaction.atomic
def note(
    structure: Structure,
    fields: FollowUpFields,
    *,
    meeting: Meeting | None = None,
    by: User,
    at: datetime.datetime,
) -> FollowUp:
    """Note a decision or a task, of a meeting or not. Raises :class:`PatientData`, :class:`BadInput`."""
    check_writes(by, structure, "noter une suite à donner")
    row = FollowUp(structure=structure, meeting=meeting, created_at=at)
    _fill(row, fields)
    row.save(force_insert=True)
    tell(structure, by=by, at=at, verb="noter une suite", subject=row, after=values(row))
    return row


@transaction.atomic
def change(follow_up: FollowUp, fields: FollowUpFields, *, seen: str = "", by: User, at: datetime.datetime) -> FollowUp:
    """Change what is still open. Raises :class:`NotNow`, :class:`Changed`, :class:`PatientData`, :class:`BadInput`."""
    check_writes(by, follow_up.structure, "modifier une suite à donner")
    row = _locked(follow_up)
    check_unchanged(row, seen)
    if row.ended_on is not None:
        raise NotNow("Cette suite est finie : rouvrez-la avant de la modifier.")
    before = values(row)
    _fill(row, fields)
    old, new = changes(before, values(row))
    if new:
        row.save()
        tell(row.structure, by=by, at=at, verb="modifier une suite", subject=row, before=old, after=new)
    return row


@transaction.atomic
def turn(follow_up: FollowUp, act: str, *, day: datetime.date, by: User, at: datetime.datetime) -> FollowUp:
    """Say on a day that it is done or given up, or open it again: who writes, or who is in charge of it.

    Raises :class:`NotNow` when its state forbids it.
    """
    if not may_turn(by, follow_up):
        raise NotAllowed(f"{act} une suite à donner")
    row = _locked(follow_up)
    before = State(row.state)
    if (before, act) not in TRANSITIONS:
        raise NotNow(f"Cette suite est déjà « {before.label} ».")
    row.state = _opened(row) if act == "rouvrir" else TRANSITIONS[before, act]
    row.ended_on = None if act == "rouvrir" else day
    row.save(update_fields=["state", "ended_on"])
    tell(row.structure, by=by, at=at, verb=act, subject=row, before={"state": before}, after={"state": row.state})
    return row


def may_turn(person: User, follow_up: FollowUp) -> bool:
    """Whether a person may say that it is done."""
    return who_turns(person, follow_up.structure)(follow_up)


def who_turns(person: User, structure: Structure) -> Callable[[FollowUp], bool]:
    """Same, for many of a structure: who writes, and who is in charge of it as long as they are inside."""
    if may_write(person, structure):
        return lambda _follow_up: True
    inside = structure.organisation.closed_at is None and may_see_inside(person, structure)
    return lambda row: inside and row.owner is not None and row.owner.user_id == person.pk


def _fill(row: FollowUp, fields: FollowUpFields) -> None:
    screened({"what": fields.what})
    row.kind, row.what, row.due_on = fields.kind, fields.what, fields.due_on
    row.owner = _owner(row, fields.owner)
    row.state = _opened(row)


def _opened(row: FollowUp) -> State:
    """A decision that asks nothing of anybody is « actée » at once."""
    asks = row.kind == FollowUp.Kind.TACHE or row.owner is not None or row.due_on is not None
    return State.A_SUIVRE if asks else State.ACTEE


def _owner(row: FollowUp, key: uuid.UUID | None) -> Member | None:
    if key is None:
        return None
    if key == row.owner_id:
        return row.owner
    found = row.structure.members.filter(pk=key, left_on=None).first()
    if found is None:
        raise BadInput([Problem("owner", str(key), "un membre de l'équipe")])
    return found


def _locked(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("structure__organisation", "owner")
    return rows.get(pk=follow_up.pk)
