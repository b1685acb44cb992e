"""Act on the dossier of the database of the environment; stop where the test says, and wait to be killed.

``python -m tests.charge.one_decision prepare|decide|notify|look [place]``: « place » is a function of the services,
that says where it is and waits instead of doing its work. Each but « prepare » prints what is in the database, and what
is wrong.
"""

import json
import os
import sys
import time
from importlib import import_module
from typing import Any

import django

WAIT = 120
"""Seconds before who waits to be killed gives up."""


def main(act: str, place: str = "") -> None:
    """Do one act."""
    django.setup()
    if place:
        _stop_at(place)
    told = {"prepare": _prepare, "decide": _decide, "notify": _notify, "look": _look}[act]()
    sys.stdout.write(f"{json.dumps(told)}\n")


def _prepare() -> None:
    from django.core.management import call_command
    from tests import cast, small_world
    from tests.dossiers import cpts, filed

    call_command("migrate", verbosity=0)
    small_world.create_territories()
    filed(cpts(cast.create()), state="a_decider")


def _decide() -> dict[str, Any]:
    from tests.cast import NOW

    from maillage.apps.dossiers.deciding import Wanted, decide
    from maillage.apps.dossiers.models import Dossier

    decide(Dossier.objects.get(), Wanted(verb="accepter"), by=_person("decideuse"), at=NOW)
    return _look()


def _notify() -> dict[str, Any]:
    """Sign what is decided, then notify it; the place is in the second act."""
    from tests.cast import NOW, TODAY

    from maillage.apps.dossiers.models import Decision
    from maillage.apps.dossiers.notifying import Notice, notify_decision

    decision = Decision.objects.get()
    Decision.objects.update(signed_on=TODAY)
    notify_decision(decision, Notice(how="courrier", on=TODAY), by=_person("instructrice"), at=NOW)
    return _look()


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


def _stop_at(place: str) -> None:
    module, _dot, name = place.rpartition(".")

    def wait(*_args: Any, **_named: Any) -> None:
        sys.stdout.write(f"here {os.getpid()}\n")
        sys.stdout.flush()
        time.sleep(WAIT)

    setattr(import_module(f"maillage.apps.dossiers.{module}"), name, wait)


if __name__ == "__main__":
    main(*sys.argv[1:])
