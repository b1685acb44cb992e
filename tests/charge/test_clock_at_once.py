"""Several clocks turn at the same moment: each silence, each alert and each mail is once.

On PostgreSQL: SQLite begins a write by taking the whole database, so two of them are never under way together.
"""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.common.models import Event
from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.job import turn
from maillage.apps.dossiers.models import DeadlineAlert, Decision
from maillage.apps.dossiers.telling import tell
from maillage.apps.notifications.models import Notification

pytestmark = pytest.mark.django_db(transaction=True)
CLOCKS, EACH = 6, 12
LATE, NEAR = datetime.date(2026, 9, 1), datetime.date(2026, 9, 29)
"""Received so, a dossier is past its delay on the day of the tests, or a week before its end."""


@pytest.fixture
def dossiers():
    small_world.create_territories()
    people = cast.create()
    projet = cpts(people)
    for rank in range(2 * EACH):
        late = rank < EACH
        dossier = filed(projet, number=f"PSC-53-2026-{rank:04d}", received_on=LATE if late else NEAR)
        set_clock(dossier, today=TODAY)
        dossier.save()
        tell(dossier, "message", by=people.instructrice, at=NOW, to="deposant")


@pytest.mark.usefixtures("dossiers")
def test_several_clocks_do_each_thing_once():
    ready = threading.Barrier(CLOCKS)

    def work():
        try:
            ready.wait(10)
            return turn(at=NOW + datetime.timedelta(minutes=30))
        finally:
            connection.close()

    with ThreadPoolExecutor(CLOCKS) as pool:
        turns = [each.result() for each in [pool.submit(work) for _ in range(CLOCKS)]]
    decided = Decision.objects.count()
    assert sum(len(each.silences) for each in turns) == decided == Event.objects.filter(actor="horloge légale").count()
    assert decided == 1  # The same commune is recognised once: the others wait for a person to look.
    alerts = DeadlineAlert.objects.values_list("dossier", "subject", "last_day", "days_left")
    assert len(alerts) == len(set(alerts)) == sum(len(each.alerts) for each in turns) == 2 * EACH - 1
    told = Notification.objects.exclude(kind="message").values_list("user", "kind", "group")
    assert len(told) == len(set(told))
    assert sum(each.mails for each in turns) == len(mail.outbox) == len({each.to[0] for each in mail.outbox}) == 2
