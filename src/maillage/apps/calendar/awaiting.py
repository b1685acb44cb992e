"""What awaits a person in a structure: what is in their charge, what they are to close, sign or answer."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import may_write
from maillage.apps.projets.models import Projet, Task
from maillage.apps.structures.models import Structure


@dataclass(frozen=True)
class ToDo:
    """Something that awaits a person: words, the path of a page, perhaps a day."""

    words: str
    address: str
    due_on: datetime.date | None = None


def to_do(person: User, structure: Structure, *, at: datetime.datetime) -> list[ToDo]:
    """What awaits this person, what has the nearest day first, then what has none."""
    found = [each for source in SOURCES for each in source(person, structure, at)]
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on or datetime.date.max))


def _meetings(person: User, structure: Structure, at: datetime.datetime) -> Iterator[ToDo]:
    if not may_write(person, structure):
        return
    for meeting in structure.meetings.filter(state=Meeting.State.PREVUE, starts_at__lte=at).order_by("starts_at"):
        day = meeting.starts_at.date()
        yield ToDo(f"Clore la réunion « {meeting.title} »", f"/structures/{structure.pk}/reunions/{meeting.pk}/", day)


def _tasks(person: User, structure: Structure, _at: datetime.datetime) -> Iterator[ToDo]:
    rows = Task.objects.filter(projet__structure=structure, done_at=None, in_charge__user=person)
    for task in rows.exclude(projet__state=Projet.State.ARCHIVE):
        yield ToDo(task.title, f"/projets/{task.projet_id}/taches/{task.pk}/", task.due_on)


SOURCES: tuple[Callable[[User, Structure, datetime.datetime], Iterable[ToDo]], ...] = (_meetings, _tasks)
