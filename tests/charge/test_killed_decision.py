"""A program killed in the middle of a decision leaves nothing half written, and the next one decides as if it had not
been there: on SQLite, on PostgreSQL."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.charge.own_database import ROOT, database

pytestmark = pytest.mark.django_db
"""So that the run on PostgreSQL takes it too: the database of the test itself is not read."""
KILLED = -signal.SIGKILL
NOTHING = {
    "decisions": 0, "recognitions": 0, "communes": 0, "conditions": 0, "counted": 0, "events": 0, "news": 0,
    "notified": 0, "state": "a_decider", "faults": [],
}  # fmt: skip


def test_a_decision_killed_anywhere_leaves_nothing(tmp_path: Path) -> None:
    first, second, decided, unsent, sent = _acts(tmp_path)
    assert first == second == {"ended": KILLED, **NOTHING}
    assert (decided["ended"], decided["faults"]) == (0, [])
    assert (decided["decisions"], decided["recognitions"], decided["counted"], decided["events"]) == (1, 1, 1, 1)
    assert unsent == {**decided, "ended": KILLED}
    assert (sent["ended"], sent["notified"], sent["state"], sent["events"]) == (0, 1, "accepte", 2)
    assert sent["faults"] == []


def _acts(var: Path) -> list[dict[str, Any]]:
    """What the database holds after each act (see ``one_decision``)."""
    with database(var) as variables:
        done = subprocess.run(
            [sys.executable, "-m", "tests.charge.one_decision"],
            env=variables, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
