"""Reads of the activity, each within the right of who reads."""

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.models import Action, Attendance, AttendanceSheet, Meeting, Protocol
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.structures.models import Member, Structure
from maillage.core.projet.elaboration import TimeSpent

ELABORATION = (Meeting.Kind.PROJET, Meeting.Kind.GROUPE)
"""The kinds of meetings where a projet de santé is written."""


HERE = (Attendance.Presence.PRESENT, Attendance.Presence.DISTANCE)


@dataclass
class MemberTime:
    """What a member spent in closed meetings, in minutes; ``by_year``: (spent, mandated) by civil year."""

    member: Member
    meetings: int = 0
    minutes: int = 0
    preparation: int = 0
    mandated: int = 0
    by_year: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Time there and time of preparation."""
        return self.minutes + self.preparation


def actions_of(structure: Structure) -> QuerySet[Action]:
    """The sheets of a structure, in their order."""
    return structure.actions.select_related("pilot", "structure__organisation")


def action_of(structure: Structure, identifier: uuid.UUID) -> Action | None:
    """A sheet of a structure, ``None`` when it has none of this identifier."""
    return actions_of(structure).filter(pk=identifier).first()


def protocols_of(structure: Structure) -> QuerySet[Protocol]:
    """The protocols of a structure, in their order."""
    return structure.protocols.select_related("pilot", "structure__organisation")


def protocol_of(structure: Structure, identifier: uuid.UUID) -> Protocol | None:
    """A protocol of a structure."""
    return protocols_of(structure).filter(pk=identifier).first()


def meetings_of(person: Person, structure: Structure) -> QuerySet[Meeting]:
    """The meetings that a person may see, the latest first: an authority sees those that are closed."""
    rows = structure.meetings.select_related("structure__organisation").prefetch_related("attendances")
    return rows if may_see_inside(person, structure) else rows.filter(state=Meeting.State.CLOSE)


def meeting_of(person: Person, structure: Structure, identifier: uuid.UUID) -> Meeting | None:
    """A meeting that a person may see."""
    return meetings_of(person, structure).filter(pk=identifier).first()


def sheet_of(meeting: Meeting, number: int) -> AttendanceSheet | None:
    """A sealed sheet of a meeting."""
    return meeting.sheets.filter(number=number).first()


def team_of(meeting: Meeting) -> list[Member]:
    """Who may be on the sheet of a meeting: the team of today and of that day, and who is on it already."""
    day = timezone.localdate(meeting.starts_at)
    rows = meeting.structure.members.filter(left_on=None) | meeting.structure.members.filter(left_on__gte=day)
    known = {each.pk: each for each in rows.distinct()}
    for attendance in meeting.attendances.select_related("member"):
        known.setdefault(attendance.member_id, attendance.member)
    return sorted(known.values(), key=lambda each: (each.nom.lower(), each.prenom.lower(), str(each.pk)))


def not_noted(meeting: Meeting) -> list[Member]:
    """Who may be on the sheet of a meeting and of whom nobody said how they came."""
    held = set(meeting.attendances.values_list("member_id", flat=True))
    return [member for member in expected_of(meeting) if member.pk not in held]


def expected_of(meeting: Meeting) -> list[Member]:
    """Who is expected at a meeting: those who were named, the whole team when nobody was."""
    named = set(meeting.expected.values_list("member_id", flat=True))
    return [member for member in team_of(meeting) if not named or member.pk in named]


def minutes_spent(meeting: Meeting, rows: Iterable[Attendance], at: datetime.datetime) -> int | None:
    """What everybody spent in a meeting; ``None`` before it begins or when it is cancelled: no time is counted."""
    if meeting.starts_at > at or meeting.state == Meeting.State.ANNULEE:
        return None
    return sum(row.minutes + row.preparation for row in rows)


def closed_meetings(
    structure: Structure, *, since: datetime.date | None, until: datetime.date | None, kinds: Collection[str]
) -> list[Meeting]:
    """The closed meetings of a period (both days included), the oldest first."""
    rows = structure.meetings.filter(state=Meeting.State.CLOSE, kind__in=list(kinds))
    rows = rows.prefetch_related("attendances__member", "sheets").order_by("starts_at", "pk")
    return [
        row
        for row in rows
        if (since is None or timezone.localdate(row.starts_at) >= since)
        and (until is None or timezone.localdate(row.starts_at) <= until)
    ]


def time_by_member(meetings: Iterable[Meeting]) -> list[MemberTime]:
    """What each member spent in these meetings, by name."""
    found: dict[uuid.UUID, MemberTime] = {}
    for meeting in meetings:
        year = timezone.localdate(meeting.starts_at).year
        for row in meeting.attendances.all():
            _add(found.setdefault(row.member_id, MemberTime(row.member)), row, year)
    kept = [time for time in found.values() if time.total]
    return sorted(kept, key=lambda each: (each.member.nom.lower(), each.member.prenom.lower(), str(each.member.pk)))


def time_by_metier(times: Iterable[MemberTime]) -> list[tuple[str, int, int]]:
    """By métier (slug): people, minutes; the most time first."""
    found: dict[str, tuple[int, int]] = {}
    for time in times:
        people, minutes = found.get(time.member.metier, (0, 0))
        found[time.member.metier] = (people + 1, minutes + time.total)
    rows = [(metier, people, minutes) for metier, (people, minutes) in found.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def time_spent(times: Iterable[MemberTime]) -> list[TimeSpent]:
    """The same as the rules of the indemnity read it: a line by member and civil year."""
    return [
        TimeSpent(str(time.member.pk), str(time.member), time.member.metier, time.member.mode, year, minutes, mandated)
        for time in times
        for year, (minutes, mandated) in sorted(time.by_year.items())
        if minutes
    ]


def _add(time: MemberTime, row: Attendance, year: int) -> None:
    spent = row.minutes + row.preparation
    mandated = spent if row.mandated_by else 0
    time.meetings += 1 if row.minutes else 0
    time.minutes += row.minutes
    time.preparation += row.preparation
    time.mandated += mandated
    there = time.by_year.get(year, (0, 0))
    time.by_year[year] = (there[0] + spent, there[1] + mandated)
