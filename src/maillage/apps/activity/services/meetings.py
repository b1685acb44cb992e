"""The verbs on meetings: plan, move, cancel, note who came, report, close, open again.

A meeting is « prévue » until it is closed (its sheet is then sealed) or cancelled. What is not in the table of
transitions is refused.
"""

import datetime
import uuid
import zoneinfo
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.models import Attendance, AttendanceSheet, Expected, Meeting, MeetingSeries
from maillage.apps.activity.permissions import check_writes, may_reopen
from maillage.apps.activity.queries import HERE, not_noted
from maillage.apps.activity.sealing import clock, seal
from maillage.apps.activity.services.recounting import recount
from maillage.apps.activity.writing import NotNow, changes, check_unchanged, tell, values
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Member, Structure
from maillage.core.activity.attending import stayed
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

State = Meeting.State
Source = Attendance.Source
TRANSITIONS = {
    (State.PREVUE, "modifier"): State.PREVUE,
    (State.PREVUE, "noter"): State.PREVUE,
    (State.PREVUE, "clore"): State.CLOSE,
    (State.PREVUE, "annuler"): State.ANNULEE,
    (State.ANNULEE, "rétablir"): State.PREVUE,
    (State.CLOSE, "rouvrir"): State.PREVUE,
    (State.PREVUE, "compléter"): State.PREVUE,
    (State.CLOSE, "compléter"): State.CLOSE,
}
"""What a meeting becomes, by its state and the act. What is not here is refused."""
REFUSED = {
    State.PREVUE: "Cette réunion est encore ouverte.",
    State.CLOSE: "Cette réunion est close : sa feuille de présence est scellée. Il faut la rouvrir d'abord.",
    State.ANNULEE: "Cette réunion est annulée.",
}
MOVES = ("starts_at", "minutes", "place", "title")
"""What an agenda must learn."""
CLOSED_LATER = "Cette réunion n'a pas encore commencé : vous pourrez la clore à partir du {day}, {hour}."


class NotAllNoted(Exception):
    """Members of whom nobody said how they came: one says so before the sheet is sealed."""

    def __init__(self, members: Sequence[Member]) -> None:
        super().__init__(f"À noter avant de clore : {', '.join(map(str, members))}.")
        self.members = tuple(members)


@transaction.atomic
def plan_meeting(
    structure: Structure,
    fields: MeetingFields,
    *,
    zone: zoneinfo.ZoneInfo,
    series: MeetingSeries | None = None,
    by: User,
    at: datetime.datetime,
) -> Meeting:
    """Plan a meeting; its day and hour are those of ``zone``. Raises :class:`PatientData` or :class:`BadInput`."""
    check_writes(by, structure, "prévoir une réunion")
    meeting = Meeting(structure=structure, series=series)
    _fill(meeting, fields, zone)
    meeting.save(force_insert=True)
    tell(structure, by=by, at=at, verb="prévoir", subject=meeting, after=values(meeting))
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    fields: MeetingFields,
    *,
    zone: zoneinfo.ZoneInfo,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> Meeting:
    """Change a meeting that is not closed. Its invitation is then to be sent again when its time or place changes."""
    check_writes(by, meeting.structure, "modifier une réunion")
    row = locked(meeting, "modifier")
    check_unchanged(row, seen)
    before, span = values(row), (row.starts_at, row.minutes)
    _fill(row, fields, zone)
    changed = changes(before, values(row))
    if any(name in changed[1] for name in MOVES):
        row.sequence += 1
        changed = changes(before, values(row))
    if changed[1]:
        row.save()
        if counted := recount(row, span):
            changed[1]["présences recomptées"] = counted
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def write_report(meeting: Meeting, report: str, *, seen: str | None = None, by: User, at: datetime.datetime) -> Meeting:
    """Write the report of a meeting. ``seen``: the report that was shown, to lose nobody's words.

    Once the meeting is closed, a report that was never written may still be, once: the sheet does not hold it.
    """
    check_writes(by, meeting.structure, "écrire un compte rendu")
    row = locked(meeting, "compléter")
    if row.state == State.CLOSE and row.report:
        raise NotNow(REFUSED[State.CLOSE])
    if seen is not None and row.report != seen and row.report != report:
        raise BadInput([Problem("report", None, "le texte à jour : quelqu'un l'a modifié pendant que vous écriviez")])
    screened({"report": report})
    if row.report != report:
        before, row.report = row.report, report
        row.save(update_fields=["report"])
        tell(
            row.structure,
            by=by,
            at=at,
            verb="rédiger",
            subject=row,
            before={"report": before},
            after={"report": report},
        )
    return row


@transaction.atomic
def note_attendance(
    meeting: Meeting, given: Sequence[AttendanceFields], *, by: User, at: datetime.datetime
) -> list[Attendance]:
    """Note how these members came; whoever came without saying how long stayed the whole meeting.

    Raises :class:`BadInput` when someone is not of the team, :class:`NotNow` once the meeting is closed.
    """
    check_writes(by, meeting.structure, "noter les présences")
    return write_attendance(meeting, given, by=by, at=at)


def write_attendance(
    meeting: Meeting,
    given: Sequence[AttendanceFields],
    *,
    source: Attendance.Source = Source.EQUIPE,
    by: User | str,
    at: datetime.datetime,
) -> list[Attendance]:
    """Same, by whom the caller knows to be right: the team, or a member for themself. Call it in a transaction."""
    row = locked(meeting, "noter")
    members = {each.pk: each for each in row.structure.members.all()}
    if strangers := [each for each in given if each.member not in members]:
        raise BadInput([Problem("member", str(strangers[0].member), "un membre de l'équipe")])
    screened({f"mandated_by-{each.member}": each.mandated_by for each in given})
    held = {each.member_id: each for each in row.attendances.all()}
    before, after = {}, {}
    for each in given:
        old = held.get(each.member)
        new = _noted(row, members[each.member], each, old, source)
        if old is None or _said(old) != _said(new):
            before[str(each.member)], after[str(each.member)] = (_said(old) if old else None), _said(new)
            new.save()
    if after:
        tell(row.structure, by=by, at=at, verb="noter les présences", subject=row, before=before, after=after)
    return list(row.attendances.select_related("member"))


@transaction.atomic
def forget_attendance(
    meeting: Meeting, members: Collection[uuid.UUID], *, by: User, at: datetime.datetime
) -> list[Attendance]:
    """Note these members no more: a name touched by mistake does not stay on the sheet. Raises :class:`NotNow`."""
    check_writes(by, meeting.structure, "noter les présences")
    row = locked(meeting, "noter")
    rows = list(row.attendances.filter(member__in=members))
    if rows:
        row.attendances.filter(pk__in=[each.pk for each in rows]).delete()
        before = {str(each.member_id): _said(each) for each in rows}
        tell(row.structure, by=by, at=at, verb="effacer des présences", subject=row, before=before)
    return list(row.attendances.select_related("member"))


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, absent: bool = False, leave_out: bool = False, by: User, at: datetime.datetime
) -> AttendanceSheet:
    """Close a meeting: its sheet is sealed in a PDF, nothing in it changes any more. One person closes it, once.

    ``absent`` notes as absent whoever is not noted; ``leave_out`` keeps on the sheet only who is noted: nobody else
    was expected. Raises :class:`NotNow` when it is closed or cancelled, has not
    begun, or nobody is noted as present; :class:`NotAllNoted` when someone is not noted.
    """
    check_writes(by, meeting.structure, "clore une réunion")
    row = locked(meeting, "clore")
    _check_held(row, at)
    if leave_out:
        _expect_who_is_noted(row)
    left = not_noted(row)
    if left and not absent:
        raise NotAllNoted(left)
    if left:
        note_attendance(row, [AttendanceFields(member=each.pk, presence="absent") for each in left], by=by, at=at)
    sheet = seal(row, by=by, at=at)
    row.state = State.CLOSE
    row.save(update_fields=["state"])
    told = {"state": row.state, "feuille": sheet.number, "empreinte": sheet.fingerprint}
    tell(row.structure, by=by, at=at, verb="clore", subject=row, before={"state": State.PREVUE}, after=told)
    return sheet


@transaction.atomic
def reopen_meeting(meeting: Meeting, reason: str, *, by: User, at: datetime.datetime) -> Meeting:
    """Open a closed meeting again, for a reason that its sheets keep. Only who runs the structure may."""
    if not may_reopen(by, meeting.structure):
        raise NotAllowed("rouvrir une réunion close")
    row = locked(meeting, "rouvrir")
    said = " ".join(reason.split())[:300]
    if not said:
        raise BadInput([Problem("reason", None, "une raison : elle reste sur la feuille de présence")])
    screened({"reason": said})
    sheet = row.sheets.first()
    if sheet is not None:
        sheet.reopened_at, sheet.reopened_by, sheet.reopened_reason = at, by, said
        sheet.save(update_fields=["reopened_at", "reopened_by", "reopened_reason"])
    row.state = State.PREVUE
    row.save(update_fields=["state"])
    told = {"state": row.state, "raison": said}
    tell(row.structure, by=by, at=at, verb="rouvrir", subject=row, before={"state": State.CLOSE}, after=told)
    return row


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, at: datetime.datetime) -> Meeting:
    """Cancel a meeting that is not closed; nobody spent time in it."""
    return _turn(meeting, "annuler", by, at)


@transaction.atomic
def restore_meeting(meeting: Meeting, *, by: User, at: datetime.datetime) -> Meeting:
    """Plan again a meeting that was cancelled."""
    return _turn(meeting, "rétablir", by, at)


def locked(meeting: Meeting, act: str) -> Meeting:
    """The meeting as it is, held until the transaction ends. Raises :class:`NotNow` when it forbids the act."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("structure__organisation").get(pk=meeting.pk)
    if (State(row.state), act) not in TRANSITIONS:
        raise NotNow(REFUSED[State(row.state)])
    return row


def _check_held(meeting: Meeting, at: datetime.datetime) -> None:
    if meeting.starts_at > at:
        start = timezone.localtime(meeting.starts_at)
        raise NotNow(CLOSED_LATER.format(day=french.day(start.date()), hour=clock(start)))
    if not meeting.attendances.filter(presence__in=HERE).exists():
        raise NotNow("Personne n'est noté présent : notez les présences avant de clore, ou annulez la réunion.")


def _expect_who_is_noted(meeting: Meeting) -> None:
    meeting.expected.all().delete()
    noted = meeting.attendances.values_list("member_id", flat=True)
    Expected.objects.bulk_create([Expected(meeting=meeting, member_id=member) for member in noted])


def _turn(meeting: Meeting, act: str, by: User, at: datetime.datetime) -> Meeting:
    check_writes(by, meeting.structure, f"{act} une réunion")
    row = locked(meeting, act)
    before, row.state = State(row.state), TRANSITIONS[State(row.state), act]
    row.sequence += 1
    row.save(update_fields=["state", "sequence"])
    tell(row.structure, by=by, at=at, verb=act, subject=row, before={"state": before}, after={"state": row.state})
    return row


def _fill(meeting: Meeting, fields: MeetingFields, zone: zoneinfo.ZoneInfo) -> None:
    screened({"title": fields.title, "place": fields.place, "agenda": fields.agenda})
    meeting.kind, meeting.title, meeting.minutes = fields.kind, fields.title, fields.minutes
    meeting.starts_at = datetime.datetime.combine(fields.day, fields.hour, tzinfo=zone)
    meeting.place, meeting.agenda = fields.place, fields.agenda


def _noted(
    meeting: Meeting, member: Member, given: AttendanceFields, old: Attendance | None, source: Attendance.Source
) -> Attendance:
    came = given.presence in HERE
    is_same = old is not None and old.presence == given.presence
    return Attendance(
        pk=old.pk if old else None,
        meeting=meeting,
        member=member,
        presence=given.presence,
        minutes=_minutes(meeting, given) if came else 0,
        preparation=given.preparation,
        mandated_by=given.mandated_by,
        arrived_at=given.arrived_at if came else None,
        left_at=given.left_at if came else None,
        source=old.source if old is not None and is_same and source == Source.EQUIPE else source,
    )


def _minutes(meeting: Meeting, given: AttendanceFields) -> int:
    if given.minutes is not None:
        return given.minutes
    start = timezone.localtime(meeting.starts_at)
    try:
        return stayed(start, meeting.minutes, given.arrived_at, given.left_at)
    except ValueError as wrong:
        name = "left_at" if given.arrived_at is None else "arrived_at"
        raise BadInput([Problem(f"{name}-{given.member}", None, str(wrong))]) from None


def _said(row: Attendance) -> dict[str, object]:
    return {
        "presence": row.presence,
        "minutes": row.minutes,
        "preparation": row.preparation,
        "organisme": row.mandated_by,
        **({"arrivée": row.arrived_at.strftime("%H:%M")} if row.arrived_at else {}),
        **({"départ": row.left_at.strftime("%H:%M")} if row.left_at else {}),
        **({"noté par": row.source} if row.source != Source.EQUIPE else {}),
    }
