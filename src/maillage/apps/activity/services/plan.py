"""The verbs on what follows an action: its dated steps, and what is noted of it (public, values, spending)."""

import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Action, ActionNote, ActionStep
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.plan_inputs import NoteFields, StepFields
from maillage.apps.activity.services.actions import pilot_of, without_gone
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

Row = TypeVar("Row", ActionStep, ActionNote)


@transaction.atomic
def add_step(action: Action, fields: StepFields, *, by: User, at: datetime.datetime) -> ActionStep:
    """Add a step to an action. Raises :class:`BadInput`, :class:`PatientData`."""
    action = _action(action, by, "ajouter une étape")
    screened({"title": fields.title})
    step = ActionStep(action=action, title=fields.title, due_on=fields.due_on)
    step.owner = _owner(action, fields.owner)
    step.save(force_insert=True)
    tell(action.structure, by=by, at=at, verb="créer", subject=step, after=values(step))
    return step


@transaction.atomic
def set_step_done(step: ActionStep, *, done: bool, by: User, at: datetime.datetime) -> ActionStep:
    """Say that a step is done, or that it is not after all; saying it twice changes nothing."""
    _action(step.action, by, "cocher une étape")
    row = ActionStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if (row.done_on is not None) == done:
        return row
    before, row.done_on = values(row), timezone.localdate(at) if done else None
    row.save(update_fields=["done_on"])
    told = changes(before, values(row))
    tell(step.action.structure, by=by, at=at, verb="état", subject=row, before=told[0], after=told[1])
    return row


@transaction.atomic
def note(action: Action, fields: NoteFields, *, by: User, at: datetime.datetime) -> ActionNote:
    """Note people reached, money spent or the value of an indicator. A value of the same day is replaced.

    Raises :class:`BadInput` for a day to come or an indicator that the sheet does not have, :class:`PatientData`.
    """
    action = _action(action, by, "noter le suivi d'une action")
    screened({"label": fields.label})
    _check_note(action, fields, at)
    row = _same_value(action, fields) or ActionNote(action=action, kind=fields.kind, day=fields.day)
    before = None if row._state.adding else values(row)
    row.indicator, row.amount, row.label = fields.indicator, fields.amount, fields.label
    row.save()
    verb = "noter" if before is None else "modifier"
    tell(action.structure, by=by, at=at, verb=verb, subject=row, before=before, after=values(row))
    return row


@transaction.atomic
def remove_row(row: ActionStep | ActionNote, *, by: User, at: datetime.datetime) -> str:
    """Remove a step or a note; what is returned puts it back (:func:`put_row_back`)."""
    _action(row.action, by, "retirer une ligne du suivi")
    found = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    tell(row.action.structure, by=by, at=at, verb=REMOVED, subject=found, before=values(found))
    found.delete()
    return str(row.pk)


@transaction.atomic
def put_row_back(model: type[Row], structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Row:
    """Put back a step or a note as it was. Raises :class:`NotNow` when there is nothing to put back."""
    check_writes(by, structure, "rétablir une ligne du suivi")
    told = removed(model, identifier)
    if told is None or not _holds(structure, str(told["action_id"])):
        raise NotNow("Cette ligne n'est plus à rétablir.")
    if model is ActionNote and ActionNote.objects.filter(**_value_of(told)).exists():
        raise NotNow("Cet indicateur a reçu une autre valeur ce jour-là : elle reste.")
    row = model._default_manager.create(pk=identifier, **without_gone(told))
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=row, after=values(row))
    return row


def _holds(structure: Structure, key: str) -> bool:
    """Whether an action of this key is of the structure; it is held."""
    rows = Action.objects.select_for_update(of=("self",)).filter(structure=structure, pk=key)
    return rows.first() is not None


def _value_of(told: dict[str, Any]) -> dict[str, Any]:
    return {"action": told["action_id"], "kind": "valeur", "indicator": told["indicator"], "day": told["day"]}


def _action(action: Action, by: User, act: str) -> Action:
    """The action, held. Raises ``NotAllowed``, ``DoesNotExist`` when it was removed."""
    check_writes(by, action.structure, act)
    return Action.objects.select_for_update(of=("self",)).select_related("structure").get(pk=action.pk)


def _owner(action: Action, key: object) -> Member | None:
    try:
        return pilot_of(action.structure, key)
    except BadInput:
        raise BadInput([Problem("owner", None, "un membre de l'équipe")]) from None


def _check_note(action: Action, fields: NoteFields, at: datetime.datetime) -> None:
    if fields.day > timezone.localdate(at):
        raise BadInput([Problem("day", fields.day.isoformat(), "la date d'aujourd'hui, ou une date passée")])
    names = {each["nom"] for each in action.indicators}
    if fields.kind == "valeur" and fields.indicator not in names:
        raise BadInput([Problem("indicator", fields.indicator, "un indicateur de la fiche")])
    if fields.kind != "valeur" and fields.indicator:
        raise BadInput([Problem("indicator", fields.indicator, "rien : ce relevé n'a pas d'indicateur")])


def _same_value(action: Action, fields: NoteFields) -> ActionNote | None:
    if fields.kind != "valeur":
        return None
    rows = ActionNote.objects.select_for_update(of=("self",)).filter(action=action, kind="valeur")
    return rows.filter(indicator=fields.indicator, day=fields.day).first()
