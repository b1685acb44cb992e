"""The log: written once, by the service only."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from maillage.apps.common.models import Event, WrittenOnce
from maillage.apps.common.services import record
from maillage.apps.territories.models import Region

pytestmark = pytest.mark.django_db
MORNING = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)


@pytest.fixture
def event() -> Event:
    bretagne = Region.objects.create(code="53", nom="Bretagne")
    return record(by="Claire", at=MORNING, verb="renommer", subject=bretagne, before={"nom": "?"}, after={"nom": "B"})


def test_an_event_says_who_did_what_on_what_when(event):
    stored = Event.objects.get()
    assert (stored.actor, stored.verb, stored.at) == ("Claire", "renommer", MORNING)
    assert (stored.subject_type, stored.subject_id) == ("territories.region", "53")
    assert (stored.before, stored.after) == ({"nom": "?"}, {"nom": "B"})


def test_amounts_and_days_are_kept_as_text():
    region = Region.objects.create(code="53", nom="Bretagne")
    record(by="Claire", at=MORNING, verb="noter", subject=region, after={"m": Decimal("1.50"), "j": MORNING.date()})
    assert Event.objects.get().after == {"m": "1.50", "j": "2026-11-22"}


@pytest.mark.parametrize(
    "tamper",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.filter(pk=event.pk).update(actor="Personne"),
        lambda _event: Event.objects.all().delete(),
        lambda event: Event.objects.bulk_update([event], ["actor"]),
    ],
    ids=["save", "delete", "update", "delete all", "bulk update"],
)
def test_an_event_is_never_changed_nor_removed(event, tamper):
    event.actor = "Personne"
    with pytest.raises(WrittenOnce), transaction.atomic():
        tamper(event)
    assert Event.objects.get().actor == "Claire"


@pytest.mark.parametrize("missing", ["actor", "verb", "subject_type", "subject_id"])
def test_an_event_without_author_act_or_subject_is_refused_by_the_database(missing):
    said = {"actor": "Claire", "verb": "lire", "subject_type": "x", "subject_id": "1", missing: ""}
    with pytest.raises(IntegrityError, match="event_has"), transaction.atomic():
        Event.objects.create(at=MORNING, **said)
