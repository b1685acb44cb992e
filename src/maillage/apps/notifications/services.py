"""Telling people what happened: in the site at once, by e-mail when each wants it."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.apps.notifications.kinds import Kind
from maillage.apps.notifications.models import Notification, Preference
from maillage.apps.notifications.rhythm import due_at, regions_of, rhythms

MOST_LETTERS = 250


def notify(
    users: Iterable[User],
    *,
    kind: Kind,
    group: str,
    title: str,
    address: str,
    at: datetime.datetime,
    about: str = "",
    by: User | None = None,
) -> list[Notification]:
    """Tell each of these persons once; never who acts (``by``), nor a closed account.

    Call it in the transaction of the act. ``group`` says what belongs together, ``about`` names it, ``address`` is the
    path of the page to open.
    """
    told = _open(users, but=by)
    wanted, regions = rhythms(told, kind), regions_of(told)
    rows = [
        Notification(
            user=user, kind=kind, group=group, about=about[:200], title=title[:MOST_LETTERS], address=address, at=at,
            mail_due_at=due_at(wanted[user.pk], at, regions.get(user.pk, "")),
        )
        for user in told
    ]  # fmt: skip
    return Notification.objects.bulk_create(rows)


def _open(users: Iterable[User], *, but: User | None) -> list[User]:
    by_key = {user.pk: user for user in users if user.is_active and user.forgotten_at is None}
    return [user for key, user in by_key.items() if but is None or key != but.pk]


def mark_read(user: User, *, at: datetime.datetime, only: Iterable[int] | None = None) -> int:
    """Say that a person has read these notifications of theirs (all of them without ``only``); how many."""
    rows = Notification.objects.filter(user=user, read_at=None)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    return rows.update(read_at=at)


@transaction.atomic
def prefer(wanted: Mapping[Kind, str], *, by: User, at: datetime.datetime) -> None:
    """Keep how a person wants to be told of these kinds; what still waits for its mail follows."""
    for kind, rhythm in wanted.items():
        Preference.objects.update_or_create(user=by, kind=kind, defaults={"rhythm": rhythm})
    region = regions_of([by]).get(by.pk, "")
    waiting = Notification.objects.filter(user=by, read_at=None, mailed_at=None, mail_due_at__isnull=False)
    for kind, rhythm in wanted.items():
        waiting.filter(kind=kind).update(mail_due_at=due_at(rhythm, at, region))
    told = {str(code): each for code, each in wanted.items()}
    record(by=by, at=at, verb="choisir ses courriels", subject=by, after=told)
