"""The verbs on the crisis plan: its texts, its lists, its sealed versions, its exercises and events."""

import datetime
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import Given
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import (
    REMOVED,
    RESTORED,
    NotNow,
    changes,
    check_unchanged,
    removed,
    tell,
    values,
)
from maillage.apps.common.screening import screened
from maillage.apps.crisis.inputs import (
    ContactFields,
    EventFields,
    MobilisableFields,
    PlanFields,
    ProcedureFields,
    RoleFields,
)
from maillage.apps.crisis.models import (
    CrisisContact,
    CrisisEvent,
    CrisisPlan,
    CrisisPlanVersion,
    CrisisProcedure,
    CrisisRole,
    Mobilisable,
)
from maillage.apps.crisis.sealing import is_same, seal
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem

ACT = "écrire le plan de crise"
TWICE = "Ce membre est déjà sur la liste."
GONE = "Il n'y a plus rien à rétablir."
SAME = "Rien n'a changé depuis la version {number} : elle suffit."
EMPTY = "Écrivez d'abord l'alerte, la cellule de crise ou une procédure."
SCREENED_PLAN = ("alert", "cell", "coordination", "information", "recovery")


@dataclass(frozen=True)
class Part:
    """A list of the plan: its rows, what is given to write one, which texts are screened, which fields are members."""

    model: type[models.Model]
    fields: type[Given]
    texts: tuple[str, ...]
    people: tuple[str, ...] = ()


PARTS = {
    "cellule": Part(CrisisRole, RoleFields, ("function", "tasks"), ("member", "deputy")),
    "mobilisables": Part(Mobilisable, MobilisableFields, ("skills", "availability", "reach"), ("member",)),
    "contacts": Part(CrisisContact, ContactFields, ("organisation", "purpose", "phone")),
    "procedures": Part(CrisisProcedure, ProcedureFields, ("title", "steps")),
}
"""The lists of a plan, by the word of their address."""
EVENT_TEXTS = ("title", "declared_by", "done", "worked", "to_improve", "next_steps")


@transaction.atomic
def write_plan(
    structure: Structure, fields: PlanFields, *, seen: str = "", by: User, at: datetime.datetime
) -> CrisisPlan:
    """Write the texts of the plan. Raises :class:`Changed` when someone wrote it since it was seen."""
    plan = _plan(structure, by)
    check_unchanged(plan, seen)
    screened({name: getattr(fields, name) for name in SCREENED_PLAN})
    before = values(plan)
    for name in type(fields).model_fields:
        setattr(plan, name, getattr(fields, name))
    plan.save()
    told = changes(before, values(plan))
    if told[1]:
        tell(structure, by=by, at=at, verb="modifier", subject=plan, before=told[0], after=told[1])
    return plan


@transaction.atomic
def add(structure: Structure, part: str, fields: Given, *, by: User, at: datetime.datetime) -> models.Model:
    """Add a row to a list of the plan."""
    plan, wanted = _plan(structure, by), PARTS[part]
    row = wanted.model(plan=plan)
    _fill(row, wanted, fields, structure)
    row.save(force_insert=True)
    tell(structure, by=by, at=at, verb="ajouter", subject=row, after=values(row))
    return row


@transaction.atomic
def write(
    structure: Structure, part: str, key: int, fields: Given, *, seen: str = "", by: User, at: datetime.datetime
) -> models.Model:
    """Change a row of a list. Raises :class:`Changed`."""
    plan, wanted = _plan(structure, by), PARTS[part]
    row = _row(wanted, plan, key)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, wanted, fields, structure)
    row.save()
    told = changes(before, values(row))
    if told[1]:
        tell(structure, by=by, at=at, verb="modifier", subject=row, before=told[0], after=told[1])
    return row


@transaction.atomic
def remove(structure: Structure, part: str, key: int, *, by: User, at: datetime.datetime) -> str:
    """Remove a row of a list; what is returned puts it back."""
    plan, wanted = _plan(structure, by), PARTS[part]
    row = _row(wanted, plan, key)
    tell(structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return str(key)


@transaction.atomic
def put_back(structure: Structure, part: str, key: str, *, by: User, at: datetime.datetime) -> models.Model:
    """Put back a row as it was. Raises :class:`NotNow` when there is nothing to put back."""
    plan, wanted = _plan(structure, by), PARTS[part]
    told = removed(wanted.model, key)
    if told is None or str(told["plan_id"]) != str(plan.pk):
        raise NotNow(GONE)
    if part == "mobilisables" and plan.mobilisables.filter(member=told["member_id"]).exists():
        raise NotNow(TWICE)
    row: models.Model = wanted.model._default_manager.create(pk=int(key), **told)
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=row, after=values(row))
    return row


@transaction.atomic
def publish(
    structure: Structure, review_on: datetime.date | None, *, by: User, at: datetime.datetime
) -> CrisisPlanVersion:
    """Seal the plan as it stands, with the day when it is to be read again."""
    plan = _plan(structure, by)
    if not (plan.alert or plan.cell or plan.procedures.exists()):
        raise NotNow(EMPTY)
    if review_on is not None and review_on <= timezone.localdate(at):
        raise BadInput([Problem("review_on", review_on, "une date à venir, ou rien si elle reste à fixer")])
    plan.review_on = review_on
    last = plan.versions.first()
    if last is not None and is_same(plan, last, by=by, at=at):
        raise NotNow(SAME.format(number=last.number))
    plan.version += 1
    plan.save()
    version = seal(plan, by=by, at=at)
    tell(structure, by=by, at=at, verb="publier", subject=plan, after={"numéro": version.number})
    return version


@transaction.atomic
def create_event(structure: Structure, fields: EventFields, *, by: User, at: datetime.datetime) -> CrisisEvent:
    """Note an exercise, foreseen or done, or a real event."""
    check_writes(by, structure, ACT)
    held(structure)
    event = CrisisEvent(structure=structure)
    _fill_event(event, fields, at)
    event.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=event, after=values(event))
    return event


@transaction.atomic
def write_event(
    event: CrisisEvent, fields: EventFields, *, seen: str = "", by: User, at: datetime.datetime
) -> CrisisEvent:
    """Change an exercise or an event: what was done, what was learnt."""
    check_writes(by, event.structure, ACT)
    row = _event(event)
    check_unchanged(row, seen)
    before = values(row)
    _fill_event(row, fields, at)
    row.save()
    told = changes(before, values(row))
    if told[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=told[0], after=told[1])
    return row


@transaction.atomic
def remove_event(event: CrisisEvent, *, by: User, at: datetime.datetime) -> str:
    """Remove an exercise or an event; what is returned puts it back."""
    check_writes(by, event.structure, ACT)
    row = _event(event)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=values(row))
    row.delete()
    return str(event.pk)


@transaction.atomic
def put_event_back(structure: Structure, key: str, *, by: User, at: datetime.datetime) -> CrisisEvent:
    """Put back an exercise or an event as it was."""
    check_writes(by, structure, ACT)
    held(structure)
    told = removed(CrisisEvent, key)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow(GONE)
    event = CrisisEvent.objects.create(pk=key, **told)
    event.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=event, after=values(event))
    return event


def _plan(structure: Structure, by: User) -> CrisisPlan:
    """The plan of a structure, locked; the first write makes it."""
    check_writes(by, structure, ACT)
    held(structure)
    CrisisPlan.objects.get_or_create(structure=structure)
    rows = CrisisPlan.objects.select_for_update(of=("self",)).select_related("structure__organisation")
    return rows.get(structure=structure)


def _row(part: Part, plan: CrisisPlan, key: int) -> models.Model:
    row: models.Model = part.model._default_manager.select_for_update(of=("self",)).get(plan=plan, pk=key)
    return row


def _event(event: CrisisEvent) -> CrisisEvent:
    return CrisisEvent.objects.select_for_update(of=("self",)).select_related("structure").get(pk=event.pk)


def _check_event(event: CrisisEvent, fields: EventFields, today: datetime.date) -> None:
    """Nothing is done before its day, nor noted twice."""
    if fields.starts_on > today and fields.kind == "reel":
        raise BadInput([Problem("starts_on", fields.starts_on, "un jour déjà venu, pour un événement réel")])
    if fields.starts_on > today and fields.state == "fait":
        raise BadInput([Problem("starts_on", fields.starts_on, "un jour déjà venu, ou l'état « prévu »")])
    same = {name: getattr(fields, name) for name in ("kind", "title", "starts_on")}
    if CrisisEvent.objects.filter(structure=event.structure, **same).exclude(pk=event.pk).exists():
        raise BadInput([Problem("title", fields.title, "un autre intitulé : celui-ci est déjà noté ce jour-là")])


def _fill(row: models.Model, part: Part, fields: Given, structure: Structure) -> None:
    told = {name: getattr(fields, name) for name in type(fields).model_fields}
    screened({name: told[name] for name in part.texts})
    people = {each.pk: each for each in structure.members.filter(pk__in=[told[name] for name in part.people])}
    for name, value in told.items():
        if name in part.people and value is not None and value not in people:
            raise BadInput([Problem(name, None, "un membre de l'équipe")])
        setattr(row, name, people.get(value) if name in part.people else value)
    if isinstance(row, Mobilisable) and row.plan.mobilisables.filter(member=row.member).exclude(pk=row.pk).exists():
        raise BadInput([Problem("member", None, "un membre qui n'est pas déjà sur la liste")])


def _fill_event(event: CrisisEvent, fields: EventFields, at: datetime.datetime) -> None:
    _check_event(event, fields, timezone.localdate(at))
    told = {name: getattr(fields, name) for name in type(fields).model_fields}
    screened({name: told[name] for name in EVENT_TEXTS})
    for name, value in told.items():
        setattr(event, name, value)
    if event.kind == CrisisEvent.Kind.REEL:
        event.state = CrisisEvent.State.FAIT
