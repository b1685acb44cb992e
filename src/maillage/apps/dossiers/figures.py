"""The filed dossiers of an authority as the values that statistics count."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from maillage.apps.accounts.permissions import Person
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.models import Decision, Dossier
from maillage.apps.dossiers.queries import to_review
from maillage.core.dossiers.calendar import day_in
from maillage.core.dossiers.statistics import OPEN, Filed

LEFT = {"retire": "retire", "classe": "classe"}
"""Closed states without a decision, by the code that every kind gives them."""
OTHERWISE = "clos"


@dataclass(frozen=True)
class Wanted:
    """Which dossiers: received between two days (both included), of a kind, of a département; empty for all."""

    since: datetime.date
    until: datetime.date
    kind: str = ""
    departement: str = ""


def filed(person: Person, wanted: Wanted) -> list[Filed]:
    """The dossiers that a person reviews or steers, as values; nothing for who does neither."""
    rows = chosen(person, wanted).prefetch_related(
        "suspensions", Prefetch("decisions", Decision.objects.filter(withdrawn_at=None), to_attr="in_force")
    )
    return list(_values(rows.annotate(asked=Count("piece_requests", distinct=True)), wanted.until))


def chosen(person: Person, wanted: Wanted) -> QuerySet[Dossier]:
    """The rows behind the figures."""
    rows = to_review(person).filter(received_on__range=(wanted.since, wanted.until))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.departement:
        rows = rows.filter(departement=wanted.departement)
    return rows


def _values(rows: QuerySet[Dossier], today: datetime.date) -> Iterator[Filed]:
    for row in rows:
        outcome, ended = _outcome(row)
        yield Filed(
            kind=row.kind,
            departement=row.departement,
            received=row.received_on or datetime.date.min,
            ended=ended,
            outcome=outcome,
            suspended=sum((each.until - each.since).days for each in row.suspensions.all() if each.until),
            due=clock.due if (clock := clock_of(row, today=today)) else None,
            requests=getattr(row, "asked", 0),
            holder=row.holder.full_name if row.holder else "",
        )


def _outcome(row: Dossier) -> tuple[str, datetime.date | None]:
    decision: Decision | None = next(iter(getattr(row, "in_force", [])), None)
    if decision is not None:
        return decision.sense, decision.decided_on
    if row.closed_at is not None:
        return LEFT.get(row.state, OTHERWISE), day_in(row.region, row.closed_at)
    return OPEN, None
