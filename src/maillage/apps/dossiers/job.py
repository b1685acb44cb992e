"""What the site does by itself, each time that its clock turns: silences, alerts, mails, webhooks.

Safe to run at any time, late, twice at once, and after a run that was killed.
"""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass

from maillage.apps.accounts.models import User
from maillage.apps.connections.delivering import deliver_due
from maillage.apps.connections.models import Delivery
from maillage.apps.dossiers.alerting import Due, alert, keep_silences, over, to_alert
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import visible
from maillage.apps.notifications.mailing import send_due, waiting
from maillage.apps.notifications.models import Notification
from maillage.apps.notifications.rhythm import GROUPED

OF_DOSSIER = "dossier:"
"""How the subject of a notification about a dossier begins."""


@dataclass(frozen=True)
class Turn:
    """What a turn did, or would do: silences kept, deadlines told, mails sent or to try again, webhooks received."""

    silences: tuple[Dossier, ...]
    alerts: tuple[Due, ...]
    mails: int
    failed: int
    webhooks: int

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.silences or self.alerts or self.mails or self.failed or self.webhooks)


def turn(*, at: datetime.datetime) -> Turn:
    """Do what is due. Call it outside of any transaction."""
    silences, alerts = keep_silences(at=at), alert(at=at)
    keep_from_mails(at=at)
    mails, webhooks = send_due(at=at), deliver_due(at=at)
    return Turn(tuple(silences), tuple(alerts), mails.sent, mails.failed, webhooks)


def keep_from_mails(*, at: datetime.datetime) -> None:
    """Mail nothing of a dossier to who no longer sees it: their role ended since they were told."""
    rows = Notification.objects.filter(mailed_at=None, mail_due_at__lte=at + GROUPED, group__startswith=OF_DOSSIER)
    groups = defaultdict[uuid.UUID, set[str]](set)
    for user, group in rows.order_by().values_list("user", "group").distinct():
        groups[user].add(group)
    for person in User.objects.filter(pk__in=groups):
        keys = [group.removeprefix(OF_DOSSIER) for group in groups[person.pk]]
        seen = {f"{OF_DOSSIER}{key}" for key in visible(person).filter(pk__in=keys).values_list("pk", flat=True)}
        rows.filter(user=person, group__in=groups[person.pk] - seen).update(mail_due_at=None)


def planned(*, at: datetime.datetime) -> Turn:
    """What a turn would do now, as far as can be known without doing it; nothing is written nor sent."""
    due = Delivery.objects.filter(next_at__lte=at, delivered_at=None, webhook__stopped_at=None)
    return Turn(tuple(over(at=at)), tuple(to_alert(at=at)), waiting(at=at), 0, due.count())
