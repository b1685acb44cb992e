"""Reads of the tools and of the counts of a structure, each within the right of who reads."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.digital.models import MonthlyCount, Tool
from maillage.apps.structures.models import Structure
from maillage.core.activity.equipment import Share, Span, share_of

LABELS = (Tool.Label.STANDARD, Tool.Label.AVANCE)


@dataclass(frozen=True)
class Equipment:
    """What is known of a label in a year. ``undated``: tools that bear it without a day of acquisition."""

    label: Tool.Label
    share: Share | None
    undated: int
    without_proof: int


@dataclass(frozen=True)
class MonthOfCounts:
    """The counts of a month by kind; ``None`` is unknown."""

    month: datetime.date
    counts: dict[str, int | None]


def every_tool(person: Person, structure: Structure) -> QuerySet[Tool]:
    """The tools that a person may read, those taken out too."""
    rows = Tool.objects.filter(structure=structure).select_related("entity", "proof", "structure__organisation")
    return rows.prefetch_related("users__member") if may_see_inside(person, structure) else rows.none()


def tools_of(person: Person, structure: Structure) -> QuerySet[Tool]:
    """The tools that a person may read, those taken out left aside."""
    return every_tool(person, structure).filter(removed_at=None)


def tool_of(person: Person, structure: Structure, identifier: uuid.UUID) -> Tool | None:
    """A tool that a person may read, taken out or not."""
    return every_tool(person, structure).filter(pk=identifier).first()


def equipment(tools: Iterable[Tool], year: int) -> list[Equipment]:
    """What is known of each label in a year: facts, which the rules turn into points elsewhere."""
    rows = list(tools)
    return [_equipment(label, [each for each in rows if each.label == label], year) for label in LABELS]


def counts_of(person: Person, structure: Structure, year: int) -> list[MonthOfCounts]:
    """The twelve months of a year."""
    rows = MonthlyCount.objects.filter(structure=structure, month__year=year)
    known = {(each.month, each.kind): each.count for each in rows} if may_see_inside(person, structure) else {}
    months = [datetime.date(year, rank, 1) for rank in range(1, 13)]
    return [MonthOfCounts(day, {kind: known.get((day, kind)) for kind in MonthlyCount.Kind.values}) for day in months]


def totals(months: Iterable[MonthOfCounts]) -> dict[str, tuple[int | None, int]]:
    """By kind, the total of what is known (``None`` when nothing is) and how many months are."""
    found: dict[str, tuple[int | None, int]] = {}
    rows = list(months)
    for kind in MonthlyCount.Kind.values:
        known = [count for each in rows if (count := each.counts[kind]) is not None]
        found[kind] = (sum(known) if known else None, len(known))
    return found


def years_of(structure: Structure, today: datetime.date) -> list[int]:
    """The years that hold a count, and this one; the latest first."""
    rows = MonthlyCount.objects.filter(structure=structure).values_list("month__year", flat=True)
    return sorted({*rows, today.year}, reverse=True)


def _equipment(label: Tool.Label, rows: list[Tool], year: int) -> Equipment:
    spans = [Span(each.acquired_on, each.ended_on) for each in rows if each.acquired_on]
    without = sum(not (each.label_proof or each.proof_id) for each in rows)
    return Equipment(label, share_of(year, spans), sum(each.acquired_on is None for each in rows), without)
