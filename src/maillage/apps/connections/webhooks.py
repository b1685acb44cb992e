"""The verbs of webhooks: add, choose the events, give another secret, stop, start again, try."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.accounts.permissions import may_manage_people
from maillage.apps.accounts.services import locked
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.apps.connections.delivering import send_now
from maillage.apps.connections.events import EVENTS, TEST
from maillage.apps.connections.guard import check_url
from maillage.apps.connections.models import Delivery, Webhook
from maillage.apps.connections.signing import ciphered, new_secret
from maillage.core.kernel.problems import BadInput, Problem

MOST = 10
"""Webhooks of one organisation, those that are stopped included."""
BY_HAND = "arrêté à la main"


def webhooks_of(person: User, organisation: Organisation) -> QuerySet[Webhook]:
    """The webhooks of an organisation; nothing for who does not manage its people."""
    rows = Webhook.objects.filter(organisation=organisation).select_related("organisation")
    return rows if may_manage_people(person, organisation) else rows.none()


def webhook_in(person: User, organisation: Organisation, identifier: uuid.UUID) -> Webhook | None:
    """One of them."""
    return webhooks_of(person, organisation).filter(pk=identifier).first()


@transaction.atomic
def create(
    organisation: Organisation, *, url: str, events: Collection[str], by: User, at: datetime.datetime
) -> tuple[Webhook, str]:
    """Add a webhook; its secret is given here once. Raises :class:`BadInput`."""
    row = locked(organisation)
    if not may_manage_people(by, row):
        raise NotAllowed("ajouter un webhook à cette organisation")
    check_url(url)
    chosen = _chosen(events)
    if Webhook.objects.filter(organisation=row).count() >= MOST:
        raise BadInput([Problem("adresse", None, f"au plus {MOST} webhooks : changez l'un d'eux")])
    secret = new_secret()
    made = Webhook.objects.create(
        organisation=row, url=url, secret=ciphered(secret), events=chosen, created_at=at, created_by=by
    )
    record(by=by, at=at, verb="créer", subject=made, after={"événements": chosen}, scope=str(row.pk))
    return made, secret


@transaction.atomic
def change(webhook: Webhook, *, url: str, events: Collection[str], by: User, at: datetime.datetime) -> Webhook:
    """Another address, other events. Raises :class:`BadInput`."""
    row = _mine(webhook, by)
    check_url(url)
    before = {"événements": row.events}
    row.url, row.events = url, _chosen(events)
    row.save(update_fields=["url", "events"])
    told = {"événements": row.events}
    record(by=by, at=at, verb="modifier", subject=row, before=before, after=told, scope=str(row.organisation_id))
    return row


@transaction.atomic
def rotate(webhook: Webhook, *, by: User, at: datetime.datetime) -> str:
    """Another secret, given here once: the former signs nothing more."""
    row = _mine(webhook, by)
    secret = new_secret()
    row.secret = ciphered(secret)
    row.save(update_fields=["secret"])
    record(by=by, at=at, verb="changer le secret", subject=row, scope=str(row.organisation_id))
    return secret


@transaction.atomic
def stop(webhook: Webhook, *, by: User, at: datetime.datetime) -> None:
    """Send nothing more to it; what waits is kept for when it starts again."""
    row = _mine(webhook, by)
    if row.stopped_at is None:
        row.stopped_at, row.stopped_reason = at, BY_HAND
        row.save(update_fields=["stopped_at", "stopped_reason"])
        record(by=by, at=at, verb="arrêter", subject=row, scope=str(row.organisation_id))


@transaction.atomic
def start_again(webhook: Webhook, *, by: User, at: datetime.datetime) -> None:
    """Send again, and first what was waiting."""
    row = _mine(webhook, by)
    if row.stopped_at is not None:
        row.stopped_at, row.stopped_reason = None, ""
        row.started_at = at
        row.save(update_fields=["stopped_at", "stopped_reason", "started_at"])
        record(by=by, at=at, verb="reprendre", subject=row, scope=str(row.organisation_id))


@transaction.atomic
def remove(webhook: Webhook, *, by: User, at: datetime.datetime) -> None:
    """Remove a webhook and its history; the log keeps that it was there."""
    row = _mine(webhook, by)
    record(by=by, at=at, verb="retirer", subject=row, scope=str(row.organisation_id))
    row.delete()


def test(webhook: Webhook, *, by: User, at: datetime.datetime) -> Delivery:
    """Send a message of trial now, and say what came of it; it is not tried again by itself."""
    with transaction.atomic():
        row = _mine(webhook, by)
        made = Delivery.objects.create(webhook=row, event=TEST, payload={}, created_at=at)
    return send_now(made, at=at)


def retry(delivery: Delivery, *, by: User, at: datetime.datetime) -> Delivery:
    """Send again by hand what was not received, or was."""
    _mine(delivery.webhook, by, lock=False)
    return send_now(delivery, at=at)


def _mine(webhook: Webhook, by: User, *, lock: bool = True) -> Webhook:
    rows = Webhook.objects.select_for_update(of=("self",)) if lock else Webhook.objects
    row = rows.select_related("organisation").get(pk=webhook.pk)
    if not may_manage_people(by, row.organisation):
        raise NotAllowed("changer ce webhook")
    return row


def _chosen(events: Collection[str]) -> list[str]:
    if not events or not set(events) <= set(EVENTS):
        known = ", ".join(EVENTS)
        raise BadInput([Problem("evenements", ", ".join(events) or None, f"au moins un événement parmi : {known}")])
    return [code for code in EVENTS if code in events]
