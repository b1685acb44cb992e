"""The secret address by which the agenda of a person reads their deadlines: one at a time, that they can close."""

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.apps.notifications.models import CalendarLink

BYTES = 32


@transaction.atomic
def make(*, by: User, at: datetime.datetime) -> str:
    """A new secret, told this once; the former address no longer answers."""
    secret = secrets.token_urlsafe(BYTES)
    told = {"secret_hash": _hash(secret), "created_at": at, "last_used_on": None}
    CalendarLink.objects.update_or_create(user=by, defaults=told)
    record(by=by, at=at, verb="créer un lien d'agenda", subject=by)
    return secret


@transaction.atomic
def remove(*, by: User, at: datetime.datetime) -> None:
    """Close the address."""
    count, _tables = CalendarLink.objects.filter(user=by).delete()
    if count:
        record(by=by, at=at, verb="supprimer son lien d'agenda", subject=by)


def owner_of(secret: str, *, at: datetime.datetime) -> User | None:
    """Whose agenda this secret opens; ``None`` when it opens nothing, or no longer does."""
    rows = CalendarLink.objects.filter(secret_hash=_hash(secret), user__is_active=True).select_related("user")
    link = rows.first()
    if link is None:
        return None
    if link.last_used_on != (today := timezone.localdate(at)):
        CalendarLink.objects.filter(pk=link.pk).update(last_used_on=today)
    return link.user


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
