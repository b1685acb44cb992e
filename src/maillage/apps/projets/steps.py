"""The verbs on a roadmap: say where a step stands and when it should be over; take a shift back."""

import datetime
import uuid
from dataclasses import replace
from typing import Annotated, Any, Literal

from django.db import transaction
from django.utils import timezone
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.projets.models import Projet, Step
from maillage.apps.projets.permissions import may_write
from maillage.apps.projets.roadmaps import CHANGED, UNDONE, described, last_shift, plan_of
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.schedule import schedule

FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
DONE = "fait"
ACT = "modifier la feuille de route"


def _empty(value: Any) -> Any:
    return None if value == "" else value


Bounded = Annotated[datetime.date, Field(ge=FIRST, le=LAST)]
Day = Annotated[Bounded | None, BeforeValidator(_empty)]


class StepFields(BaseModel):
    """What is said of a step. ``documents`` are those that are ready; ``responsable`` is a member of the team."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    etat: Literal["a_faire", "en_cours", "fait", "sans_objet"] = "a_faire"
    echeance: Day = None
    imposee: bool = False
    fait_le: Day = None
    responsable: Annotated[uuid.UUID | None, BeforeValidator(_empty)] = None
    documents: list[str] = []
    note: Annotated[str, Field(max_length=2_000)] = ""


@transaction.atomic
def set_step(projet: Projet, code: str, fields: StepFields, *, by: User, at: datetime.datetime) -> Step:
    """Say where a step stands. Brought later, or done late, it brings later those that wait for it, in the same act.

    Raises :class:`NotAllowed`, and :class:`BadInput` with everything that is wrong.
    """
    if not may_write(by, projet):
        raise NotAllowed(ACT)
    locked = Projet.objects.select_for_update(of=("self",)).select_related("structure").get(pk=projet.pk)
    today = timezone.localdate(at)
    row = _row(locked, code, today)
    _check(locked, fields, today)
    before, old = _told(row), row.done_on or row.due_on
    _write(row, fields, today)
    moved = _follow(locked, code, old, row.done_on or row.due_on, today)
    row.save()
    after = _told(row) | ({"decalees": moved} if moved else {})
    if after != before:
        record(by=by, at=at, verb=CHANGED, subject=row, before=before, after=after, scope=_scope(locked))
    return row


@transaction.atomic
def mark_done(projet: Projet, code: str, *, by: User, at: datetime.datetime, day: datetime.date) -> None:
    """Say that a step is done because of an act made elsewhere (a deposit), whoever may do that act.

    A step that is over already, or that this structure does not have, stays as it is.
    """
    locked = Projet.objects.select_for_update(of=("self",)).select_related("structure").get(pk=projet.pk)
    if code not in [step.code for step in described(locked, today=day)]:
        return
    row = _row(locked, code, day)
    if row.state in (Step.State.FAIT, Step.State.SANS_OBJET):
        return
    before, old = _told(row), row.due_on
    row.state, row.done_on = Step.State.FAIT, day
    moved = _follow(locked, code, old, day, day)
    row.save()
    after = _told(row) | ({"decalees": moved} if moved else {})
    record(by=by, at=at, verb=CHANGED, subject=row, before=before, after=after, scope=_scope(locked))


@transaction.atomic
def undo_shift(projet: Projet, *, by: User, at: datetime.datetime) -> None:
    """Put back the dates that the last move of a step changed, its own included.

    Raises :class:`NotAllowed`, and :class:`BadInput` when there is none or when a date was changed since.
    """
    if not may_write(by, projet):
        raise NotAllowed(ACT)
    locked = Projet.objects.select_for_update(of=("self",)).get(pk=projet.pk)
    rows = {row.code: row for row in locked.steps.all()}
    shift = last_shift(rows, {})
    if shift is None:
        raise BadInput([Problem("decalage", None, "un décalage que rien n'a suivi")])
    own = next(row for row in rows.values() if str(row.pk) == shift.event.subject_id)
    moved = (shift.event.after or {})["decalees"]
    back = {code: days[0] for code, days in moved.items()} | {own.code: (shift.event.before or {})["echeance"]}
    for code, day in back.items():
        rows[code].due_on = datetime.date.fromisoformat(day) if day else None
        rows[code].is_set = bool(day)
        rows[code].save(update_fields=["due_on", "is_set"])
    record(by=by, at=at, verb=UNDONE, subject=own, after={"echeances": back}, scope=_scope(locked))


def _row(projet: Projet, code: str, today: datetime.date) -> Step:
    """The row of a step, made when it is touched for the first time. Raises :class:`BadInput` for another code."""
    known = [step.code for step in described(projet, today=today)]
    if code not in known:
        raise BadInput([Problem("etape", code, f"l'une de : {', '.join(known)}")])
    row, _ = Step.objects.get_or_create(projet=projet, code=code, defaults={"position": known.index(code)})
    return row


def _check(projet: Projet, fields: StepFields, today: datetime.date) -> None:
    problems = []
    if fields.fait_le and fields.etat != DONE:
        problems.append(Problem("fait_le", fields.fait_le.isoformat(), "rien, sauf pour une étape « faite »"))
    if fields.fait_le and fields.fait_le > today:
        problems.append(Problem("fait_le", fields.fait_le.isoformat(), "un jour passé : l'étape est déjà faite"))
    if fields.imposee and not fields.echeance:
        problems.append(Problem("echeance", None, "la date imposée"))
    if fields.responsable and not _member(projet, fields.responsable):
        problems.append(Problem("responsable", str(fields.responsable), "un membre présent de l'équipe"))
    if problems:
        raise BadInput(problems)
    screened({"note": fields.note})


def _member(projet: Projet, identifier: uuid.UUID) -> Member | None:
    return projet.structure.members.filter(pk=identifier, left_on=None).first()


def _write(row: Step, fields: StepFields, today: datetime.date) -> None:
    row.state = fields.etat
    row.due_on, row.is_set = fields.echeance, fields.echeance is not None
    row.is_imposed = fields.imposee
    row.done_on = (fields.fait_le or row.done_on or today) if fields.etat == DONE else None
    row.in_charge = _member(row.projet, fields.responsable) if fields.responsable else None
    row.documents, row.note = list(fields.documents), fields.note.strip()


def _follow(
    projet: Projet, code: str, old: datetime.date | None, new: datetime.date | None, today: datetime.date
) -> dict[str, list[str]]:
    """Bring later the planned steps that wait for one that ends later: their days before and after."""
    if not old or not new or new <= old:
        return {}
    rows = {row.code: row for row in projet.steps.all()}
    steps, plan = described(projet, today=today), plan_of(projet, rows, today=None)
    done = {each: day for each, day in plan.done.items() if each != code}
    plan = replace(plan, planned={**plan.planned, code: old}, done=done)
    was, becomes = schedule(steps, plan), schedule(steps, replace(plan, moved={code: new}))
    moved = {}
    for each in rows:
        before, after = was.get(each), becomes.get(each)
        if each == code or each not in plan.planned or not before or not after or not before.day or not after.day:
            continue
        gap = after.day - before.day
        if gap.days > 0:
            moved[each] = _push(rows[each], gap)
    return moved


def _push(row: Step, gap: datetime.timedelta) -> list[str]:
    old = row.due_on or FIRST
    row.due_on = old + gap
    row.save(update_fields=["due_on"])
    return [old.isoformat(), row.due_on.isoformat()]


def _told(row: Step) -> dict[str, Any]:
    return {
        "etat": row.state,
        "echeance": row.due_on.isoformat() if row.due_on else None,
        "imposee": row.is_imposed,
        "fait_le": row.done_on.isoformat() if row.done_on else None,
        "documents": list(row.documents),
        "note": row.note,
        "responsable": str(row.in_charge_id) if row.in_charge_id else None,
    }


def _scope(projet: Projet) -> str:
    return str(projet.structure.organisation_id)
