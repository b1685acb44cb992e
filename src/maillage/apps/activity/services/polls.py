"""The verbs on polls of dates: open one, write to who is asked, answer, keep a date, give up.

Each person who is asked has a link of their own: their key, signed. It needs no account and opens nothing else.
"""

import datetime
import uuid
import zoneinfo
from collections.abc import Collection, Mapping
from email.utils import parseaddr

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.models import DatePoll, Expected, Meeting, PollAnswer, PollDate, PollVoter
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.poll_inputs import PollFields
from maillage.apps.activity.sealing import clock
from maillage.apps.activity.services.check_in import CLOSED, LEFT, left_before
from maillage.apps.activity.services.invitations import address_of, appointment_of
from maillage.apps.activity.services.meetings import plan_meeting
from maillage.apps.activity.writing import NotNow, tell, values
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.apps.structures.models import Member, Structure
from maillage.core.documents.invitations import invitation
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.elaboration import hours

State = DatePoll.State
BY_LINK = "lien de sondage"
"""Who acts in the log when somebody answers by their link: it does not tell who they are."""
SIGNER = signing.Signer(sep=".", salt="maillage.sondage")
TRANSITIONS = {
    (State.OUVERT, "retenir"): State.RETENU,
    (State.OUVERT, "abandonner"): State.ABANDONNE,
    (State.ABANDONNE, "rétablir"): State.OUVERT,
}
REFUSED = {
    State.OUVERT: "Ce sondage est ouvert.",
    State.RETENU: "La date est déjà retenue : la réunion est prévue.",
    State.ABANDONNE: "Ce sondage est abandonné.",
}
SUBJECT = "Trouver une date de réunion : votre réponse"
TEXT = """Bonjour {name},

{structure} cherche une date pour une réunion : {title} ({length}{place}).
{words}
Dites quand vous pouvez venir{before}, sans mot de passe :
{link}

Dates proposées :
{dates}

Ce lien est le vôtre : ne le transmettez pas.
"""

KEPT = """Bonjour {name},

La date de la réunion « {title} » de {structure} est fixée.

Quand : {day}, à {hour} ({length}).
Où : {place}.

Le fichier joint s'ajoute à votre agenda.
"""


@transaction.atomic
def open_poll(
    structure: Structure, fields: PollFields, *, zone: zoneinfo.ZoneInfo, by: User, at: datetime.datetime
) -> DatePoll:
    """Open a poll; nothing is sent yet. Raises :class:`PatientData`, :class:`BadInput`."""
    check_writes(by, structure, "ouvrir un sondage de dates")
    screened({"title": fields.title, "place": fields.place, "words": fields.words})
    screened({"guests": "\n".join(name for name, _address in fields.guests)}, kinds=OF_A_NAME)
    moments = _to_come(fields, zone, at)
    told = fields.model_dump(include={"title", "kind", "minutes", "place", "words", "answer_by"})
    poll = DatePoll.objects.create(structure=structure, **told, created_at=at, created_by=by)
    PollDate.objects.bulk_create(PollDate(poll=poll, starts_at=moment) for moment in moments)
    asked = _members(structure, fields.members)
    voters = [PollVoter(poll=poll, member=member) for member in asked]
    voters += [PollVoter(poll=poll, nom=name, email=address) for name, address in fields.guests]
    PollVoter.objects.bulk_create(voters)
    after = values(poll) | {"dates": [each.isoformat() for each in moments], "personnes": len(voters)}
    tell(structure, by=by, at=at, verb="ouvrir un sondage", subject=poll, after=after)
    return poll


def send_links(poll: DatePoll, *, by: User, at: datetime.datetime) -> tuple[list[PollVoter], list[PollVoter]]:
    """Write to whoever has not answered and still may; who was told, and who was not (no address, or a failure).

    Call it outside of any transaction. Raises :class:`NotNow` when the poll is not open, :class:`TooMuchMail`.
    """
    check_writes(by, poll.structure, "envoyer un sondage de dates")
    if poll.state != State.OUVERT:
        raise NotNow(REFUSED[State(poll.state)])
    rows = poll.voters.filter(answered_at=None).select_related("member__user")
    waiting = [voter for voter in rows if not why_shut(voter, at)]
    reached = {voter: to for voter in waiting if (to := voter_address(voter))}
    mail_quota.reserve(len(reached), by=str(by.pk), scope=str(poll.structure.organisation_id), at=at)
    mails = {voter: Mail(to, SUBJECT, text_of(poll, voter)) for voter, to in reached.items()}
    lost = deliver(mails.values())
    told = [voter for voter, mail in mails.items() if mail not in lost]
    with transaction.atomic():
        PollVoter.objects.filter(pk__in=[voter.pk for voter in told]).update(sent_at=at)
        tell(poll.structure, by=by, at=at, verb="envoyer le sondage", subject=poll, after={"personnes": len(told)})
    return told, [voter for voter in waiting if voter not in told]


@transaction.atomic
def answer(voter: PollVoter, choices: Mapping[int, str], *, by: User | None = None, at: datetime.datetime) -> PollVoter:
    """Say for each date (by its key) whether one can come; a new answer replaces the former.

    ``by`` is nobody when it comes by the personal link. Raises :class:`NotNow` once the poll is over, for who left the
    team or when the structure is closed, :class:`BadInput` when a date has no answer.
    """
    poll = _locked(voter.poll_id)
    if refused := why_shut(voter, at) or ("" if poll.state == State.OUVERT else REFUSED[State(poll.state)]):
        raise NotNow(refused)
    dates = list(poll.dates.all())
    wrong = [each for each in dates if choices.get(each.pk) not in PollAnswer.Choice.values]
    if wrong:
        raise BadInput([Problem(f"date-{each.pk}", None, "oui, si besoin ou non") for each in wrong])
    voter.answers.all().delete()
    PollAnswer.objects.bulk_create(PollAnswer(voter=voter, date=each, choice=choices[each.pk]) for each in dates)
    voter.answered_at = at
    voter.save(update_fields=["answered_at"])
    scope = str(poll.structure.organisation_id)
    record(by=by or BY_LINK, at=at, verb="répondre au sondage", subject=poll, scope=scope, after={"réponse": "reçue"})
    return voter


@transaction.atomic
def keep_date(poll: DatePoll, date: PollDate, *, zone: zoneinfo.ZoneInfo, by: User, at: datetime.datetime) -> Meeting:
    """Keep one of the dates: the meeting is planned then, with the members who were asked.

    Raises :class:`NotNow` when the poll is over.
    """
    check_writes(by, poll.structure, "retenir une date")
    row = _turned(poll, "retenir")
    start = date.starts_at.astimezone(zone)
    given = {"title": row.title, "kind": row.kind, "minutes": row.minutes, "place": row.place}
    fields = MeetingFields.model_validate({**given, "day": start.date(), "hour": f"{start:%H:%M}"})
    meeting = plan_meeting(row.structure, fields, zone=zone, by=by, at=at)
    _expect(meeting, row)
    row.meeting = meeting
    row.save(update_fields=["state", "meeting"])
    after = {"state": row.state, "date": date.starts_at.isoformat()}
    tell(row.structure, by=by, at=at, verb="retenir une date", subject=row, before={"state": poll.state}, after=after)
    return meeting


def tell_guests(
    poll: DatePoll, meeting: Meeting, *, by: User, at: datetime.datetime
) -> tuple[list[PollVoter], list[PollVoter]]:
    """Tell the date that was kept to whoever was asked without being a member; who was told, and who was not.

    Call it outside of any transaction. Raises :class:`TooMuchMail`.
    """
    check_writes(by, poll.structure, "prévenir de la date retenue")
    waiting = list(poll.voters.filter(member=None).exclude(email=""))
    mail_quota.reserve(len(waiting), by=str(by.pk), scope=str(poll.structure.organisation_id), at=at)
    mails = {voter: _kept(poll, meeting, voter, at) for voter in waiting}
    lost = deliver(mails.values())
    reached = [voter for voter, mail in mails.items() if mail not in lost]
    if reached:
        with transaction.atomic():
            after = {"personnes": len(reached)}
            tell(poll.structure, by=by, at=at, verb="prévenir de la date retenue", subject=poll, after=after)
    return reached, [voter for voter in waiting if voter not in reached]


@transaction.atomic
def turn(poll: DatePoll, act: str, *, by: User, at: datetime.datetime) -> DatePoll:
    """Give up a poll, or open it again. Raises :class:`NotNow`."""
    check_writes(by, poll.structure, f"{act} un sondage de dates")
    row = _turned(poll, act)
    row.save(update_fields=["state"])
    told = {"before": {"state": poll.state}, "after": {"state": row.state}}
    tell(row.structure, by=by, at=at, verb=act, subject=row, **told)
    return row


def link_of(voter: PollVoter) -> str:
    """The personal part of the link of somebody who is asked."""
    return SIGNER.sign(str(voter.pk))


def voter_of(link: str) -> PollVoter | None:
    """Whose link this is; ``None`` when it was not made here, or when its poll is gone."""
    try:
        key = uuid.UUID(SIGNER.unsign(link))
    except (signing.BadSignature, ValueError):
        return None
    related = ("member", "poll__structure__organisation", "poll__meeting")
    return PollVoter.objects.filter(pk=key).select_related(*related).first()


def why_shut(voter: PollVoter, at: datetime.datetime) -> str:
    """Why this person answers no more, in words: the structure is closed, or they left the team; else empty."""
    if voter.poll.structure.organisation.closed_at is not None:
        return CLOSED
    return LEFT if voter.member is not None and left_before(voter.member, timezone.localdate(at)) else ""


def link_address(voter: PollVoter) -> str:
    """The whole address where somebody answers."""
    return f"{settings.SITE_ADDRESS}/sondages/{link_of(voter)}/"


def voter_address(voter: PollVoter) -> str:
    """Where to write to somebody who is asked."""
    return address_of(voter.member) if voter.member is not None else voter.email


def text_of(poll: DatePoll, voter: PollVoter) -> str:
    """The message to somebody who is asked."""
    moments = [timezone.localtime(each.starts_at) for each in poll.dates.all()]
    return TEXT.format(
        name=voter,
        structure=poll.structure.nom,
        title=poll.title,
        length=hours(poll.minutes),
        place=f", {poll.place}" if poll.place else "",
        words=f"\n{poll.words}\n" if poll.words else "",
        before=f" avant le {french.day(poll.answer_by)}" if poll.answer_by else "",
        link=link_address(voter),
        dates="\n".join(f"- {french.dated(each.date())}, {clock(each)}" for each in moments),
    )


def _kept(poll: DatePoll, meeting: Meeting, voter: PollVoter, at: datetime.datetime) -> Mail:
    start = timezone.localtime(meeting.starts_at)
    link = link_address(voter)
    planned = appointment_of(meeting, address=link, sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], inside=False)
    told = {
        "name": voter,
        "structure": poll.structure.nom,
        "title": meeting.title,
        "day": french.dated(start.date()),
        "hour": clock(start),
        "length": hours(meeting.minutes),
        "place": meeting.place or "à préciser",
    }
    calendar = invitation(planned, at=at, guest=(str(voter), voter.email))
    return Mail(voter.email, f"Date retenue : {french.day(start.date())}", KEPT.format(**told), calendar)


def _to_come(fields: PollFields, zone: zoneinfo.ZoneInfo, at: datetime.datetime) -> list[datetime.datetime]:
    """The moments that are proposed. Raises :class:`BadInput` for one that is past, or an answer awaited too late."""
    moments = [each.moment.replace(tzinfo=zone) for each in fields.dates]
    wrong = [
        Problem(f"dates.{rank}.day", each.isoformat(), "une date à venir")
        for rank, each in enumerate(moments)
        if each <= at
    ]
    last = max(each.date() for each in moments)
    if fields.answer_by is not None and not at.astimezone(zone).date() <= fields.answer_by <= last:
        told = fields.answer_by.isoformat()
        wrong.append(Problem("answer_by", told, "un jour entre aujourd'hui et la dernière date proposée"))
    if wrong:
        raise BadInput(wrong)
    return moments


def _members(structure: Structure, chosen: Collection[uuid.UUID]) -> list[Member]:
    team = structure.members.filter(left_on=None)
    found = list(team.filter(pk__in=chosen) if chosen else team)
    if len(found) < len(set(chosen)):
        raise BadInput([Problem("members", None, "des membres de l'équipe d'aujourd'hui")])
    return found


def _expect(meeting: Meeting, poll: DatePoll) -> None:
    """Only those who were asked are expected, unless it was the whole team."""
    asked = list(poll.voters.exclude(member=None).values_list("member", flat=True))
    if asked and meeting.structure.members.filter(left_on=None).exclude(pk__in=asked).exists():
        Expected.objects.bulk_create(Expected(meeting=meeting, member_id=key) for key in asked)


def _locked(key: uuid.UUID) -> DatePoll:
    return DatePoll.objects.select_for_update(of=("self",)).select_related("structure__organisation").get(pk=key)


def _turned(poll: DatePoll, act: str) -> DatePoll:
    row = _locked(poll.pk)
    if (State(row.state), act) not in TRANSITIONS:
        raise NotNow(REFUSED[State(row.state)])
    row.state = TRANSITIONS[State(row.state), act]
    return row
