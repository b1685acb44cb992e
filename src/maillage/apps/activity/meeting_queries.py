"""Reads of the meetings, within the right of who reads: the list, who to show first, the concertations of a year."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.models import Attendance, Concertation, ConcertationYear, Meeting
from maillage.apps.activity.queries import HERE, expected_of, meetings_of, team_of
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Member, Structure
from maillage.core.activity.concertation import Asked, Progress, asked_in
from maillage.core.kernel import french

SHOWN = 40
"""Names that a phone shows at once; beyond, one searches."""
LATEST = 3
"""Meetings of the same kind whose people come first."""


@dataclass(frozen=True)
class Studied:
    """A concertation of a year: how many came, by profession, and what it studied (``None`` until it is counted)."""

    meeting: Meeting
    present: int
    professions: tuple[str, ...]
    counts: Concertation | None


@dataclass(frozen=True)
class People:
    """Who to show on an attendance list, and how many others a search finds."""

    members: tuple[Member, ...]
    others: int


def listed(person: Person, structure: Structure) -> QuerySet[Meeting]:
    """The meetings that a person may see, the latest first, without their attendance."""
    return meetings_of(person, structure).prefetch_related(None)


def counted(meetings: Iterable[Meeting]) -> dict[uuid.UUID, tuple[int, int]]:
    """How many came to each of these meetings, and the minutes that everybody spent; one query for them all."""
    rows = Attendance.objects.filter(meeting__in=[each.pk for each in meetings]).order_by()
    told = rows.values_list("meeting").annotate(
        present=Count("pk", filter=Q(presence__in=HERE)), spent=Sum(F("minutes") + F("preparation"))
    )
    return {meeting: (present, spent or 0) for meeting, present, spent in told}


def matching(rows: QuerySet[Meeting], words: str) -> QuerySet[Meeting]:
    """Those whose subject or place has these words, accents and capitals apart."""
    wanted = french.fold(words).split()
    if not wanted:
        return rows
    told = rows.order_by().values_list("pk", "title", "place")
    kept = [pk for pk, *texts in told if all(word in french.fold(" ".join(texts)) for word in wanted)]
    return rows.filter(pk__in=kept)


def people_of(meeting: Meeting, words: str = "") -> People:
    """Who to show: everyone while they are few, else who is noted, expected or came lately; or whom one looks for."""
    team = team_of(meeting)
    if wanted := french.fold(words).split():
        found = [each for each in team if all(word in _told(each) for word in wanted)]
        return People(tuple(found[:SHOWN]), len(team) - len(found[:SHOWN]))
    if len(team) <= SHOWN:
        return People(tuple(team), 0)
    expected = set(meeting.expected.values_list("member_id", flat=True))
    named = expected | {row.member_id for row in meeting.attendances.all()}
    lately = _lately(meeting)
    first = [each for each in team if each.pk in named]
    then = sorted((each for each in team if each.pk in lately and each.pk not in named), key=lambda m: -lately[m.pk])
    # While nobody is expected nor came lately, the names that are already noted do not hide the others.
    rest = [] if expected or lately else [each for each in team if each.pk not in named]
    shown = tuple((first + then + rest)[: max(SHOWN, len(first))])
    return People(shown, len(team) - len(shown))


def concertations(person: Person, structure: Structure, year: int) -> list[Studied]:
    """The concertations of a civil year that are closed, the oldest first."""
    rows = meetings_of(person, structure).filter(kind=Meeting.Kind.CONCERTATION, state=Meeting.State.CLOSE)
    rows = rows.filter(starts_at__year__gte=year - 1, starts_at__year__lte=year + 1).order_by("starts_at", "pk")
    rows = rows.select_related("concertation").prefetch_related("attendances__member")
    return [_studied(each) for each in rows if timezone.localdate(each.starts_at).year == year]


def progress(structure: Structure, year: int, rows: Iterable[Studied]) -> Progress:
    """Where a structure is in a year, from its concertations; only the agreement of the MSP asks numbers of them."""
    every = list(rows)
    base = ConcertationYear.objects.filter(structure=structure, year=year).first()
    files = sum(each.counts.files for each in every if each.counts)
    asked = asked_in(year) if structure.kind == "msp" else Asked(None, None)
    return Progress(asked, len(every), files, base.patients if base else None)


def to_close(person: Person, structure: Structure, at: datetime.datetime) -> QuerySet[Meeting]:
    """The meetings that were held and are not closed."""
    return meetings_of(person, structure).filter(state=Meeting.State.PREVUE, starts_at__lte=at)


def usual_kinds(structure: Structure) -> list[Meeting.Kind]:
    """The kinds of meetings, those that the structure holds the most first."""
    held: Mapping[str, int] = dict(structure.meetings.order_by().values_list("kind").annotate(Count("pk")))
    return sorted(Meeting.Kind, key=lambda kind: -held.get(kind, 0))


def present_now(meeting: Meeting) -> tuple[int, int]:
    """How many are noted present, and how many are expected."""
    return meeting.attendances.filter(presence__in=HERE).count(), len(expected_of(meeting))


def _lately(meeting: Meeting) -> dict[object, int]:
    rows = meeting.structure.meetings.filter(kind=meeting.kind).exclude(pk=meeting.pk)
    latest = list(rows.exclude(state=Meeting.State.ANNULEE).values_list("pk", flat=True)[:LATEST])
    came = Attendance.objects.filter(meeting__in=latest, presence__in=HERE).order_by()
    return dict(came.values_list("member").annotate(Count("pk")))


def _studied(meeting: Meeting) -> Studied:
    came = [row for row in meeting.attendances.all() if row.presence in HERE]
    counts = meeting.concertation if hasattr(meeting, "concertation") else None
    professions = dict.fromkeys(name_of(row.member.metier) for row in came)
    return Studied(meeting, len(came), tuple(professions), counts)


def _told(member: Member) -> str:
    return french.fold(f"{member.prenom} {member.nom} {name_of(member.metier)}")
