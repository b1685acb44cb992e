"""The log: written once, by the service only."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.written_once import TRIGGERS

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


EMPTYING = {"sqlite": "DELETE FROM common_event", "postgresql": "TRUNCATE common_event"}
"""How each database empties a table at once; SQLite has no other word than DELETE."""


@pytest.mark.parametrize("tamper", ["UPDATE common_event SET actor = 'Personne'", "DELETE FROM common_event", EMPTYING])
def test_the_database_itself_refuses_to_change_the_log(event, tamper):
    words = tamper[connection.vendor] if tamper is EMPTYING else tamper
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)
    assert Event.objects.get().actor == "Claire"


@pytest.mark.parametrize("manager", ["objects", "_base_manager"])
def test_no_way_around_the_model_changes_the_log(event, manager):
    raw = Event._base_manager.all() if manager == "_base_manager" else Event.objects.all()
    with pytest.raises((WrittenOnce, DatabaseError)), transaction.atomic():
        raw._raw_delete(raw.db)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_log_is_emptied_between_tests_and_guarded_again(turn):
    record(by="Claire", at=MORNING, verb="lire", subject=Region(code="53"))
    assert Event.objects.count() == 1
    with pytest.raises(DatabaseError, match="written once"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM common_event")


GUARDS = {
    "sqlite": TRIGGERS,
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'common_event'::regclass AND NOT tgisinternal",
}
"""What lists the triggers of the log."""


def test_no_later_migration_has_lost_the_guard(db):
    """SQLite rebuilds a table whose columns change and drops its triggers: the migration must put them back."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS[connection.vendor])
        assert len(cursor.fetchall()) == 2
