"""Inviting the members to a whole series, or telling them that the rest of it is cancelled: one message each."""

import datetime
from collections.abc import Callable, Collection, Sequence

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.sealing import clock
from maillage.apps.activity.services.invitations import Sent, address_of, appointment_of
from maillage.apps.activity.services.series import following
from maillage.apps.activity.writing import tell
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.structures.models import Member
from maillage.core.documents.invitations import appointments
from maillage.core.kernel import french
from maillage.core.projet.elaboration import hours

Link = Callable[[Meeting, Member], str]
TEXT = """Bonjour,

{structure} vous invite à une série de réunions : {title} ({length}).
Où : {place}.

{dates}

Le fichier joint les ajoute toutes à votre agenda.
Sous chaque date, le lien à votre nom note votre présence pendant la réunion. Ne le transmettez pas.
"""
CANCELLED = """Bonjour,

Ces réunions « {title} » de {structure} sont annulées :

{dates}

Le fichier joint les retire de votre agenda.
"""


def invite_series(
    meeting: Meeting, members: Collection[Member], *, link: Link, by: User, at: datetime.datetime
) -> Sent:
    """Invite these members to a meeting of a series and to those after it, or tell that they are cancelled: what is
    told is what has the state of this meeting. Call it outside of any transaction. Raises :class:`TooMuchMail`.
    """
    check_writes(by, meeting.structure, "inviter à une série de réunions")
    rows = [meeting, *following(meeting, meeting.state)]
    reached = {member: to for member in members if (to := address_of(member))}
    mail_quota.reserve(len(reached), by=str(by.pk), scope=str(meeting.structure.organisation_id), at=at)
    with transaction.atomic():
        told = {"membres": [str(member.pk) for member in reached], "réunions": [str(each.pk) for each in rows]}
        is_cancelled = meeting.state == Meeting.State.ANNULEE
        verb = "prévenir de l'annulation de la série" if is_cancelled else "inviter à la série"
        tell(meeting.structure, by=by, at=at, verb=verb, subject=meeting, after=told)
    mails = {member: _mail(rows, member, to, link, at) for member, to in reached.items()}
    lost = deliver(mails.values())
    failed = tuple(member for member, mail in mails.items() if mail in lost)
    done = tuple(member for member in mails if member not in failed)
    return Sent(done, failed, tuple(member for member in members if member not in reached))


def _mail(rows: Sequence[Meeting], member: Member, to: str, link: Link, at: datetime.datetime) -> Mail:
    first, count = rows[0], french.number(len(rows))
    is_cancelled = first.state == Meeting.State.ANNULEE
    told = {
        "structure": first.structure.nom,
        "title": first.title,
        "length": hours(first.minutes),
        "place": first.place or "à préciser",
        "dates": "\n".join(_line(each, "" if is_cancelled else link(each, member)) for each in rows),
    }
    calendar = appointments([appointment_of(each) for each in rows], at=at, cancelled=is_cancelled)
    many = french.plural(len(rows), "réunion")
    subject = (
        f"{count} {many} {french.plural(len(rows), 'annulée')}" if is_cancelled else f"Invitation : {count} {many}"
    )
    return Mail(to, subject, (CANCELLED if is_cancelled else TEXT).format(**told), calendar)


def _line(meeting: Meeting, link: str) -> str:
    start = timezone.localtime(meeting.starts_at)
    words = f"- {french.dated(start.date())}, {clock(start)}"
    return f"{words}\n  {link}" if link else words
