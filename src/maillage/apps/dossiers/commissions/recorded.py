"""When a session was convoked, opened and closed, as the log recorded it: the minutes say it, nobody rewrites it."""

import datetime
from collections.abc import Iterator

from django.db.models import Q

from maillage.apps.common.models import Event
from maillage.apps.dossiers.models import Session
from maillage.core.dossiers.calendar import day_in, zone_of
from maillage.core.kernel import french

OPENED, CLOSED, CLOSED_WITHOUT_QUORUM = "ouvrir la séance", "fermer la séance", "fermer la séance faute de quorum"
REASON = "raison"


def day_there(session: Session, moment: datetime.datetime) -> datetime.date:
    """The day of a moment where the commission is run."""
    return day_in(session.commission.organisation.region, moment)


def convoked_on(session: Session) -> datetime.datetime | None:
    """When the convocation in force was made; ``None`` before the first."""
    return session.convocation.at if session.convocation is not None else session.convoked_at


def held_in_words(session: Session) -> list[str]:
    """When it was opened and closed, and why before its day."""
    return list(_lines(session))


def _lines(session: Session) -> Iterator[str]:
    acts = Event.objects.filter(subject_type=Session._meta.label_lower, subject_id=str(session.pk)).order_by("at", "pk")
    opened = acts.filter(verb=OPENED).last()
    if opened is not None:
        yield f"Séance ouverte {_when(session, opened.at)}."
        if reason := (opened.after or {}).get(REASON):
            yield f"Elle a été ouverte avant le jour prévu. Raison : {reason}"
    closed = acts.filter(Q(verb=CLOSED) | Q(verb=CLOSED_WITHOUT_QUORUM)).last()
    if closed is not None:
        why = ", faute de quorum" if closed.verb == CLOSED_WITHOUT_QUORUM else ""
        yield f"Séance fermée {_when(session, closed.at)}{why}."


def _when(session: Session, moment: datetime.datetime) -> str:
    local = moment.astimezone(zone_of(session.commission.organisation.region))
    return f"le {french.day(local.date())} à {local:%H:%M}"
