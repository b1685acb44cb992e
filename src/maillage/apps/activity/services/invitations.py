"""Inviting the members to a meeting, by e-mail with the invitation that their agenda reads."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.between_meetings import agenda_of
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.sealing import clock
from maillage.apps.activity.services.meetings import REFUSED, State
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.structures.models import Member
from maillage.core.documents.invitations import Appointment, cancellation, invitation
from maillage.core.kernel import french
from maillage.core.projet.elaboration import hours

Link = Callable[[Member], str]
TEXT = """Bonjour,

{structure} vous invite à une réunion : {title}.

Quand : {day}, à {hour} ({length}).
Où : {place}.
{agenda}
L'invitation jointe s'ajoute à votre agenda.
La réunion, avec son ordre du jour : {address}
{own}"""
OWN = """
Pendant la réunion, ce lien à votre nom note votre présence. Ne le transmettez pas :
{link}
"""
CANCELLED = """Bonjour,

La réunion « {title} » de {structure}, prévue le {day} à {hour}, est annulée.
Le fichier joint la retire de votre agenda.
"""


@dataclass(frozen=True)
class Sent:
    """What happened: the members who were written to, those whose message did not leave, those without an address."""

    told: tuple[Member, ...]
    failed: tuple[Member, ...]
    without: tuple[Member, ...]


@dataclass(frozen=True)
class Words:
    """What every message says: the page of the meeting, who writes, and the link of each member."""

    address: str
    sender: str
    link: Link | None = None


def invite(
    meeting: Meeting,
    members: Collection[Member],
    *,
    address: str,
    sender: str,
    link: Link | None = None,
    by: User,
    at: datetime.datetime,
) -> Sent:
    """Invite these members. ``address`` is the page of the meeting, ``sender`` the e-mail that invitations come from;
    ``link`` makes the address where a member notes themself present.

    The messages leave once the act is written. Raises :class:`NotNow` when the meeting is closed or cancelled,
    :class:`TooMuchMail`.
    """
    if meeting.state != State.PREVUE:
        raise NotNow(REFUSED[State(meeting.state)])
    return _send(meeting, members, "inviter", Words(address, sender, link), by, at)


def tell_cancelled(
    meeting: Meeting, members: Collection[Member], *, address: str, sender: str, by: User, at: datetime.datetime
) -> Sent:
    """Tell these members that a meeting is cancelled. Raises :class:`NotNow` when it is not."""
    if meeting.state != State.ANNULEE:
        raise NotNow("Cette réunion n'est pas annulée.")
    return _send(meeting, members, "prévenir de l'annulation", Words(address, sender), by, at)


def appointment_of(meeting: Meeting, *, address: str = "", sender: str = "", inside: bool = True) -> Appointment:
    """The meeting as agendas read it; ``inside``: for the team, who alone reads what it is about."""
    return Appointment(
        key=str(meeting.pk),
        title=meeting.title,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        description=agenda_of(meeting) if inside else "",
        address=address,
        sequence=meeting.sequence,
        organiser=(meeting.structure.nom, sender) if sender else ("", ""),
    )


def address_of(member: Member) -> str:
    """Where to write to a member: the address of the team's list, else that of the account."""
    if member.email:
        return member.email
    return member.user.email if member.user is not None and member.user.is_active else ""


def _send(
    meeting: Meeting,
    members: Collection[Member],
    act: str,
    words: Words,
    by: User,
    at: datetime.datetime,
) -> Sent:
    check_writes(by, meeting.structure, "inviter à une réunion")
    reached = {member: to for member in members if (to := address_of(member))}
    mail_quota.reserve(len(reached), by=str(by.pk), scope=str(meeting.structure.organisation_id), at=at)
    with transaction.atomic():
        told = {"membres": [str(member.pk) for member in reached], "rang": meeting.sequence}
        tell(meeting.structure, by=by, at=at, verb=act, subject=meeting, after=told)
    mails = {member: _mail(meeting, member, to, words, at) for member, to in reached.items()}
    lost = deliver(mails.values())
    failed = tuple(member for member, mail in mails.items() if mail in lost)
    done = tuple(member for member in mails if member not in failed)
    return Sent(done, failed, tuple(member for member in members if member not in reached))


def _mail(meeting: Meeting, member: Member, to: str, words: Words, at: datetime.datetime) -> Mail:
    start = timezone.localtime(meeting.starts_at)
    told = {
        "structure": meeting.structure.nom,
        "title": meeting.title,
        "day": french.dated(start.date()),
        "hour": clock(start),
        "length": hours(meeting.minutes),
        "place": meeting.place or "à préciser",
        "agenda": f"\nOrdre du jour :\n{agenda}\n" if (agenda := agenda_of(meeting)) else "",
        "address": words.address,
        "own": OWN.format(link=words.link(member)) if words.link else "",
    }
    planned = appointment_of(meeting, address=words.address, sender=words.sender)
    guest = (str(member), to)
    if meeting.state == State.ANNULEE:
        subject = f"Réunion annulée : {french.day(start.date())}"
        return Mail(to, subject, CANCELLED.format(**told), cancellation(planned, at=at, guest=guest))
    subject = f"Invitation : réunion du {french.day(start.date())} à {clock(start)}"
    return Mail(to, subject, TEXT.format(**told), invitation(planned, at=at, guest=guest))
