"""What is to be told to webhooks, written in the transaction of the act: it is sent afterwards (see delivering.py)."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from maillage.apps.connections.models import Delivery, Webhook


def enqueue(organisations: Iterable[uuid.UUID], event: str, payload: Mapping[str, Any], at: datetime.datetime) -> int:
    """Write one delivery for each webhook of these organisations that listens to ``event``; how many.

    ``payload`` holds no text and nothing of a person: identifiers, codes, moments.
    """
    asked = {each for each in organisations if each is not None}
    rows = Webhook.objects.filter(organisation__in=asked, organisation__closed_at=None, stopped_at=None)
    made = [
        Delivery(webhook=each, event=event, payload=dict(payload), created_at=at, next_at=at)
        for each in rows
        if event in each.events
    ]
    return len(Delivery.objects.bulk_create(made))
