"""Reads of opening: the places with all that is told of them, what the agreement counts of it, the days to come."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.apps.opening.models import Closure, Continuity
from maillage.apps.structures.models import Site, Structure
from maillage.core.dossiers.calendar import public_holidays
from maillage.core.opening.closures import DaysClosed, Period, days_closed
from maillage.core.opening.points import Opening, Score, is_established, score, together
from maillage.core.opening.week import Spans, amplitude, is_open_on_saturday_morning


@dataclass(frozen=True)
class Place:
    """A place in a year: its week, its closures, what is told of it, how the agreement reads it."""

    site: Site
    week: dict[int, Spans]
    closures: tuple[Closure, ...]
    continuity: Continuity | None
    closed: DaysClosed
    opening: Opening

    @property
    def amplitude(self) -> float | None:
        """Hours a day, on the shortest day from Monday to Friday."""
        return amplitude(self.week)


def closures_of(structure: Structure) -> QuerySet[Closure]:
    """The closures of the places of a structure."""
    return Closure.objects.filter(site__structure=structure).select_related("site__structure__organisation")


def places(structure: Structure, year: int) -> list[Place]:
    """Every place of a structure in a year, with a constant number of reads."""
    rows = structure.sites.select_related("continuity", "structure__organisation").prefetch_related("hours", "closures")
    holidays = school_holidays(structure)
    return [_place(site, holidays, year) for site in rows]


def school_holidays(structure: Structure) -> list[Period]:
    """The school holidays that the structure told."""
    return [Period(each.since, each.until) for each in structure.school_holidays.all()]


def points(found: Sequence[Place], year: int) -> Score | None:
    """What the agreement counts of these places together; ``None`` without a place, or in a year without a grid."""
    if not found or not is_established(year):
        return None
    return score(together(each.opening for each in found), year)


def days_off(structure: Structure, year: int) -> dict[datetime.date, str]:
    """The public holidays of a year where the structure is."""
    return public_holidays(year, structure.region, structure.organisation.departement)


def week_of(site: Site) -> dict[int, Spans]:
    """The hours of a place, day by day."""
    week: dict[int, list[tuple[datetime.time, datetime.time]]] = {}
    for each in site.hours.all():
        week.setdefault(each.weekday, []).append((each.opens, each.closes))
    return dict(week)


def continuity_of(site: Site) -> Continuity | None:
    """What is told of a place."""
    return getattr(site, "continuity", None)


def _place(site: Site, holidays: Iterable[Period], year: int) -> Place:
    week, told = week_of(site), continuity_of(site)
    rows = tuple(each for each in site.closures.all() if each.since.year <= year <= each.until.year)
    closed = days_closed([Period(each.since, each.until) for each in rows], holidays, year)
    opening = Opening(
        amplitude=amplitude(week),
        saturday=is_open_on_saturday_morning(week),
        closed_in_holidays=closed.in_holidays,
        closed_outside=closed.outside,
        unscheduled=told.unscheduled if told else None,
        derogation=told.derogation if told else None,
    )
    return Place(site, week, rows, told, closed, opening)
