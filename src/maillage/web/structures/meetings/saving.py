"""What the page of an open meeting saves at once: the files that it studied, its report, who came."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from maillage.apps.accounts.models import User
from maillage.apps.activity.fields import read_minutes
from maillage.apps.activity.inputs import AttendanceFields
from maillage.apps.activity.meeting_inputs import ConcertationFields
from maillage.apps.activity.models import Attendance, Concertation, Meeting
from maillage.apps.activity.queries import HERE, not_noted, team_of
from maillage.apps.activity.services import around
from maillage.apps.activity.services import meetings as services
from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import now
from maillage.web.activite.form import Field, typed_in
from maillage.web.screening import received
from maillage.web.structures.access import person
from maillage.web.structures.meetings.parts import concertation_fields
from maillage.web.structures.meetings.sheet import NOT_NOTED, PRECISIONS

LABELS = dict(zip(PRECISIONS, ("Temps", "Préparation", "Organisme", "Arrivée", "Départ"), strict=True))
REPORT = Field("report", "Compte rendu", "words", rows=8)
COUNTS, WORDS, PRESENCES = "concertation", "report", "presences"
"""The parts of the page, in the order in which they are saved."""
WHOLE = "un nombre entier"


class NotSaved(Exception):
    """A part was refused; those before it are saved, those after it are not."""

    def __init__(self, part: str, wrong: BadInput | NotNow) -> None:
        super().__init__(part)
        self.part, self.wrong = part, wrong


def typed_of(request: HttpRequest, meeting: Meeting) -> QueryDict:
    """What was typed, masked where its author asked for it."""
    mandates = [f"mandated_by-{member.pk}" for member in team_of(meeting)]
    return received(request, [REPORT.name, *mandates])


def save(request: HttpRequest, meeting: Meeting, data: QueryDict) -> list[Attendance]:
    """Save every part that the page sent; who is noted now. Raises :class:`NotSaved`."""
    rows: list[Attendance] = []
    for part, write in ((COUNTS, write_counts), (WORDS, write_words), (PRESENCES, write_presences)):
        try:
            rows = write(meeting, data, person(request)) or []
        except (BadInput, NotNow) as wrong:
            raise NotSaved(part, wrong) from wrong
    return rows


def write_counts(meeting: Meeting, data: QueryDict, by: User) -> None:
    """Write the files that a concertation studied, as soon as they are counted."""
    typed = typed_in(data, concertation_fields(meeting))
    is_counted = Concertation.objects.filter(meeting=meeting).exists()
    if meeting.kind != Meeting.Kind.CONCERTATION or "files" not in data or not (is_counted or any(typed.values())):
        return
    around.count_files(meeting, counts_of(typed), by=by, at=now())


def write_words(meeting: Meeting, data: QueryDict, by: User) -> None:
    """Write the report, when it was changed on this page."""
    text, before = clean(data.get(REPORT.name, "")), data.get("avant", "").replace("\r\n", "\n")
    if REPORT.name in data and text != before:
        services.write_report(meeting, text, seen=before, by=by, at=now())


def write_presences(meeting: Meeting, data: QueryDict, by: User) -> list[Attendance]:
    """Note who came, forget who was touched by mistake; ``tous``: whoever is left is present."""
    rows, forgotten = given(data, meeting)
    noted = services.note_attendance(meeting, rows, by=by, at=now())
    if forgotten:
        noted = services.forget_attendance(meeting, forgotten, by=by, at=now())
    if "tous" in data:
        everyone = [AttendanceFields(member=each.pk, presence="present") for each in not_noted(meeting)]
        noted = services.note_attendance(meeting, everyone, by=by, at=now())
    return noted


def clean(text: str) -> str:
    """A report as it is kept."""
    return text.replace("\r\n", "\n").strip()


def fields_of(meeting: Meeting) -> list[Field]:
    """The fields of each member, by name: what a refusal stands beside."""
    return [
        Field(f"{name}-{member.pk}", f"{label}, {member}")
        for member in team_of(meeting)
        for name, label in LABELS.items()
    ]


def counts_of(typed: Mapping[str, Any]) -> ConcertationFields:
    """The counts of a concertation. Raises :class:`BadInput`."""
    eligible = whole("eligible", typed["eligible"]) if typed["eligible"].strip() else None
    told = {"files": whole("files", typed["files"]), "eligible": eligible, "themes": tuple(typed.get("themes", ()))}
    try:
        return read(ConcertationFields, told)
    except BadInput as wrong:
        raise BadInput([Problem(each.field or "eligible", None, each.expected) for each in wrong.problems]) from None


def whole(name: str, text: str) -> int:
    """A count. Raises :class:`BadInput`."""
    bare = "".join(text.split())
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= len("999999")):
        raise BadInput([Problem(name, text, WHOLE)])
    return int(bare)


def given(data: QueryDict, meeting: Meeting) -> tuple[list[AttendanceFields], list[Any]]:
    """What was noted on this page, and who is noted no more. Raises :class:`BadInput`.

    A line that says what the page showed is left alone: someone else, or the member, may have noted it since.
    """
    problems: list[Problem] = []
    rows, forgotten = [], []
    for member in team_of(meeting):
        presence = data.get(f"presence-{member.pk}", "")
        if not presence or _is_untouched(data, member):
            continue
        if presence == NOT_NOTED:
            forgotten.append(member.pk)
            continue
        try:
            rows.append(_of_member(data, member, presence))
        except BadInput as wrong:
            problems += [Problem(f"{each.field}-{member.pk}", each.value, each.expected) for each in wrong.problems]
    if problems:
        raise BadInput(problems)
    return rows, forgotten


def touched(data: QueryDict, members: Iterable[Member]) -> list[Member]:
    """The members whose line was changed on this page."""
    return [each for each in members if data.get(f"presence-{each.pk}") and not _is_untouched(data, each)]


def _is_untouched(data: QueryDict, member: Member) -> bool:
    shown = data.get(f"etait-{member.pk}")
    return shown is not None and shown == "|".join(
        data.get(f"{name}-{member.pk}", "").strip() for name in ("presence", *PRECISIONS)
    )


def _of_member(data: QueryDict, member: Member, presence: str) -> AttendanceFields:
    typed = {name: data.get(f"{name}-{member.pk}", "").strip() for name in PRECISIONS}
    times: dict[str, int] = {}
    for name in ("minutes", "preparation"):
        try:
            times[name] = read_minutes(typed[name])
        except ValueError as wrong:
            raise BadInput([Problem(name, typed[name], str(wrong))]) from None
    came = presence in HERE
    told = {"member": member.pk, "presence": presence, "preparation": times["preparation"]}
    told |= {"minutes": times["minutes"] if typed["minutes"] and came else None, "mandated_by": typed["mandated_by"]}
    told |= {name: typed[name] if came else None for name in ("arrived_at", "left_at")}
    return read(AttendanceFields, told)
