"""When the legal delay of a dossier would end if it were sent today."""

import datetime

from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.clock import Suspension, clock, end_of
from maillage.core.dossiers.definition import Verb


def due_if_sent(dossier: Dossier, verb: Verb, *, today: datetime.date) -> datetime.date | None:
    """The last day of the delay; ``None`` when it does not start with this sending, or when nobody knows it."""
    delay = definition_of(dossier).delai
    if delay is None:
        return None
    started = (dossier.received_on or today) if delay.compte_depuis == "depot" else dossier.completed_on
    if started is None:
        return None
    if verb == "deposer":
        return end_of(delay, started)
    rows = dossier.suspensions.all() if delay.incomplet_suspend else ()
    ended = [Suspension(each.since, each.until or max(today, each.since)) for each in rows]
    return clock(delay, started, ended, today).due
