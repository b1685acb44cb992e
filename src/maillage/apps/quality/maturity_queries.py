"""Reads of the maturity of a team, each within what its round allows to see."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from maillage.apps.quality.maturity_models import Improvement, MaturityConsensus, MaturityDimension, MaturityRound
from maillage.apps.structures.models import Member, Structure
from maillage.core.quality.maturity import OPEN, distribution, majority


@dataclass(frozen=True)
class Line:
    """A dimension in a round: how many gave each level (empty while each scores alone), the majority, the consensus."""

    dimension: MaturityDimension
    counts: tuple[int, ...]
    majority: int | None
    agreed: MaturityConsensus | None
    before: int | None

    @property
    def total(self) -> int:
        """How many gave a level."""
        return sum(self.counts)


def rounds(structure: Structure) -> QuerySet[MaturityRound]:
    """The rounds of a structure, the latest first."""
    count = Count("scores__member", distinct=True)
    return (
        structure.maturity_rounds.select_related("structure__organisation")
        .annotate(scorers=count)
        .order_by("-opened_at", "pk")
    )


def round_of(structure: Structure, identifier: uuid.UUID) -> MaturityRound | None:
    """A round of a structure."""
    return rounds(structure).filter(pk=identifier).first()


def running(structure: Structure) -> MaturityRound | None:
    """The round that is not over."""
    return rounds(structure).filter(state__in=("ouverte", "revelee")).first()


def dimensions(structure: Structure) -> list[MaturityDimension]:
    """What is scored now."""
    return list(structure.maturity_dimensions.filter(is_scored=True))


def own_levels(row: MaturityRound, member: Member | None) -> dict[int, int]:
    """The levels that a member gave, by key of dimension: their own only."""
    if member is None:
        return {}
    return dict(row.scores.filter(member=member).values_list("dimension_id", "level"))


def lines(row: MaturityRound) -> list[Line]:
    """Each dimension of a round; nothing of the scores while each scores alone."""
    levels: dict[int, list[int]] = defaultdict(list)
    if row.state != OPEN:
        for dimension, level in row.scores.values_list("dimension_id", "level"):
            levels[dimension].append(level)
    agreed = {each.dimension_id: each for each in row.agreed.all()}
    last = previous(row)
    before = dict(last.agreed.values_list("dimension_id", "level")) if last else {}
    scored = Q(is_scored=True) if row.state in ("ouverte", "revelee") else Q(pk__in=[*levels, *agreed])
    return [
        Line(
            each,
            distribution(levels[each.pk], row.top) if row.state != OPEN else (),
            majority(levels[each.pk]),
            agreed.get(each.pk),
            before.get(each.pk),
        )
        for each in row.structure.maturity_dimensions.filter(scored)
    ]


def previous(row: MaturityRound) -> MaturityRound | None:
    """The last round closed before this one, on the same number of levels: others do not compare."""
    return row.structure.maturity_rounds.filter(state="close", opened_at__lt=row.opened_at, top=row.top).first()


def improvements(structure: Structure) -> QuerySet[Improvement]:
    """What is to be done, then what is done."""
    return structure.improvements.select_related("owner", "dimension", "round", "structure__organisation").order_by(
        "done_on", "due_on", "pk"
    )
