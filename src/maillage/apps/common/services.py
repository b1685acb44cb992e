"""The verb that writes the log."""

import datetime
from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models

from maillage.apps.common.models import Event


class Actor(Protocol):
    """A person who acts: the log names them by a key, never by their name."""

    @property
    def event_actor(self) -> str: ...


def record(
    *,
    by: str | Actor,
    at: datetime.datetime,
    verb: str,
    subject: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    scope: str = "",
) -> Event:
    """Write that ``by`` did ``verb`` on ``subject`` at ``at`` (an aware moment).

    ``scope`` is the identifier of the organisation whose people may read it; nothing for the installation.

    ``before`` and ``after`` hold what changed, as JSON values, decimals or dates. Call it in the transaction
    of the act, so that neither exists without the other.
    """
    return Event.objects.create(
        at=at,
        actor=by if isinstance(by, str) else by.event_actor,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        scope=scope,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )
