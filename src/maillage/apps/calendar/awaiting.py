"""What awaits a person in a structure: what is in their charge, what they are to close, sign or answer."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import DatePoll, FollowUp, Meeting, PollVoter
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.services.polls import link_of
from maillage.apps.activity.services.protocol_life import awaiting as opinions
from maillage.apps.projets.models import Projet, Task
from maillage.apps.quality.maturity_queries import running
from maillage.apps.quality.services.maturity import scorer
from maillage.apps.structures.models import Structure
from maillage.core.quality.maturity import OPEN


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
        day = timezone.localdate(meeting.starts_at)
        yield ToDo(f"Clore la réunion « {meeting.title} »", f"/structures/{structure.pk}/reunions/{meeting.pk}/", day)


def _follow_ups(person: User, structure: Structure, _at: datetime.datetime) -> Iterator[ToDo]:
    for row in structure.follow_ups.filter(state=FollowUp.State.A_SUIVRE, owner__user=person):
        yield ToDo(row.what, f"/structures/{structure.pk}/reunions/suites/{row.pk}/", row.due_on)


def _polls(person: User, structure: Structure, _at: datetime.datetime) -> Iterator[ToDo]:
    rows = PollVoter.objects.filter(poll__structure=structure, poll__state=DatePoll.State.OUVERT, answered_at=None)
    for voter in rows.filter(member__user=person).select_related("poll"):
        words = f"Dire quand vous pouvez venir : « {voter.poll.title} »"
        yield ToDo(words, f"/sondages/{link_of(voter)}/", voter.poll.answer_by)


def _tasks(person: User, structure: Structure, _at: datetime.datetime) -> Iterator[ToDo]:
    rows = Task.objects.filter(projet__structure=structure, done_at=None, in_charge__user=person)
    for task in rows.exclude(projet__state=Projet.State.ARCHIVE):
        yield ToDo(task.title, f"/projets/{task.projet_id}/taches/{task.pk}/", task.due_on)


def _opinions(person: User, structure: Structure, _at: datetime.datetime) -> Iterator[ToDo]:
    for row in opinions(person, structure):
        words = f"Dire votre avis sur le protocole « {row.protocol.title} »"
        yield ToDo(words, f"/structures/{structure.pk}/protocoles/{row.protocol_id}/")


def _levels(person: User, structure: Structure, _at: datetime.datetime) -> Iterator[ToDo]:
    row, member = running(structure), scorer(structure, person)
    if row is None or member is None or row.state != OPEN or row.scores.filter(member=member).exists():
        return
    words = f"Donner vos niveaux de maturité : « {row.name} »"
    yield ToDo(words, f"/structures/{structure.pk}/qualite/cotations/{row.pk}/")


SOURCES: tuple[Callable[[User, Structure, datetime.datetime], Iterable[ToDo]], ...] = (
    _meetings,
    _follow_ups,
    _polls,
    _tasks,
    _opinions,
    _levels,
)
