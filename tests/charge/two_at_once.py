"""Two people who act at the same moment, each with a connection of their own."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
PATIENCE = 120.0
"""Seconds before the test gives up: the first act may draw a document on a loaded machine."""
Act = Callable[[], Any]


def at_once(first: Act, second: Act) -> BaseException | None:
    """What refuses the second act, that begins before the first one is written to the end; ``None``: nothing does."""
    written = threading.Event()
    with ThreadPoolExecutor(2) as both:
        after = both.submit(_second, second, written)
        both.submit(_first, first, written, after).result()
        return after.exception()


def _first(act: Act, written: threading.Event, after: "Future[None]") -> None:
    try:
        with transaction.atomic():
            act()
            written.set()
            _until_someone_waits(after)
    finally:
        written.set()
        connection.close()


def _second(act: Act, written: threading.Event) -> None:
    try:
        assert written.wait(PATIENCE)
        act()
    finally:
        connection.close()


def _until_someone_waits(after: "Future[None]") -> None:
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end and not after.done():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
