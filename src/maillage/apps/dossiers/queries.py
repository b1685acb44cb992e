"""Reads of dossiers, each within the right of who reads: what a person may not see does not exist for them."""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES, Person, signed_in
from maillage.apps.dossiers.models import AgendaItem, AvisRequest, Dossier, Seat, Session
from maillage.apps.dossiers.permissions import GIVERS, INSIDERS, interests_of
from maillage.core.dossiers import kinds
from maillage.core.dossiers.definition import Definition

CONVOKED = (Session.State.CONVOQUEE, Session.State.OUVERTE, Session.State.TENUE, Session.State.APPROUVEE)


def definition_of(dossier: Dossier) -> Definition:
    """The definition that a dossier follows."""
    return kinds.kind(dossier.kind, dossier.region)


def followed_by_a_definition(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those whose kind exists still: one that lost its definition must not stop what is done for the others."""
    return rows.filter(kind__in={each.code for each in kinds.every_kind()})


def visible(person: Person, *, within: Organisation | None = None) -> QuerySet[Dossier]:
    """The dossiers that a person may see: those of their structures and those filed by their organisation; once filed,
    those of the authority that they serve, those on which their avis is asked, those on the agenda of their session.
    A declared conflict of interest hides a dossier that is not one's own. ``within``: by their roles in this
    organisation alone, for a token of the API that acts for it; never by a seat.
    """
    if not isinstance(person, User) or not signed_in(person):
        return Dossier.objects.none()
    mine = Role.objects.filter(user=person, until=None, organisation__closed_at=None)
    held = Role.objects.filter(user=person, until=None, name__in=STRUCTURE_ROLES)
    sessions = _of_a_session(person)
    if within is not None:
        mine, held, sessions = mine.filter(organisation=within), held.filter(organisation=within), Q(pk__in=[])
    bodies = held.values("organisation")
    own = Q(structure__organisation__in=bodies) | Q(filer__in=bodies)
    asked = _asked(person, mine, within)
    filed = ~Q(phase=Dossier.Phase.BROUILLON) & (_reviewed(mine) | _associated(mine) | asked)
    without_interest = ~Q(pk__in=interests_of(person).values("dossier"))
    rows = Dossier.objects.filter(own | (filed | sessions) & without_interest)
    return rows.select_related("structure__organisation", "filer", "authority", "holder", "projet")


def visible_dossier(person: Person, identifier: uuid.UUID) -> Dossier | None:
    """A dossier, ``None`` when it does not exist or when this person may not see it."""
    return visible(person).filter(pk=identifier).first()


def to_review(person: Person) -> QuerySet[Dossier]:
    """The filed dossiers of the authorities that a person serves, those of their own structures left out."""
    if not isinstance(person, User) or not signed_in(person):
        return Dossier.objects.none()
    mine = Role.objects.filter(user=person, until=None, organisation__closed_at=None)
    bodies = Role.objects.filter(user=person, until=None, name__in=STRUCTURE_ROLES).values("organisation")
    rows = Dossier.objects.filter(_reviewed(mine)).exclude(phase=Dossier.Phase.BROUILLON)
    rows = rows.exclude(Q(structure__organisation__in=bodies) | Q(filer__in=bodies))
    rows = rows.exclude(pk__in=interests_of(person).values("dossier"))
    return rows.select_related("structure__organisation", "filer", "authority", "holder")


def avis_asked_of(person: Person) -> QuerySet[AvisRequest]:
    """The avis that this person may give, given or not; the oldest deadline first."""
    if not isinstance(person, User) or not signed_in(person):
        return AvisRequest.objects.none()
    mine = Role.objects.filter(user=person, until=None, organisation__closed_at=None)
    rows = _asked_of(person, mine)
    rows = rows.select_related("consultation__dossier__structure__organisation", "organisation", "expert")
    return rows.order_by("consultation__answer_by", "pk").distinct()


def _reviewed(roles: QuerySet[Role]) -> Q:
    """Those of an authority where one is an insider, or of a délégation of it in the département."""
    inside = roles.filter(name__in=INSIDERS)
    found = Q(authority__in=inside.values("organisation"))
    for each in Organisation.objects.filter(roles__in=inside, kind=Organisation.Kind.DELEGATION).distinct():
        found |= Q(authority=each.parent_id, departement=each.departement) & ~Q(departement="")
    return found


def _associated(roles: QuerySet[Role]) -> Q:
    """Those that a definition shares with the CPAM or the ARS of the place: they read them once filed."""
    found = Q(pk__in=[])
    bodies = Organisation.objects.filter(roles__in=roles.filter(name__in=INSIDERS)).distinct()
    for body in bodies:
        kind = {"cpam": "cpam", "ars": "ars", "delegation": "ars"}.get(body.kind)
        codes = [each.code for each in kinds.every_kind() if kind in each.associes]
        if not codes:
            continue
        place = Q(region=body.region) if body.kind == "ars" else Q(departement=body.departement)
        found |= Q(kind__in=codes) & place
    return found


def _asked(person: User, roles: QuerySet[Role], within: Organisation | None) -> Q:
    """Those on which an avis is asked of this person, or of an organisation for which they speak."""
    asked = _asked_of(person, roles)
    if within is not None:
        asked = asked.filter(organisation=within)
    return Q(pk__in=asked.values("consultation__dossier"))


def _asked_of(person: User, roles: QuerySet[Role]) -> QuerySet[AvisRequest]:
    """The avis asked of the organisations for which these roles speak, those asked of another person left out."""
    bodies = roles.filter(name__in=GIVERS).values("organisation")
    rows = AvisRequest.objects.filter(organisation__in=bodies, withdrawn_at=None)
    return rows.filter(Q(expert=person) | Q(expert=None))


def seats_held(person: User) -> QuerySet[Seat]:
    """The seats that a person holds today, titulaire or suppléant; a role in what runs the commission goes with it."""
    today = timezone.localdate()
    bodies = Role.objects.filter(user=person, until=None).values("organisation")
    rows = Seat.objects.filter(Q(titulaire=person) | Q(suppleant=person), commission__organisation__in=bodies)
    return rows.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


def sessions_of_member(person: User, *, cancelled: bool = False) -> QuerySet[Session]:
    """The convoked sessions held on a day when a person has a seat; with those convoked then cancelled if asked."""
    seats = seats_held(person).filter(commission=OuterRef("commission"), since__lte=OuterRef("starts_at__date"))
    seats = seats.filter(Q(until=None) | Q(until__gte=OuterRef("starts_at__date")))
    states = Q(state__in=CONVOKED)
    if cancelled:
        states |= Q(state=Session.State.ANNULEE, convoked_at__isnull=False)
    return Session.objects.filter(states, Exists(seats))


def _of_a_session(person: User) -> Q:
    """Those on the agenda of a convoked session where this person has a seat, by their keys: no row comes twice."""
    items = AgendaItem.objects.filter(session__in=sessions_of_member(person).values("pk"))
    return Q(pk__in=items.values("dossier"))
