"""Sending what waits: signed, at least once, later and later, then given up.

A delivery is taken by putting its next try two minutes later, in a transaction of its own: two workers never send the
same at once, and one that is killed meanwhile leaves it to the next. No transaction is open while the network is.
"""

import datetime
import json
import time
import uuid
from collections.abc import Collection

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import Max, Min

from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import manager_roles
from maillage.apps.common.services import record
from maillage.apps.connections.guard import Refused, target_of
from maillage.apps.connections.models import ApiAct, Delivery, Webhook
from maillage.apps.connections.sending import NotSent, post
from maillage.apps.connections.signing import deciphered, signature
from maillage.apps.notifications.services import notify

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR)
"""After each failed try, how long until the next; after the last, the delivery is given up."""
LEASE = 2 * MINUTE
STOPPED_AFTER = datetime.timedelta(days=5)
"""A webhook that has received nothing for so long is stopped."""
KEPT = datetime.timedelta(days=30)
"""A delivery, received or not, and the answer to an act are kept so long."""
RUN = 40.0
"""Seconds after which a run takes nothing more: the next one goes on."""
SENDER = "envoi des webhooks"
UNREADABLE = "Le secret de ce webhook ne se lit plus : la clé du site a changé. Changez ce secret."
UNANSWERED = "n'a rien reçu depuis 5 jours"


def deliver_due(*, at: datetime.datetime) -> int:
    """Send what is due; how many were received. A webhook that fails waits for the next run."""
    started, received, failing = time.monotonic(), 0, set[uuid.UUID]()
    while (passed := time.monotonic() - started) < RUN:
        now = at + datetime.timedelta(seconds=passed)
        taken = _take(now, failing)
        if taken is None:
            break
        if _send(taken, now):
            received += 1
        else:
            failing.add(taken.webhook_id)
    _forget(at)
    return received


def send_now(delivery: Delivery, *, at: datetime.datetime) -> Delivery:
    """One try at once, whatever came before; the delivery as it is afterwards."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("webhook__organisation")
        row = rows.get(pk=delivery.pk)
        if row.next_at is not None:
            row.next_at = max(row.next_at, at + LEASE)
            row.save(update_fields=["next_at"])
    _send(row, at)
    return row


def body_of(delivery: Delivery) -> bytes:
    """What is sent, the same at each try: ``id`` tells the receiver that it had it already."""
    told = {"id": str(delivery.pk), "evenement": delivery.event, **delivery.payload}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _take(now: datetime.datetime, failing: Collection[uuid.UUID]) -> Delivery | None:
    """The next one that is due, held for two minutes."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True)
        rows = rows.filter(next_at__lte=now, delivered_at=None, webhook__stopped_at=None)
        rows = rows.filter(webhook__organisation__closed_at=None).exclude(webhook__in=failing)
        row = rows.select_related("webhook__organisation").order_by("next_at", "created_at", "pk").first()
        if row is not None:
            row.next_at = now + LEASE
            row.save(update_fields=["next_at"])
        return row


def _send(delivery: Delivery, now: datetime.datetime) -> bool:
    status, error = _tried(delivery, int(now.timestamp()))
    received = status is not None and 200 <= status < 300
    with transaction.atomic():
        _write(delivery, status, error, now, received=received)
        if not received:
            _stop_if_silent(delivery.webhook_id, now)
    return received


def _tried(delivery: Delivery, moment: int) -> tuple[int | None, str]:
    """The status of the answer, or why there is none."""
    body = body_of(delivery)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Maillage-Webhook/1",
        "X-Maillage-Evenement": delivery.event,
        "X-Maillage-Envoi": str(delivery.pk),
    }
    try:
        headers["X-Maillage-Signature"] = signature(deciphered(delivery.webhook.secret), moment, body)
        status = post(target_of(delivery.webhook.url), body, headers)
    except InvalidToken:
        return None, UNREADABLE
    except (Refused, NotSent) as error:
        return None, str(error)
    if 300 <= status < 400:
        return status, "L'adresse renvoie ailleurs : une redirection n'est pas suivie."
    return status, "" if status < 300 else "Le logiciel a refusé le message."


def _write(delivery: Delivery, status: int | None, error: str, now: datetime.datetime, *, received: bool) -> None:
    delivery.attempts += 1
    delivery.status, delivery.error = status, error
    if received:
        delivery.delivered_at, delivery.next_at = now, None
    elif delivery.delivered_at is None and delivery.next_at is not None:
        delivery.next_at = now + WAITS[delivery.attempts - 1] if delivery.attempts <= len(WAITS) else None
    delivery.save(update_fields=["attempts", "status", "error", "delivered_at", "next_at"])


def _stop_if_silent(webhook: uuid.UUID, now: datetime.datetime) -> None:
    """Stop a webhook whose messages have all failed for days, and tell who manages the organisation."""
    row = Webhook.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=webhook)
    last = row.deliveries.aggregate(last=Max("delivered_at"))["last"]
    since = max(each for each in (last, row.started_at, row.created_at) if each is not None)
    first = row.deliveries.filter(delivered_at=None, attempts__gt=0, created_at__gte=since).aggregate(
        first=Min("created_at")
    )
    failing_since = first["first"]
    if row.stopped_at is not None or failing_since is None or now - failing_since < STOPPED_AFTER:
        return
    row.stopped_at, row.stopped_reason = now, UNANSWERED
    row.save(update_fields=["stopped_at", "stopped_reason"])
    record(by=SENDER, at=now, verb="arrêter", subject=row, scope=str(row.organisation_id))
    notify(
        User.objects.filter(pk__in=_managers(row)),
        kind="webhook_arrete",
        group=f"webhook:{row.pk}",
        about=row.organisation.nom,
        title="Un webhook est arrêté : il ne reçoit rien depuis 5 jours",
        address=f"/organisations/{row.organisation_id}/webhooks/",
        at=now,
    )


def _managers(webhook: Webhook) -> list[uuid.UUID]:
    names = manager_roles(webhook.organisation)
    rows = Role.objects.filter(organisation=webhook.organisation, until=None, name__in=names, user__is_active=True)
    return list(rows.values_list("user_id", flat=True).distinct())


def _forget(at: datetime.datetime) -> None:
    """Remove what is over for a month."""
    Delivery.objects.filter(created_at__lt=at - KEPT).delete()
    ApiAct.objects.filter(at__lt=at - KEPT).delete()
