"""The verbs on action sheets: write, duplicate, abandon, order, remove, put back."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import Action, ActionNote, ActionStep
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, changes, check_unchanged, removed, tell, values
from maillage.apps.common.screening import screened
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

SCREENED = ("title", "objective", "need_text", "population", "partners", "steps", "means", "funding", "evaluation")
"""Free texts, each a field of the form."""
Need = dict[str, Any]
STEPS, NOTES = "étapes datées", "relevés"
"""What an action holds, as the log of its removal calls it."""


@transaction.atomic
def create_action(
    structure: Structure,
    fields: ActionFields,
    *,
    need: Need | None = None,
    missions: Sequence[dict[str, str]] = (),
    by: User,
    at: datetime.datetime,
) -> Action:
    """Add a sheet at the end of the list. ``need``: the figure that it answers; ``missions``: those of the agreement.

    Raises :class:`PatientData` when a text may tell a patient, :class:`BadInput` when the pilot is not of the team.
    """
    check_writes(by, structure, "écrire une fiche action")
    held(structure)
    last = structure.actions.aggregate(last=Max("position"))["last"]
    action = Action(structure=structure, position=0 if last is None else last + 1)
    _fill(action, fields, need, missions)
    action.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=action, after=values(action))
    return action


@transaction.atomic
def write_action(
    action: Action,
    fields: ActionFields,
    *,
    need: Need | None = None,
    missions: Sequence[dict[str, str]] = (),
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> Action:
    """Change a sheet. Raises :class:`Changed` when ``seen`` is not its stamp any more: someone wrote in between."""
    check_writes(by, action.structure, "écrire une fiche action")
    row = _row(action)
    check_unchanged(row, seen)
    before, names = values(row), _indicators(row)
    _fill(row, fields, need, missions)
    row.save()
    _rename_values(row, names)
    changed = changes(before, values(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def duplicate_action(action: Action, *, by: User, at: datetime.datetime) -> Action:
    """A copy of a sheet, at the end of the list, not begun."""
    check_writes(by, action.structure, "écrire une fiche action")
    held(action.structure)
    action = _row(action)
    last = action.structure.actions.aggregate(last=Max("position"))["last"]
    copied = {name: value for name, value in _columns(action).items() if name not in ("structure_id", "position")}
    copied |= {"title": f"{action.title} (copie)"[:200], "state": Action.State.PREVUE}
    copy = Action.objects.create(structure=action.structure, position=(last or 0) + 1, **copied)
    tell(action.structure, by=by, at=at, verb="dupliquer", subject=copy, after={**values(copy), "de": str(action.pk)})
    return copy


@transaction.atomic
def set_action_state(action: Action, state: str, *, by: User, at: datetime.datetime) -> Action:
    """Begin, finish, abandon or take up again."""
    check_writes(by, action.structure, "changer l'état d'une fiche action")
    if state not in Action.State.values:
        raise BadInput([Problem("state", state, f"l'un de : {', '.join(Action.State.values)}")])
    row = _row(action)
    if row.state != state:
        before, row.state = row.state, state
        row.save(update_fields=["state"])
        tell(row.structure, by=by, at=at, verb="état", subject=row, before={"state": before}, after={"state": state})
    return row


@transaction.atomic
def move_action(action: Action, step: int, *, by: User, at: datetime.datetime) -> None:
    """Move a sheet up (``step`` -1) or down (1) in the list of its structure; at an end it stays."""
    check_writes(by, action.structure, "ordonner les fiches actions")
    held(action.structure)
    action = _row(action)
    keys = list(Action.objects.select_for_update().filter(structure=action.structure).values_list("pk", flat=True))
    here = keys.index(action.pk)
    there = min(max(here + step, 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    for position, key in enumerate(keys):
        Action.objects.filter(pk=key).update(position=position)
    if here != there:
        tell(
            action.structure,
            by=by,
            at=at,
            verb="ordonner",
            subject=action,
            before={"rang": here},
            after={"rang": there},
        )


@transaction.atomic
def remove_action(action: Action, *, by: User, at: datetime.datetime) -> str:
    """Remove a sheet; what is returned puts it back (:func:`put_action_back`)."""
    check_writes(by, action.structure, "supprimer une fiche action")
    held(action.structure)
    row = _row(action)
    held_rows = {word: [{"id": str(each.pk), **values(each)} for each in rows] for word, rows in _rows_of(row).items()}
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row) | held_rows)
    row.delete()
    return str(action.pk)


@transaction.atomic
def put_action_back(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Action:
    """Put back a sheet as it was when it was removed. Raises :class:`NotNow` when there is nothing to put back."""
    check_writes(by, structure, "rétablir une fiche action")
    held(structure)
    told = removed(Action, identifier)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow("Cette fiche n'est plus à rétablir.")
    if told["pilot_id"] and not Member.objects.filter(pk=told["pilot_id"]).exists():
        told["pilot_id"] = None
    steps, notes = (told.pop(word, []) for word in (STEPS, NOTES))
    action = Action.objects.create(pk=identifier, **told)
    ActionStep.objects.bulk_create(ActionStep(**without_gone(each)) for each in steps)
    ActionNote.objects.bulk_create(ActionNote(**each) for each in notes)
    action.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=action, after=values(action))
    return action


def _rows_of(action: Action) -> dict[str, list[models.Model]]:
    """What an action holds beside its fields, by the word that the log has for it."""
    return {STEPS: list(action.dated_steps.all()), NOTES: list(action.notes.all())}


def without_gone(told: dict[str, Any]) -> dict[str, Any]:
    """The fields of a step, without an owner whose line was erased."""
    gone = told.get("owner_id") and not Member.objects.filter(pk=told["owner_id"]).exists()
    return {**told, "owner_id": None} if gone else told


def _indicators(action: Action) -> list[str]:
    return [each["nom"] for each in action.indicators]


def _rename_values(action: Action, before: Sequence[str]) -> None:
    """The values of an indicator follow it when its line has another name."""
    after = _indicators(action)
    for old, new in zip(before, after, strict=False):
        if old not in after and new not in before:
            action.notes.filter(indicator=old).update(indicator=new)


def _row(action: Action) -> Action:
    """The row as it is now, for this transaction alone. Raises ``DoesNotExist`` when it was removed."""
    return Action.objects.select_for_update(of=("self",)).select_related("structure").get(pk=action.pk)


def _fill(action: Action, fields: ActionFields, need: Need | None, missions: Sequence[dict[str, str]]) -> None:
    rows = [row.model_dump() for row in fields.indicators]
    told = {name: getattr(fields, name) for name in SCREENED}
    screened(told | {"indicators": "\n".join(" ".join(row.values()) for row in rows)})
    for name, text in told.items():
        setattr(action, name, text)
    action.pilot = pilot_of(action.structure, fields.pilot)
    action.starts_on, action.ends_on, action.budget = fields.starts_on, fields.ends_on, fields.budget
    action.need, action.missions, action.indicators = need or {}, list(missions), rows
    action.theme, action.state = fields.theme, fields.state


def pilot_of(structure: Structure, key: object) -> Member | None:
    """The member of the team of this key. Raises :class:`BadInput` when it is of another team."""
    if key is None:
        return None
    found = Member.objects.filter(structure=structure, pk=str(key)).first()
    if found is None:
        raise BadInput([Problem("pilot", None, "un membre de l'équipe")])
    return found


def _columns(action: Action) -> dict[str, Any]:
    return {
        field.attname: getattr(action, field.attname) for field in action._meta.concrete_fields if not field.primary_key
    }
