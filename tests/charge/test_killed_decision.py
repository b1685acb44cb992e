"""A program killed in the middle of a decision leaves nothing half written, and the next one decides as if it had not
been there: on SQLite, on PostgreSQL."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.charge.own_database import ROOT, database

pytestmark = pytest.mark.django_db
"""So that the run on PostgreSQL takes it too: the database of the test itself is not read."""
PLACES = ("recognising.apply", "deciding.tell")
"""Where the decision stops: its row is written; everything is, and not committed."""
NOTHING = {"decisions": 0, "recognitions": 0, "communes": 0, "counted": 0, "events": 0, "news": 0, "notified": 0}


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with database(tmp_path_factory.mktemp("var")) as told:
        run(told, "prepare")
        yield told


def test_a_decision_killed_anywhere_leaves_nothing(variables: dict[str, str]) -> None:
    for place in PLACES:
        killed(variables, "decide", place)
        told = look(variables)
        assert {name: told[name] for name in NOTHING} == NOTHING, place
        assert (told["state"], told["faults"]) == ("a_decider", [])
    told = json.loads(run(variables, "decide"))
    assert (told["decisions"], told["recognitions"], told["counted"], told["events"]) == (1, 1, 1, 1)
    killed(variables, "notify", "notifying.tell")
    told = look(variables)
    assert (told["notified"], told["state"], told["events"], told["faults"]) == (0, "a_decider", 1, [])
    told = json.loads(run(variables, "notify"))
    assert (told["notified"], told["state"], told["events"], told["faults"]) == (1, "accepte", 2, [])


def killed(variables: dict[str, str], act: str, place: str) -> None:
    """Start the act, wait until it says that it is at its place, kill it as a power cut would."""
    child = _started(variables, act, place)
    try:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("here "), act
    finally:
        child.kill()
        child.communicate()
    assert child.returncode == -9


def look(variables: dict[str, str]) -> dict:
    return json.loads(run(variables, "look"))


def run(variables: dict[str, str], act: str) -> str:
    child = _started(variables, act)
    said, _errors = child.communicate(timeout=300)
    assert child.returncode == 0, said
    return said.splitlines()[-1]


def _started(variables: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.charge.one_decision", *words]
    return subprocess.Popen(
        command, env=variables, cwd=Path(ROOT), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
