"""Meetings already held or planned, from a spreadsheet: each with who came, closed at once when it is asked."""

import datetime
import re
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.importing.lists import Columns, Listed, Team, examine, without_twice
from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.services.meetings import close_meeting, note_attendance, plan_meeting, write_report
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Structure
from maillage.apps.structures.sheets import Row
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem, read

COLUMNS: Columns = {
    "title": ("sujet", "titre", "réunion"),
    "kind": ("nature", "type"),
    "day": ("date", "jour"),
    "hour": ("heure", "début", "heure de début"),
    "minutes": ("durée", "durée (minutes)", "minutes"),
    "place": ("lieu",),
    "agenda": ("ordre du jour",),
    "report": ("compte rendu",),
    "present": ("présents", "présent"),
    "distance": ("à distance", "présents à distance"),
    "excuse": ("excusés", "excusé"),
}
NEEDED = ("title", "day", "hour", "minutes")
EXAMPLE = (
    "Concertation de novembre", "concertation pluriprofessionnelle", "22/11/2026", "12:30", "60", "Salle du site A",
    "", "", "Prénom Nom, Prénom Nom", "", "",
)  # fmt: skip
WAYS = ("present", "distance", "excuse")
APART = re.compile(r"[,;\n]")


@dataclass(frozen=True)
class Held:
    """A line: the meeting, who came, what was said."""

    fields: MeetingFields
    attendance: tuple[AttendanceFields, ...]
    report: str


def read_meetings(structure: Structure, rows: Sequence[Row]) -> Listed[Held]:
    """Examine a list of meetings; nothing is written. Raises :class:`BadInput` when a title of column is missing."""
    team = Team(list(structure.members.all()))
    listed = examine(rows, COLUMNS, NEEDED, lambda cells: _held(cells, team))
    return without_twice(listed, _known(structure), lambda held: _key(_moment(held.fields), held.fields.title))


@transaction.atomic
def bring_meetings(
    structure: Structure,
    meetings: Sequence[Held],
    *,
    closed: bool,
    zone: zoneinfo.ZoneInfo,
    by: User,
    at: datetime.datetime,
) -> list[Meeting]:
    """Write every meeting of a list, or none. ``closed``: those that began and have someone present are closed too.

    Raises :class:`NotAllowed`, :class:`BadInput`, :class:`PatientData`.
    """
    written = []
    for each in meetings:
        meeting = plan_meeting(structure, each.fields, zone=zone, by=by, at=at)
        if each.attendance:
            note_attendance(meeting, each.attendance, by=by, at=at)
        if each.report:
            write_report(meeting, each.report, by=by, at=at)
        if closed and meeting.starts_at <= at and any(row.presence != "excuse" for row in each.attendance):
            close_meeting(meeting, absent=True, by=by, at=at)
        written.append(meeting)
    return written


def _known(structure: Structure) -> Iterator[tuple[datetime.datetime, str]]:
    """When each meeting of the structure begins and how it is called; one called off may be brought again."""
    rows = structure.meetings.exclude(state=Meeting.State.ANNULEE).values_list("starts_at", "title")
    return (_key(starts_at, title) for starts_at, title in rows)


def _key(starts_at: datetime.datetime, title: str) -> tuple[datetime.datetime, str]:
    return starts_at, fold(title)


def _moment(fields: MeetingFields) -> datetime.datetime:
    return datetime.datetime.combine(fields.day, fields.hour, timezone.get_current_timezone())


def _held(cells: Mapping[str, str], team: Team) -> Held:
    told = {name: cells[name] for name in MeetingFields.model_fields if cells.get(name)}
    problems: list[Problem] = []
    if "kind" in told:
        told["kind"] = _kind(told["kind"], problems)
    attendance = list(_attendance(cells, team, problems))
    try:
        fields = read(MeetingFields, {**dict.fromkeys(NEEDED, ""), **told})
        screened({name: cells.get(name, "") for name in ("title", "place", "agenda", "report")})
    except BadInput as wrong:
        raise BadInput([*problems, *wrong.problems]) from None
    if problems:
        raise BadInput(problems)
    return Held(fields, tuple(attendance), cells.get("report", ""))


def _kind(words: str, problems: list[Problem]) -> str:
    known = {fold(label): code for code, label in Meeting.Kind.choices} | {code: code for code in Meeting.Kind.values}
    if fold(words) not in known:
        problems.append(Problem("kind", words, f"l'une de : {', '.join(Meeting.Kind.labels)}"))
    return known.get(fold(words), Meeting.Kind.PROJET)


def _attendance(cells: Mapping[str, str], team: Team, problems: list[Problem]) -> Iterator[AttendanceFields]:
    seen = set()
    for way in WAYS:
        for words in filter(None, map(str.strip, APART.split(cells.get(way, "")))):
            try:
                member = team.find(way, words)
            except BadInput as wrong:
                problems += wrong.problems
                continue
            if member.pk in seen:
                problems.append(Problem(way, words, "chaque personne une seule fois"))
                continue
            seen.add(member.pk)
            yield read(AttendanceFields, {"member": member.pk, "presence": way})
