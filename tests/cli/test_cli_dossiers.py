"""``maillage dossiers echeances``, and the same every minute beside ``maillage serve``."""

import datetime
import threading
import time

import pytest
from django.db import OperationalError
from tests import cast
from tests.cast import TODAY
from tests.dossiers import cpts, filed

from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.models import Decision, Dossier
from maillage.cli import clock


@pytest.fixture
def late(territories):
    dossier = filed(cpts(cast.create()), received_on=datetime.date(2020, 1, 15))
    set_clock(dossier, today=TODAY)
    dossier.save()
    return dossier


@pytest.mark.usefixtures("late")
def test_it_says_what_it_would_do_then_does_it_once(maillage):
    ran = maillage("dossiers", "echeances", "--simuler")
    assert ran.code == 0
    assert "Simulation : rien n'est écrit ni envoyé." in ran.out
    assert "PSC-53-2026-0001 : délai légal passé, silence à constater." in ran.out
    assert not Decision.objects.exists()
    assert "PSC-53-2026-0001 : délai légal passé, silence constaté." in maillage("dossiers", "echeances").out
    assert maillage("dossiers", "echeances").out == "Rien à faire.\n"


def test_the_clock_turns_until_it_is_stopped_even_after_a_turn_that_breaks(monkeypatch):
    turns, breaks = [], []
    monkeypatch.setattr(threading, "excepthook", breaks.append)

    def turn():
        turns.append(threading.current_thread().name)
        raise RuntimeError

    monkeypatch.setattr(clock, "turn_once", turn)
    running = clock.Clock(first=0, every=0.01)
    running.start()
    deadline = time.monotonic() + 5
    while len(turns) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    running.stop()
    seen = len(turns)
    time.sleep(0.05)
    assert seen >= 3
    assert len(breaks) == len(turns) == seen


def test_a_clock_stopped_before_its_first_turn_does_nothing(monkeypatch):
    monkeypatch.setattr(clock, "turn_once", pytest.fail)
    running = clock.Clock(first=60)
    running.start()
    running.stop()


def test_a_database_that_does_not_answer_waits_for_the_next_turn(monkeypatch, caplog):
    def refused(**_given):
        raise OperationalError

    monkeypatch.setattr("maillage.apps.dossiers.job.turn", refused)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    clock.turn_once()
    assert "the clock could not turn: OperationalError" in caplog.text


@pytest.mark.usefixtures("late")
def test_what_a_turn_did_is_in_the_journal_of_the_server(monkeypatch, caplog):
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    caplog.set_level("INFO")
    clock.turn_once()
    assert "silence constaté" in caplog.text


def test_a_dossier_whose_kind_is_gone_does_not_stop_the_clock_of_the_others(maillage, territories):
    people = cast.create()
    for rank, commune in enumerate(("35236", "35064"), start=1):
        projet = cpts(people, nom=f"CPTS {rank}", communes=(commune,))
        row = filed(projet, number=f"PSC-53-2026-{rank:04d}", received_on=datetime.date(2020, 1, 15))
        set_clock(row, today=TODAY)
        row.save()
    Dossier.objects.filter(number="PSC-53-2026-0002").update(kind="disparue")
    ran = maillage("dossiers", "echeances")
    assert ran.code == 0
    assert "PSC-53-2026-0001 : délai légal passé, silence constaté." in ran.out
    assert "PSC-53-2026-0002" not in ran.out
