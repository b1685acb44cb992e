"""Sending the minutes of a closed meeting: one message each, with the document."""

import datetime

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.minutes import document_of
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.queries import team_of
from maillage.apps.activity.services.invitations import Sent, address_of
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Attachment, Mail, deliver
from maillage.core.kernel import french

SUBJECT = "Compte rendu de la réunion du {day}"
TEXT = """Bonjour,

Voici le compte rendu de la réunion « {title} » de {structure}, du {day}, avec ce qui a été décidé et qui fait quoi.
"""


def send_minutes(meeting: Meeting, *, by: User, at: datetime.datetime) -> Sent:
    """Send the minutes to whoever the sheet names and is still of the team.

    Call it outside of any transaction. Raises :class:`NotNow` before the meeting is closed, :class:`TooMuchMail`.
    """
    check_writes(by, meeting.structure, "envoyer un compte rendu")
    if meeting.state != Meeting.State.CLOSE:
        raise NotNow("Le compte rendu s'envoie une fois la réunion close.")
    noted = set(meeting.attendances.values_list("member_id", flat=True))
    members = [each for each in team_of(meeting) if each.pk in noted and each.left_on is None]
    reached = {member: to for member in members if (to := address_of(member))}
    mail_quota.reserve(len(reached), by=str(by.pk), scope=str(meeting.structure.organisation_id), at=at)
    with transaction.atomic():
        told = {"membres": [str(member.pk) for member in reached]}
        tell(meeting.structure, by=by, at=at, verb="envoyer le compte rendu", subject=meeting, after=told)
    day = french.day(timezone.localdate(meeting.starts_at))
    text = TEXT.format(title=meeting.title, structure=meeting.structure.nom, day=day)
    file = Attachment("compte-rendu.pdf", document_of(meeting, by=by, at=at), "application/pdf")
    mails = {member: Mail(to, SUBJECT.format(day=day), text, files=(file,)) for member, to in reached.items()}
    lost = deliver(mails.values())
    failed = tuple(member for member, mail in mails.items() if mail in lost)
    done = tuple(member for member in mails if member not in failed)
    return Sent(done, failed, tuple(member for member in members if member not in reached))
