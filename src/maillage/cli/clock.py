"""The clock of ``maillage serve``: what ``maillage dossiers echeances`` does, every minute, in a thread of its own."""

import logging
import threading

logger = logging.getLogger(__name__)
FIRST, EVERY = 10.0, 60.0
"""Seconds before the first turn, then between two."""
PATIENCE = 45.0
"""Seconds that a turn is given to end when the site stops; what it leaves is done again by the next."""


class Clock:
    """Turns until it is stopped. Each turn has its own thread: one that breaks is told, and the next takes place."""

    def __init__(self, first: float = FIRST, every: float = EVERY) -> None:
        self._first, self._every = first, every
        self._stopped = threading.Event()
        self._loop = threading.Thread(target=self._run, name="horloge", daemon=True)

    def start(self) -> None:
        """Begin to turn."""
        self._loop.start()

    def stop(self) -> None:
        """Turn no more, and wait for the turn under way."""
        self._stopped.set()
        self._loop.join(PATIENCE)

    def _run(self) -> None:
        wait = self._first
        while not self._stopped.wait(wait):
            wait = self._every
            one = threading.Thread(target=turn_once, name="tour d'horloge", daemon=True)
            one.start()
            one.join()


def turn_once() -> None:
    """One turn, told in the journal when it did something. A database that does not answer waits for the next."""
    from django.db import DatabaseError, connections
    from django.utils import timezone

    from maillage.apps.calendar.job import turn
    from maillage.cli.dossiers import told

    try:
        done = turn(at=timezone.now())
    except DatabaseError as problem:
        logger.warning("the clock could not turn: %s", type(problem).__name__)
        return
    finally:
        connections.close_all()
    if not done.is_empty:
        logger.info("clock: %s", " ".join(told(done)))
