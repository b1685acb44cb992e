"""What is to be done for a project, by whom, before when."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.projets.models import Projet, Section, Task
from maillage.apps.projets.permissions import may_comment, may_write
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput, Problem

LONGEST = 200


@dataclass(frozen=True)
class Wanted:
    """A task as it is asked for."""

    title: str
    section: Section | None = None
    in_charge: Member | None = None
    due_on: datetime.date | None = None


@transaction.atomic
def add(projet: Projet, wanted: Wanted, *, by: User, at: datetime.datetime) -> Task:
    """Add a task. Everyone who may comment may ask for one. Raises :class:`NotAllowed`, :class:`BadInput`."""
    if not may_comment(by, projet):
        raise NotAllowed("ajouter une tâche")
    _check(projet, wanted)
    row = Task.objects.create(
        projet=projet,
        title=wanted.title.strip(),
        section=wanted.section,
        in_charge=wanted.in_charge,
        due_on=wanted.due_on,
        created_at=at,
        created_by=by,
    )
    _log(row, "ajouter une tâche", by, at)
    return row


@transaction.atomic
def change(task: Task, wanted: Wanted, *, by: User, at: datetime.datetime) -> Task:
    """Change a task: who asked for it, or who writes. Raises :class:`NotAllowed`, :class:`BadInput`."""
    row = _row(task, by)
    _check(row.projet, wanted)
    row.title, row.section = wanted.title.strip(), wanted.section
    row.in_charge, row.due_on = wanted.in_charge, wanted.due_on
    row.save()
    _log(row, "modifier une tâche", by, at)
    return row


@transaction.atomic
def set_done(task: Task, *, is_done: bool, by: User, at: datetime.datetime) -> Task:
    """Say that a task is done, or that it is not after all. Raises :class:`NotAllowed`."""
    row = _row(task, by)
    if (row.done_at is not None) != is_done:
        row.done_at = at if is_done else None
        row.save(update_fields=["done_at"])
        _log(row, "finir une tâche" if is_done else "rouvrir une tâche", by, at)
    return row


@transaction.atomic
def remove(task: Task, *, by: User, at: datetime.datetime) -> None:
    """Remove a task. Raises :class:`NotAllowed`."""
    row = _row(task, by)
    _log(row, "retirer une tâche", by, at)
    row.delete()


def tasks_of(projet: Projet) -> QuerySet[Task]:
    """The tasks: those to do by date, those without a date, then those that are done."""
    rows = projet.tasks.select_related("section", "in_charge", "created_by")
    return rows.order_by(F("done_at").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


def may_act(person: User, task: Task) -> bool:
    """Whether a person may change or finish a task: who writes, who asked for it, who is in charge of it."""
    own = task.created_by_id == person.pk or (task.in_charge is not None and task.in_charge.user_id == person.pk)
    return may_write(person, task.projet) or (own and may_comment(person, task.projet))


def _check(projet: Projet, wanted: Wanted) -> None:
    title = wanted.title.strip()
    if not title or len(title) > LONGEST:
        raise BadInput([Problem("à faire", title[:40], f"ce qu'il faut faire, de 1 à {LONGEST} caractères")])
    if wanted.in_charge and wanted.in_charge.structure_id != projet.structure_id:
        raise BadInput([Problem("par", str(wanted.in_charge.pk), "un membre de l'équipe de ce projet")])
    if wanted.section and wanted.section.projet_id != projet.pk:
        raise BadInput([Problem("rubrique", wanted.section.code, "une rubrique de ce projet")])
    screened({"à faire": title})


def _row(task: Task, by: User) -> Task:
    rows = Task.objects.select_for_update(of=("self",)).select_related("projet__structure__organisation", "in_charge")
    row = rows.get(pk=task.pk)
    if not may_act(by, row):
        raise NotAllowed("changer cette tâche")
    return row


def _log(row: Task, verb: str, by: User, at: datetime.datetime) -> None:
    told = {
        "pour le": row.due_on,
        "par": str(row.in_charge_id) if row.in_charge_id else None,
        "faite": row.done_at is not None,
    }
    record(by=by, at=at, verb=verb, subject=row, after=told, scope=str(row.projet.structure.organisation_id))
