"""Reads of governance, each within the right of who reads: only the people of the structure."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.governance.models import Assembly, Body, Candidate, College, Mandate, Resolution, VotingRules
from maillage.apps.structures.models import Structure
from maillage.core.kernel.french import fold

SOON = datetime.timedelta(days=90)
"""How long before its end a mandate is said to end soon."""
RANKS = ("presid", "co presid", "gerant", "gerance", "co geran", "vice", "secret", "tresor")
"""The first functions of a body, in the order of an organigram; the others follow by name."""


@dataclass(frozen=True)
class Alert:
    """Something to do about the mandates of a body: one that ended, that ends soon, a seat that nobody holds."""

    nature: str
    body: Body
    mandate: Mandate | None = None
    day: datetime.date | None = None
    seats: int = 0
    college: College | None = None


def bodies_of(person: Person, structure: Structure) -> QuerySet[Body]:
    """The bodies of a structure that a person may see."""
    rows = structure.bodies.select_related("structure__organisation", "entity")
    return rows if may_see_inside(person, structure) else rows.none()


def body_of(person: Person, structure: Structure, key: uuid.UUID) -> Body | None:
    """A body that a person may see."""
    return bodies_of(person, structure).filter(pk=key).first()


def college_of(person: Person, structure: Structure, key: uuid.UUID) -> College | None:
    """A collège that a person may see."""
    rows = College.objects.select_related("body__structure__organisation")
    return rows.filter(body__in=bodies_of(person, structure), pk=key).first()


def rules_of(person: Person, structure: Structure, key: uuid.UUID) -> VotingRules | None:
    """Rules of a vote that a person may see."""
    rows = VotingRules.objects.select_related("body__structure__organisation")
    return rows.filter(body__in=bodies_of(person, structure), pk=key).first()


def mandates_of(person: Person, structure: Structure) -> QuerySet[Mandate]:
    """The mandates, past and present, that a person may see."""
    rows = Mandate.objects.select_related("body__entity", "body__structure__organisation", "member", "college")
    return rows.filter(body__in=bodies_of(person, structure))


def mandate_of(person: Person, structure: Structure, key: uuid.UUID) -> Mandate | None:
    """A mandate that a person may see."""
    return mandates_of(person, structure).filter(pk=key).first()


def assemblies_of(person: Person, structure: Structure) -> QuerySet[Assembly]:
    """The assemblies that a person may see, the latest first."""
    rows = Assembly.objects.select_related("meeting__structure__organisation", "body__entity", "rules")
    return rows.filter(body__in=bodies_of(person, structure))


def assembly_of(person: Person, structure: Structure, key: uuid.UUID) -> Assembly | None:
    """An assembly that a person may see."""
    return assemblies_of(person, structure).filter(pk=key).first()


def resolution_of(person: Person, structure: Structure, key: uuid.UUID) -> Resolution | None:
    """A resolution that a person may see."""
    rows = Resolution.objects.select_related(
        "assembly__meeting", "assembly__body__structure__organisation", "assembly__rules", "elects"
    )
    return rows.filter(assembly__body__in=bodies_of(person, structure), pk=key).first()


def candidate_of(person: Person, structure: Structure, key: int) -> Candidate | None:
    """A candidacy that a person may see."""
    rows = Candidate.objects.select_related("member", "resolution__assembly__body__structure__organisation")
    return rows.filter(resolution__assembly__body__in=bodies_of(person, structure), pk=key).first()


def current(mandates: Iterable[Mandate], day: datetime.date) -> list[Mandate]:
    """The mandates that run on a day, in the order of an organigram; past its term, one runs until someone ends it."""
    rows = [each for each in mandates if each.since <= day and (each.ended_on is None or each.ended_on > day)]
    return sorted(rows, key=lambda each: (rank(each.function), fold(each.member.nom), fold(each.member.prenom)))


def rank(function: str) -> tuple[int, str]:
    """Where a function stands in an organigram."""
    word = fold(function)
    found = next((place for place, start in enumerate(RANKS) if word.startswith(start)), len(RANKS))
    return found, word


def alerts(bodies: Iterable[Body], running: Iterable[Mandate], day: datetime.date) -> list[Alert]:
    """What there is to do: mandates past their term or near it, members who left, seats that nobody holds.

    ``bodies`` come with their ``colleges``; ``running`` are the mandates of that day.
    """
    rows = list(running)
    found = [alert for each in rows if (alert := _of_mandate(each, day)) is not None]
    for body in bodies:
        held = [each for each in rows if each.body_id == body.pk]
        if body.seats and (free := body.seats - len({each.member_id for each in held})) > 0:
            found.append(Alert("siege", body, seats=free))
        for college in body.colleges.all():
            taken = len({each.member_id for each in held if each.college_id == college.pk})
            if college.seats and college.seats > taken:
                found.append(Alert("siege", body, seats=college.seats - taken, college=college))
    return found


def _of_mandate(mandate: Mandate, day: datetime.date) -> Alert | None:
    if mandate.member.left_on is not None and mandate.member.left_on <= day:
        return Alert("parti", mandate.body, mandate, mandate.member.left_on)
    if mandate.until is None or mandate.until > day + SOON:
        return None
    return Alert("fini" if mandate.until < day else "bientot", mandate.body, mandate, mandate.until)
