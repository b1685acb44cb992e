"""The verbs on an assembly: call it, call it a second time, say who votes, who presides, who came."""

import datetime
import uuid
import zoneinfo
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.models import Expected, Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.services import meetings
from maillage.apps.activity.writing import NotNow, check_unchanged, tell, values
from maillage.apps.governance.counting import electorate, quorum_of
from maillage.apps.governance.inputs import AssemblyFields
from maillage.apps.governance.models import Assembly, Body, Candidate, Resolution, Voter, VotingRules
from maillage.apps.governance.writing import created, member_of, open_body, saved
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

CALL = "convoquer une assemblée"
TOO_SOON = "Vos statuts demandent {days} jours après la première convocation."
BOUND = "Un membre qui a voté, ou qu'un pouvoir lie, reste sur la liste : retirez d'abord son pouvoir."
NOT_BEGUN = "La première assemblée n'a pas encore commencé."
NOT_LACKING = "Une seconde convocation suit une assemblée sans quorum : ici, le quorum n'est pas dit manquant."


@transaction.atomic
def call_assembly(
    structure: Structure, fields: AssemblyFields, *, zone: zoneinfo.ZoneInfo, by: User, at: datetime.datetime
) -> Assembly:
    """Plan the meeting of a body, with who may vote in it. Raises :class:`BadInput`, :class:`NotNow`."""
    check_writes(by, structure, CALL)
    body, rules = _chosen(structure, fields)
    _check_once(body, fields)
    meeting = meetings.plan_meeting(structure, _meeting(fields, body), zone=zone, by=by, at=at)
    assembly = Assembly(meeting=meeting, body=body, rules=rules)
    created(assembly, structure, by=by, at=at)
    _call(assembly, electorate(body, timezone.localdate(meeting.starts_at)))
    return assembly


@transaction.atomic
def change_assembly(
    assembly: Assembly,
    fields: AssemblyFields,
    *,
    zone: zoneinfo.ZoneInfo,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> Assembly:
    """Change the day, the place, the rules of an assembly that is not closed; its body stays."""
    row = opened(assembly, by=by, act=CALL)
    body, rules = _chosen(row.body.structure, fields)
    if body != row.body:
        raise BadInput([Problem("body", None, "le même organe : convoquez une autre assemblée pour un autre organe")])
    row.meeting = meetings.change_meeting(row.meeting, _meeting(fields, body), zone=zone, seen=seen, by=by, at=at)
    before, row.rules = values(row), rules
    saved(row, before, body.structure, by=by, at=at)
    return row


@transaction.atomic
def call_again(
    first: Assembly, fields: AssemblyFields, *, zone: zoneinfo.ZoneInfo, by: User, at: datetime.datetime
) -> Assembly:
    """Call a second time an assembly that had no quorum: same voters, what was not voted comes back."""
    check_writes(by, first.body.structure, CALL)
    row = Assembly.objects.select_for_update(of=("self",)).select_related("meeting", "body", "rules").get(pk=first.pk)
    if row.meeting.starts_at > at:
        raise NotNow(NOT_BEGUN)
    if Assembly.objects.filter(first=row).exists():
        raise NotNow("Cette assemblée a déjà une seconde convocation.")
    if quorum_of(row).is_reached is not False:
        raise NotNow(NOT_LACKING)
    _check_delay(row, fields.day)
    again = call_assembly(first.body.structure, fields, zone=zone, by=by, at=at)
    again.voters.all().delete()
    _call(again, [(each.member, each.college_id) for each in row.voters.select_related("member")])
    before, again.first = values(again), row
    saved(again, before, row.body.structure, by=by, at=at)
    _carried_over(row, again)
    return again


@transaction.atomic
def set_voters(
    assembly: Assembly,
    chosen: Mapping[uuid.UUID, uuid.UUID | None],
    *,
    by: User,
    at: datetime.datetime,
) -> None:
    """Say who may vote, and in which collège. Who voted, gave or holds a power stays."""
    row = opened(assembly, by=by, act="dire qui vote")
    colleges = set(row.body.colleges.values_list("pk", flat=True))
    if any(each is not None and each not in colleges for each in chosen.values()):
        raise BadInput([Problem("college", None, "un collège de cet organe")])
    rows = row.voters.prefetch_related("ballots", "powers", "power")
    held = {each.member_id: each for each in rows}
    gone = [each for key, each in held.items() if key not in chosen]
    if any(each.ballots.all() or each.powers.all() or hasattr(each, "power") for each in gone):
        raise NotNow(BOUND)
    known = set(row.body.structure.members.values_list("pk", flat=True))
    if unknown := [key for key in chosen if key not in known]:
        raise BadInput([Problem("membre", str(unknown[0]), "un membre de l'équipe")])
    row.voters.filter(pk__in=[each.pk for each in gone]).delete()
    _placed(row, held, chosen)
    _expect(row)
    told = {"membres": sorted(str(key) for key in chosen)}
    tell(row.body.structure, by=by, at=at, verb="dire qui vote", subject=row, after=told)


@transaction.atomic
def name_officers(
    assembly: Assembly,
    chair: uuid.UUID | None,
    secretary: uuid.UUID | None,
    *,
    report: str,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> Assembly:
    """Say who presides, who writes the minutes, and what was said. ``seen``: the stamp of the meeting shown."""
    row = opened(assembly, by=by, act="écrire un procès-verbal")
    check_unchanged(row.meeting, seen)
    before, structure = values(row), row.body.structure
    row.chair = member_of(structure, chair, "chair") if chair else None
    row.secretary = member_of(structure, secretary, "secretary") if secretary else None
    saved(row, before, structure, by=by, at=at)
    row.meeting = meetings.write_report(row.meeting, report, by=by, at=at)
    return row


@transaction.atomic
def note_presences(assembly: Assembly, given: Mapping[uuid.UUID, str], *, by: User, at: datetime.datetime) -> None:
    """Note how the voters came, by member; who is noted the same way already keeps their hours."""
    row = opened(assembly, by=by, act="noter les présences")
    held = {each.member_id: each.presence for each in row.meeting.attendances.all()}
    called = set(row.voters.values_list("member_id", flat=True))
    changed = {key: how for key, how in given.items() if key in called and held.get(key) != how}
    fields = [AttendanceFields(member=key, presence=how) for key, how in changed.items()]
    if fields:
        meetings.note_attendance(row.meeting, fields, by=by, at=at)


def opened(assembly: Assembly, *, by: User, act: str) -> Assembly:
    """An assembly whose meeting is still open, both held until the transaction ends. Raises :class:`NotNow`."""
    check_writes(by, assembly.body.structure, act)
    return held_open(assembly)


def held_open(assembly: Assembly) -> Assembly:
    """The same, when the caller has checked the right."""
    rows = Assembly.objects.select_for_update(of=("self",)).select_related("body__structure__organisation", "rules")
    row = rows.get(pk=assembly.pk)
    row.meeting = meetings.locked(row.meeting, "noter")
    return row


def _chosen(structure: Structure, fields: AssemblyFields) -> tuple[Body, VotingRules | None]:
    body = structure.bodies.filter(pk=fields.body).first()
    if body is None:
        raise BadInput([Problem("body", None, "un organe de la structure")])
    body = open_body(body)
    rules = None if fields.rules is None else body.rules.filter(pk=fields.rules).first()
    if fields.rules is not None and rules is None:
        raise BadInput([Problem("rules", None, "des règles de cet organe")])
    return body, rules or _only(body)


def _check_once(body: Body, fields: AssemblyFields) -> None:
    """A body meets once at a time: the same form sent twice calls one assembly."""
    for each in body.assemblies.exclude(meeting__state=Meeting.State.ANNULEE).select_related("meeting"):
        start = timezone.localtime(each.meeting.starts_at)
        if (start.date(), start.time()) == (fields.day, fields.hour):
            raise BadInput([Problem("hour", fields.hour, "une autre heure : cet organe est déjà convoqué à celle-ci")])


def _only(body: Body) -> VotingRules | None:
    rows = list(body.rules.all()[:2])
    return rows[0] if len(rows) == 1 else None


def _meeting(fields: AssemblyFields, body: Body) -> MeetingFields:
    told = fields.model_dump(exclude={"body", "rules"})
    told["day"], told["hour"] = fields.day.isoformat(), f"{fields.hour:%H:%M}"
    kind = Meeting.Kind.ASSEMBLEE if body.kind == Body.Kind.ASSEMBLEE else Meeting.Kind.BUREAU
    return MeetingFields(**told, kind=kind.value)


def _call(assembly: Assembly, voters: Collection[tuple[Member, uuid.UUID | None]]) -> None:
    Voter.objects.bulk_create(
        [Voter(assembly=assembly, member=member, college_id=college) for member, college in voters]
    )
    _expect(assembly)


def _placed(assembly: Assembly, held: Mapping[uuid.UUID, Voter], chosen: Mapping[uuid.UUID, uuid.UUID | None]) -> None:
    """Add who is new to the list, move who changed of collège."""
    Voter.objects.bulk_create(
        [Voter(assembly=assembly, member_id=key, college_id=chosen[key]) for key in chosen if key not in held]
    )
    moved = [voter for key, voter in held.items() if key in chosen and voter.college_id != chosen[key]]
    for voter in moved:
        voter.college_id = chosen[voter.member_id]
    Voter.objects.bulk_update(moved, ["college"])


def _expect(assembly: Assembly) -> None:
    """Who may vote is who is expected at the meeting."""
    assembly.meeting.expected.all().delete()
    members = assembly.voters.values_list("member_id", flat=True)
    Expected.objects.bulk_create([Expected(meeting=assembly.meeting, member_id=member) for member in members])


def _check_delay(first: Assembly, day: datetime.date) -> None:
    days = first.rules.second_days if first.rules else None
    held = timezone.localdate(first.meeting.starts_at)
    if day <= held:
        raise BadInput([Problem("day", None, "un jour après la première assemblée")])
    if days is not None and (day - held).days < days:
        raise NotNow(TOO_SOON.format(days=days))


def _carried_over(first: Assembly, again: Assembly) -> None:
    for old in first.resolutions.filter(state=Resolution.State.A_VOTER).prefetch_related("candidates"):
        new = Resolution.objects.create(
            assembly=again,
            position=old.position,
            kind=old.kind,
            title=old.title,
            text=old.text,
            way=old.way,
            elects=old.elects,
        )
        Candidate.objects.bulk_create(
            [
                Candidate(resolution=new, member_id=each.member_id, function=each.function)
                for each in old.candidates.all()
            ]
        )
