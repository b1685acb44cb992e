"""Decide, and notify, on a new database, killed in the middle each time but the last; one line of JSON at the end.

``python -m tests.charge.one_decision``: each act is a program of its own (a fork, with a connection of its own) that
SIGKILL ends at its place, a function of the services, that kills instead of doing its work. The line is a list of what
the database holds after each act, and what is wrong in it.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.db import connections

ACTS = (
    ("decide", "recognising.apply"), ("decide", "deciding.tell"), ("decide", ""), ("notify", "notifying.tell"),
    ("notify", ""),
)  # fmt: skip
"""Each act and where it is killed: the row of the decision is written; everything is, and not committed."""


def main() -> None:
    """Do every act, one after the other."""
    django.setup()
    _prepare()
    told = []
    for name, place in ACTS:
        connections.close_all()
        ended = _forked({"decide": _decide, "notify": _notify}[name], place)
        told.append({"ended": ended, **_look()})
    sys.stdout.write(f"{json.dumps(told)}\n")


def _forked(act: Callable[[], None], place: str) -> int:
    """How a program that does the act ended: 0, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        try:
            if place:
                _kill_at(place)
            act()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _kill_at(place: str) -> None:
    module, _dot, name = place.rpartition(".")

    def kill(*_args: Any, **_named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(import_module(f"maillage.apps.dossiers.{module}"), name, kill)


def _prepare() -> None:
    from django.core.management import call_command
    from tests import cast, small_world
    from tests.dossiers import cpts, filed

    call_command("migrate", verbosity=0)
    small_world.create_territories()
    filed(cpts(cast.create()), state="a_decider")


def _decide() -> None:
    from tests.cast import NOW

    from maillage.apps.dossiers.deciding import Wanted, decide
    from maillage.apps.dossiers.models import Dossier

    decide(Dossier.objects.get(), Wanted(verb="accepter"), by=_person("decideuse"), at=NOW)


def _notify() -> None:
    """Sign what is decided, then notify it; the place is in the second act."""
    from tests.cast import NOW, TODAY

    from maillage.apps.dossiers.models import Decision
    from maillage.apps.dossiers.notifying import Notice, notify_decision

    decision = Decision.objects.get()
    Decision.objects.update(
        signed_on=TODAY, signatory="Camille Exemple", signatory_quality="Directrice", appeal="Deux mois."
    )
    notify_decision(decision, Notice(how="courrier", on=TODAY), by=_person("instructrice"), at=NOW)


def _look() -> dict[str, Any]:
    from tests.charge.decided import faults

    from maillage.apps.common.models import Event
    from maillage.apps.dossiers.models import Condition, Counter, Decision, Dossier, Perimeter, Recognition
    from maillage.apps.notifications.models import Notification

    rows = {"decisions": Decision, "recognitions": Recognition, "communes": Perimeter, "conditions": Condition}
    told: dict[str, Any] = {name: model.objects.count() for name, model in rows.items()}
    told["counted"] = sum(Counter.objects.exclude(key="perimetres").values_list("last", flat=True))
    told["events"] = Event.objects.filter(subject_type="dossiers.dossier").count()
    told["news"] = Notification.objects.count()
    told["notified"] = Decision.objects.exclude(notified_at=None).count()
    return {**told, "state": Dossier.objects.get().state, "faults": faults()}


def _person(name: str) -> Any:
    from maillage.apps.accounts.models import User

    return User.objects.get(email=f"{name}@example.org")


if __name__ == "__main__":
    main()
