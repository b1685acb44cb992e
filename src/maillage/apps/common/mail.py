"""Mail to people: short, one action, nothing personal in the subject. Sent once the act is written, never inside."""

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    content: bytes
    kind: str


@dataclass(frozen=True)
class Mail:
    """A message to one person, in plain text; ``calendar`` is an invitation (``.ics``) that goes with it."""

    to: str
    subject: str
    text: str
    calendar: bytes = b""
    files: tuple[Attachment, ...] = ()


def deliver(mails: Iterable[Mail]) -> tuple[Mail, ...]:
    """Send each message on one connection; return those that could not be sent, for the page to say so.

    Call it once the transaction of the act is over: a mail that cannot leave never undoes what was done. The journal
    of the server tells how many failed and why, not to whom.
    """
    waiting = list(mails)
    if not waiting:
        return ()
    failed: list[Mail] = []
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        logger.warning("mail server out of reach (%s): %d messages not sent", type(problem).__name__, len(waiting))
        return tuple(waiting)
    for mail in waiting:
        try:
            _message(mail, connection).send()
        except (OSError, smtplib.SMTPException, ValueError) as problem:  # ValueError: an address that cannot be one
            logger.warning("a message could not be sent: %s", type(problem).__name__)
            failed.append(mail)
    connection.close()
    return tuple(failed)


def _message(mail: Mail, connection: BaseEmailBackend) -> EmailMessage:
    message = EmailMessage(mail.subject, mail.text, to=[mail.to], connection=connection)
    if mail.calendar:
        message.attach("reunion.ics", mail.calendar, "text/calendar")
    for file in mail.files:
        message.attach(file.name, file.content, file.kind)
    return message
