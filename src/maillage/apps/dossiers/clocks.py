"""The legal clock of a dossier in the database: its suspensions, its last day, kept on the row for lists."""

import datetime

from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.clock import Clock, Suspension, clock


def clock_of(dossier: Dossier, *, today: datetime.date) -> Clock | None:
    """Where the legal delay of a dossier stands on a day of its territory; ``None`` when its kind has none."""
    delay = definition_of(dossier).delai
    if delay is None:
        return None
    started = dossier.received_on if delay.compte_depuis == "depot" else dossier.completed_on
    rows = dossier.suspensions.all() if delay.incomplet_suspend else ()
    return clock(delay, started, [Suspension(each.since, each.until) for each in rows], today)


def set_clock(dossier: Dossier, *, today: datetime.date) -> None:
    """Write on the row (not saved) what the clock says: call it after any change of its days or suspensions."""
    found = clock_of(dossier, today=today)
    running = found is not None and dossier.phase not in (Dossier.Phase.SUIVI, Dossier.Phase.CLOS)
    dossier.due_on = found.due if running and found else None
    dossier.suspended_since = found.suspended_since if running and found else None
