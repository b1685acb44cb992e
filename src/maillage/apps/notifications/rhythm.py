"""When an e-mail may tell a notification: grouped within ten minutes, at 8 h of one day, or of a Monday."""

import datetime
import uuid
from collections.abc import Iterable, Mapping

from maillage.apps.accounts.models import Role, User
from maillage.apps.notifications.kinds import KINDS, Kind
from maillage.apps.notifications.models import Preference
from maillage.core.dossiers.calendar import zone_of

Rhythm = Preference.Rhythm
GROUPED = datetime.timedelta(minutes=10)
"""How long a thing told « aussitôt » waits for others."""
HOUR = 8
"""When the mails of a day or of a week leave, at the time of the person's region."""
MONDAY = 0


def due_at(rhythm: str, at: datetime.datetime, region: str) -> datetime.datetime | None:
    """From when an e-mail may tell what happened at ``at``; ``None`` when none is wanted."""
    if rhythm == Rhythm.JAMAIS:
        return None
    if rhythm == Rhythm.AUSSITOT:
        return at + GROUPED
    return _next_morning(at, region, only=MONDAY if rhythm == Rhythm.SEMAINE else None)


def rhythms(users: Iterable[User], kind: Kind) -> dict[uuid.UUID, str]:
    """By account, how each of these persons wants to be told of a kind."""
    wanted = [user.pk for user in users]
    chosen = dict(Preference.objects.filter(user__in=wanted, kind=kind).values_list("user", "rhythm"))
    return {pk: chosen.get(pk, KINDS[kind].rhythm) for pk in wanted}


def rhythms_of(user: User) -> Mapping[Kind, str]:
    """By kind, how this person wants to be told."""
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "rhythm"))
    return {code: chosen.get(code, kind.rhythm) for code, kind in KINDS.items()}


def regions_of(users: Iterable[User]) -> dict[uuid.UUID, str]:
    """By account, the region (INSEE code) of the organisation where the person has their oldest role in force."""
    rows = Role.objects.filter(user__in=[user.pk for user in users], until=None).exclude(organisation__region="")
    found: dict[uuid.UUID, str] = {}
    for pk, region in rows.order_by("since", "pk").values_list("user", "organisation__region"):
        found.setdefault(pk, region)
    return found


def _next_morning(at: datetime.datetime, region: str, *, only: int | None) -> datetime.datetime:
    """The first 8 h after a moment in a region, of this day of the week when one is given."""
    local = at.astimezone(zone_of(region))
    day = local.date()
    while True:
        morning = datetime.datetime.combine(day, datetime.time(HOUR), tzinfo=zone_of(region))
        if morning > at and only in (None, day.weekday()):
            return morning.astimezone(datetime.UTC)
        day += datetime.timedelta(days=1)
