"""What a person was told, gathered by subject: several unread things of one dossier are one line."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Max, Q, QuerySet, Value, When

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import Person, signed_in
from maillage.apps.notifications.kinds import KINDS
from maillage.apps.notifications.models import Notification

MOST_SHOWN = 10
"""How many things of one subject are shown; the page of the subject has the rest."""


@dataclass(frozen=True)
class Subject:
    """What belongs together, read or not: when the last thing happened, how many there are."""

    group: str
    is_read: bool
    last: datetime.datetime
    count: int


@dataclass(frozen=True)
class Bundle:
    """A subject with its things, the newest first; ``hidden`` are those that are not shown."""

    subject: Subject
    about: str
    items: Sequence[Notification]

    @property
    def hidden(self) -> int:
        """How many things are left out."""
        return self.subject.count - len(self.items)


def unread_count(person: Person) -> int:
    """How many things this person has not read."""
    if not isinstance(person, User) or not signed_in(person):
        return 0
    return Notification.objects.filter(user=person, read_at=None).count()


def told_to(user: User, *, kind: str = "", only_unread: bool = False) -> QuerySet[Notification]:
    """What a person was told, of one kind when it is given."""
    rows = Notification.objects.filter(user=user)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(read_at=None) if only_unread else rows


def kinds_told(user: User) -> list[tuple[str, str]]:
    """The kinds of which a person was told something, with their titles."""
    codes = set(Notification.objects.filter(user=user).order_by().values_list("kind", flat=True).distinct())
    return [(code, kind.title) for code, kind in KINDS.items() if code in codes]


def subjects(rows: QuerySet[Notification]) -> list[Subject]:
    """The subjects of these notifications, the unread ones first, then the newest."""
    read = Case(When(read_at=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    found = (
        rows.order_by().annotate(is_read=read).values("group", "is_read").annotate(last=Max("at"), count=Count("pk"))
    )
    return [Subject(**each) for each in found.order_by("is_read", "-last", "group")]


def bundles(rows: QuerySet[Notification], wanted: Iterable[Subject]) -> list[Bundle]:
    """The things of these subjects, in one query."""
    asked = list(wanted)
    scope = Q(pk__in=[])
    for each in asked:
        scope |= Q(group=each.group, read_at__isnull=not each.is_read)
    by_subject: dict[tuple[str, bool], list[Notification]] = defaultdict(list)
    for row in rows.filter(scope):
        by_subject[row.group, row.read_at is not None].append(row)
    return [_bundle(each, by_subject[each.group, each.is_read]) for each in asked]


def _bundle(subject: Subject, items: list[Notification]) -> Bundle:
    about = next((each.about for each in items if each.about), "")
    return Bundle(subject, about, items[:MOST_SHOWN])
