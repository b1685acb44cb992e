"""An assembly as the counting reads it: who may vote, how each is there, the quorum, what a vote gives."""

import datetime
import uuid
from collections.abc import Sequence
from fractions import Fraction

from django.db.models import Q

from maillage.apps.activity.queries import HERE
from maillage.apps.governance.models import Assembly, Body, Power, Voter, VotingRules
from maillage.apps.structures.belonging_models import Belonging
from maillage.apps.structures.models import Member
from maillage.core.projet.assemblies import Place, Quorum, QuorumRule, places, quorum

VOTING = (Belonging.Quality.ADHERENT, Belonging.Quality.ASSOCIE)
"""The qualities whose members make the assembly of a legal person."""


def electorate(body: Body, day: datetime.date) -> list[tuple[Member, uuid.UUID | None]]:
    """Who may vote in a body on a day, and in which collège, as far as the structure says it.

    In an assembly: the adhérents and associés of its legal person, or the whole team when none is noted; elsewhere,
    who holds a mandate. The page lets one correct it.
    """
    if body.kind == Body.Kind.ASSEMBLEE:
        return [(member, _college(body, member)) for member in _members(body, day)]
    running = Q(ended_on=None) | Q(ended_on__gt=day)
    found: dict[uuid.UUID, tuple[Member, uuid.UUID | None]] = {}
    for each in body.mandates.filter(running, since__lte=day).select_related("member"):
        found.setdefault(each.member_id, (each.member, each.college_id))
    return list(found.values())


def presences(assembly: Assembly) -> dict[uuid.UUID, str]:
    """How each member came, as it was noted."""
    return dict(assembly.meeting.attendances.values_list("member_id", "presence"))


def places_of(assembly: Assembly, voters: Sequence[Voter]) -> dict[int, Place]:
    """How each voter is there, by key of the voter."""
    noted = presences(assembly)
    here = {str(each.pk): noted[each.member_id] for each in voters if noted.get(each.member_id) in HERE}
    rows = Power.objects.filter(giver__assembly=assembly).values_list("giver_id", "holder_id")
    powers = {str(giver): str(holder) for giver, holder in rows}
    found = places(here, powers, [str(each.pk) for each in voters])
    return {int(key): place for key, place in found.items()}


def quorum_of(assembly: Assembly) -> Quorum:
    """The quorum as it is now."""
    voters = list(assembly.voters.select_related("college"))
    where = places_of(assembly, voters)
    return quorum(((str(each.college or ""), where[each.pk]) for each in voters), quorum_rule(assembly))


def quorum_rule(assembly: Assembly) -> QuorumRule:
    """What the statutes ask of this assembly; the second call has its own share."""
    rules = assembly.rules
    if rules is None:
        return QuorumRule()
    counts = {VotingRules.Counted.PRESENTS.value: False, VotingRules.Counted.REPRESENTES.value: True}
    is_second = assembly.first_id is not None
    top, bottom = (rules.second_top, rules.second_bottom) if is_second else (rules.quorum_top, rules.quorum_bottom)
    return QuorumRule(
        share=share(top, bottom),
        counts_represented=counts.get(rules.quorum_counts),
        counts_remote=rules.remote_counts,
        by_college=rules.quorum_by_college,
    )


def share(top: int | None, bottom: int | None) -> Fraction | None:
    """A share of the table, ``None`` when nobody typed it."""
    return None if top is None or not bottom else Fraction(top, bottom)


def _members(body: Body, day: datetime.date) -> list[Member]:
    team = body.structure.members.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day)
    if body.entity_id is None:
        return list(team)
    belonging = Q(until=None) | Q(until__gte=day)
    rows = Belonging.objects.filter(
        belonging, entity=body.entity_id, quality__in=VOTING, since__lte=day, removed_at=None, member__isnull=False
    )
    chosen = set(rows.values_list("member_id", flat=True))
    return [each for each in team if each.pk in chosen] if chosen else list(team)


def _college(body: Body, member: Member) -> uuid.UUID | None:
    return next((each.pk for each in body.colleges.all() if member.metier in each.metiers), None)
