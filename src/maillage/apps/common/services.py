"""The verb that writes the log."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models

from maillage.apps.common.models import Event


def record(
    *,
    by: str,
    at: datetime.datetime,
    verb: str,
    subject: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Write that ``by`` did ``verb`` on ``subject`` at ``at`` (an aware moment).

    ``before`` and ``after`` hold what changed, as JSON values, decimals or dates. Call it in the transaction
    of the act, so that neither exists without the other.
    """
    return Event.objects.create(
        at=at,
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )
