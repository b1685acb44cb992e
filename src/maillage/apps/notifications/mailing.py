"""The e-mails of notifications: one for a person, with everything that is due, gathered by subject.

A mail is first claimed (its things are due again a quarter of an hour later), then sent, then written as sent: two runs
at once send it once, and a run killed in the middle loses nothing.
"""

import datetime
import itertools
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.notifications.models import Notification
from maillage.apps.notifications.rhythm import GROUPED, regions_of
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel.french import number

AGAIN = datetime.timedelta(minutes=15)
"""Before a mail that did not leave is tried again; longer than ``GROUPED``, so that a claimed thing is not due."""
GIVE_UP = datetime.timedelta(days=14)
"""After that, a thing is read in the site only."""
MOST_MAILS = 200
"""In one run: the next ones leave a minute later."""
MOST_LINES = 40
TEXT = """Bonjour,

{news}

Les lire : {site}/notifications/

Vous choisissez ce que vous recevez, ou vous arrêtez tout : {site}/mon-compte/notifications/
"""


@dataclass(frozen=True)
class Sent:
    """What a run did: mails that left, and those to try again."""

    sent: int
    failed: int


def waiting(*, at: datetime.datetime) -> int:
    """How many persons have a mail due."""
    return len(_due_to(at))


def send_due(*, at: datetime.datetime) -> Sent:
    """Send to each person one mail with everything due. Call it outside of any transaction."""
    _let_go(at)
    claimed: dict[Mail, list[int]] = {}
    for key in _due_to(at)[:MOST_MAILS]:
        if found := _claim(key, at):
            claimed[found[0]] = found[1]
    failed = set(deliver(claimed))
    for mail, rows in claimed.items():
        if mail not in failed:
            Notification.objects.filter(pk__in=rows).update(mailed_at=at, mail_due_at=None)
    return Sent(len(claimed) - len(failed), len(failed))


def _due_to(at: datetime.datetime) -> list[uuid.UUID]:
    """The accounts that have something due, the longest due first."""
    rows = Notification.objects.filter(mailed_at=None, read_at=None, mail_due_at__lte=at, user__is_active=True)
    return list(dict.fromkeys(rows.order_by("mail_due_at", "pk").values_list("user", flat=True)))


@transaction.atomic
def _claim(key: uuid.UUID, at: datetime.datetime) -> tuple[Mail, list[int]] | None:
    """The mail of a person and the things that it tells; ``None`` when another run has just taken them."""
    user = User.objects.select_for_update(of=("self",)).get(pk=key)
    rows = Notification.objects.filter(user=user, mailed_at=None, read_at=None)
    if not user.is_active or not rows.filter(mail_due_at__lte=at).exists():
        return None
    found = list(rows.filter(mail_due_at__lte=at + GROUPED).order_by("group", "at", "pk"))
    taken = rows.filter(pk__in=[each.pk for each in found])
    try:
        mail_quota.reserve(1, by=f"nouvelles-{key}", scope=f"nouvelles-{key}", at=at)
    except mail_quota.TooMuchMail:
        taken.update(mail_due_at=at + datetime.timedelta(days=1))
        return None
    taken.update(mail_due_at=at + AGAIN)
    zone = zone_of(regions_of([user]).get(key, ""))
    return Mail(user.email, subject(len(found)), text(found, zone)), [each.pk for each in found]


def _let_go(at: datetime.datetime) -> None:
    old = Notification.objects.filter(mailed_at=None, mail_due_at__lte=at, at__lt=at - GIVE_UP)
    old.update(mail_due_at=None)


def subject(count: int) -> str:
    """What the mail is called: nothing of the dossier, nor of a person."""
    return "Une nouvelle sur vos dossiers" if count == 1 else f"{number(count)} nouvelles sur vos dossiers"


def text(rows: list[Notification], zone: datetime.tzinfo) -> str:
    """The things in order of subject, at the time of the person's region, and one address to read them."""
    shown, left = rows[:MOST_LINES], len(rows) - MOST_LINES
    parts = [
        "\n".join(
            [title or "Dans Maillage", *(f"- {each.title} ({_when(each.at.astimezone(zone))})" for each in group)]
        )
        for title, group in itertools.groupby(shown, key=lambda each: each.about)
    ]
    if left > 0:
        parts.append(f"Et {number(left)} autres.")
    return TEXT.format(news="\n\n".join(parts), site=settings.SITE_ADDRESS)


def _when(local: datetime.datetime) -> str:
    return f"le {local:%d/%m/%Y} à {local:%H} h {local:%M}"
