"""Two workers send what waits at the same moment, two calls bring the same key: each thing is done, and counted, once.

On PostgreSQL: SQLite begins a write by taking the whole database, so two of them are never under way together.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from tests import cast
from tests.apps.connections.receiver import receiver
from tests.cast import NOW
from tests.charge.two_at_once import at_once

from maillage.apps.connections import delivering, webhooks
from maillage.apps.connections.events import EVENTS
from maillage.apps.connections.models import ApiToken, Delivery
from maillage.apps.connections.once import once
from maillage.apps.connections.queueing import enqueue
from maillage.apps.connections.rates import wait_of

pytestmark = pytest.mark.django_db(transaction=True)
MESSAGES, WORKERS, CALLS = 60, 6, 20


@pytest.fixture
def people():
    return cast.create()


def written_token(people):
    return ApiToken.objects.create(
        organisation=people.structure.organisation, name="Logiciel", secret_hash="0" * 64, created_at=NOW,
        created_by=people.porteuse,
    )  # fmt: skip


def test_no_message_is_sent_twice_by_several_workers(people, settings):
    settings.WEBHOOKS_PRIVATE = True
    team = people.structure.organisation
    with receiver() as server:
        webhooks.create(team, url=server.url, events=list(EVENTS), by=people.porteuse, at=NOW)
        for _ in range(MESSAGES):
            enqueue([team.pk], "dossier.autre", {"etat": "depose"}, NOW)
        ready = threading.Barrier(WORKERS)

        def work():
            try:
                ready.wait(10)
                return delivering.deliver_due(at=NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(WORKERS) as pool:
            sent = [each.result() for each in [pool.submit(work) for _ in range(WORKERS)]]
    received = [headers["X-Maillage-Envoi"] for headers, _body in server.received]
    assert (sum(sent), len(received), len(set(received))) == (MESSAGES, MESSAGES, MESSAGES)
    assert not Delivery.objects.filter(delivered_at=None).exists()


def test_calls_made_at_once_are_all_counted(people, settings):
    settings.API_PER_MINUTE = CALLS
    cache.clear()
    token = written_token(people)
    ready = threading.Barrier(WORKERS)

    def call():
        try:
            ready.wait()
            return sum(wait_of(token, NOW) == 0 for _ in range(CALLS))
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        passed = [each.result() for each in [pool.submit(call) for _ in range(WORKERS)]]
    assert sum(passed) == CALLS


def test_the_same_key_brought_twice_at_once_acts_once(people):
    token = written_token(people)
    done = []

    def ask():
        answer, _again = once(token, "clé", b"la demande", lambda: {"fois": done.append(1) or len(done)}, at=NOW)
        assert answer == {"fois": 1}

    assert at_once(ask, ask) is None
    assert done == [1]
