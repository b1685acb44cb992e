"""Who runs a commission, who sits in it, who is kept away from an item."""

import uuid

from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import Person, signed_in
from maillage.apps.dossiers.models import AgendaItem, Commission, Dossier, Session
from maillage.apps.dossiers.permissions import (
    REVIEWERS,
    has_interest,
    is_of_the_filer,
    may_review,
    may_run_commissions,
)
from maillage.apps.dossiers.queries import seats_held, sessions_of_member

RUNNERS = REVIEWERS | {Role.Name.ADMINISTRATEUR}


def runs(person: Person, commission: Commission) -> bool:
    """Whether a person runs a commission: prepares it, convokes it, writes what it says."""
    return commission.organisation.closed_at is None and may_run_commissions(person, commission.organisation)


def bodies_run(person: Person) -> QuerySet[Role]:
    """The roles by which a person runs commissions."""
    if not isinstance(person, User) or not signed_in(person):
        return Role.objects.none()
    return Role.objects.filter(user=person, until=None, name__in=RUNNERS, organisation__closed_at=None)


def is_away(person: Person, dossier: Dossier) -> bool:
    """Whether a person is kept away from the debate on a dossier: an interest declared, or their own team files it."""
    return has_interest(person, dossier) or is_of_the_filer(person, dossier)


def may_conduct(person: Person, item: AgendaItem) -> bool:
    """Whether a person writes what a commission says of a dossier: who runs it and reviews the dossier, not away."""
    return (
        runs(person, item.session.commission) and may_review(person, item.dossier) and not is_away(person, item.dossier)
    )


def visible_commissions(person: Person) -> QuerySet[Commission]:
    """The commissions that a person runs, and those where they have a seat."""
    if not isinstance(person, User) or not signed_in(person):
        return Commission.objects.none()
    run = bodies_run(person).values("organisation")
    rows = Commission.objects.filter(Q(organisation__in=run) | Q(seats__in=seats_held(person)))
    return rows.select_related("organisation").distinct()


def visible_sessions(person: Person) -> QuerySet[Session]:
    """The sessions of the commissions that a person runs; for a member, those to which they were convoked."""
    if not isinstance(person, User) or not signed_in(person):
        return Session.objects.none()
    run = bodies_run(person).values("organisation")
    member = sessions_of_member(person, cancelled=True)
    rows = Session.objects.filter(Q(commission__organisation__in=run) | Q(pk__in=member.values("pk")))
    return rows.select_related("commission__organisation", "convocation", "minutes_file", "follows").distinct()


def sits(person: Person, session: Session) -> bool:
    """Whether a person has a seat at a session that was convoked."""
    return isinstance(person, User) and sessions_of_member(person).filter(pk=session.pk).exists()


def visible_item(person: Person, session: Session, identifier: uuid.UUID) -> AgendaItem | None:
    """An item of a session that a person sees, ``None`` when they are kept away from it."""
    rows = AgendaItem.objects.select_related(
        "session__commission__organisation", "dossier__structure__organisation", "dossier__filer", "dossier__authority"
    )
    item = rows.filter(pk=identifier, session=session).first()
    return None if item is None or is_away(person, item.dossier) else item


def closed_items(person: Person, session: Session) -> set[uuid.UUID]:
    """The items of a session from which a person is kept away."""
    rows = session.items.select_related("dossier__structure__organisation", "dossier__filer")
    return {item.pk for item in rows if is_away(person, item.dossier)}
