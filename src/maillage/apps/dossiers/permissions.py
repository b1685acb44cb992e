"""Who is what on a dossier: who files, who reviews, who decides. Every verb of the app stands on these."""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import MANAGERS, STRUCTURE_ROLES, Person, has_role, may_write_in, signed_in
from maillage.apps.dossiers.models import AvisRequest, ConflictOfInterest, Dossier
from maillage.core.dossiers.definition import Actor

REVIEWERS = frozenset({Role.Name.INSTRUCTEUR})
DECIDERS = frozenset({Role.Name.DECIDEUR})
INSIDERS = frozenset({Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR, Role.Name.PILOTE})
"""Who, in the authority, reads a dossier whole, internal notes included."""
GIVERS = frozenset({Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR, Role.Name.COMMISSION, Role.Name.ADMINISTRATEUR})
"""Who gives the avis asked of an organisation."""


def actors_of(person: Person, dossier: Dossier) -> frozenset[Actor]:
    """What a person is on a dossier, in the words of its definition. Who files never reviews nor decides it."""
    found: set[Actor] = set()
    if may_file(person, dossier):
        found.add("deposant")
    if may_review(person, dossier):
        found |= {"instructeur", "commission"}
    if may_decide(person, dossier):
        found.add("decideur")
    return frozenset(found)


def may_file(person: Person, dossier: Dossier) -> bool:
    """Whether a person may deposit, complete, amend and withdraw: who runs the organisation that files."""
    if dossier.filer.closed_at is not None:
        return False
    names = MANAGERS if dossier.filer.kind == Organisation.Kind.STRUCTURE else {Role.Name.PORTEUR}
    return has_role(person, dossier.filer, names)


def may_draft(person: Person, dossier: Dossier) -> bool:
    """Whether a person may write the draft: who writes in the structure, or who files."""
    return may_write_in(person, dossier.structure.organisation) or may_file(person, dossier)


def is_of_the_filer(person: Person, dossier: Dossier) -> bool:
    """Whether a person belongs to the structure of a dossier or to the organisation that files it."""
    return has_role(person, dossier.structure.organisation, STRUCTURE_ROLES) or has_role(
        person, dossier.filer, STRUCTURE_ROLES
    )


def may_review(person: Person, dossier: Dossier) -> bool:
    """Whether a person may review: an instructeur of the authority, or of its délégation of the département."""
    return _holds(person, dossier, REVIEWERS)


def holder_of(dossier: Dossier) -> User | None:
    """Who holds a dossier and may still review it: their role may have ended, or an interest keep them away."""
    holder = dossier.holder
    return holder if holder is not None and may_review(holder, dossier) else None


def may_decide(person: Person, dossier: Dossier) -> bool:
    """Whether a person may decide: a décideur of the authority, or of its délégation of the département."""
    return _holds(person, dossier, DECIDERS)


def may_read_inside(person: Person, dossier: Dossier) -> bool:
    """Whether a person reads what the authority keeps to itself: notes, labels, avis, drafts of letters."""
    return _holds(person, dossier, INSIDERS)


def may_give(person: Person, asked: AvisRequest) -> bool:
    """Whether a person may give an avis: who speaks for the organisation asked, the expert alone when one is named.

    A named expert whose role there ended gives nothing any more.
    """
    if asked.withdrawn_at is not None or not isinstance(person, User) or not signed_in(person):
        return False
    if is_of_the_filer(person, asked.consultation.dossier) or has_interest(person, asked.consultation.dossier):
        return False
    if asked.organisation.closed_at is not None or asked.expert_id not in (None, person.pk):
        return False
    return has_role(person, asked.organisation, GIVERS)


def may_run_commissions(person: Person, organisation: Organisation) -> bool:
    """Whether a person runs the commissions of an organisation: its instructeurs and its administrators."""
    return has_role(person, organisation, REVIEWERS | {Role.Name.ADMINISTRATEUR})


def interests_of(person: User) -> QuerySet[ConflictOfInterest]:
    """The conflicts of interest of a person: those declared of them, or of the part of a seat that they hold."""
    seat = Q(of_user=None, holder="titulaire", seat__titulaire=person)
    seat |= Q(of_user=None, holder="suppleant", seat__suppleant=person)
    return ConflictOfInterest.objects.filter(Q(of_user=person) | seat)


def has_interest(person: Person, dossier: Dossier) -> bool:
    """Whether a conflict of interest keeps a person away from a dossier, whatever their other roles."""
    return isinstance(person, User) and interests_of(person).filter(dossier=dossier).exists()


def without_holder() -> Q:
    """The dossiers that nobody holds, or whose holder has no role any more to review them."""
    served = Q(organisation=OuterRef("authority")) | ~Q(organisation__departement="") & Q(
        organisation__parent=OuterRef("authority"),
        organisation__kind=Organisation.Kind.DELEGATION,
        organisation__departement=OuterRef("departement"),
    )
    roles = Role.objects.filter(served, user=OuterRef("holder"), name__in=REVIEWERS, until=None)
    return Q(holder=None) | ~Q(Exists(roles.filter(organisation__closed_at=None, user__is_active=True)))


def _holds(person: Person, dossier: Dossier, names: frozenset[Role.Name]) -> bool:
    if not isinstance(person, User) or not signed_in(person) or dossier.authority is None:
        return False
    if is_of_the_filer(person, dossier) or has_interest(person, dossier):
        return False
    bodies = [dossier.authority_id, *delegations(dossier)]
    return Role.objects.filter(
        user=person, until=None, organisation__in=bodies, organisation__closed_at=None, name__in=names
    ).exists()


def delegations(dossier: Dossier) -> list[uuid.UUID]:
    """The délégations of the authority that share the review: those of the département of the dossier."""
    rows = Organisation.objects.filter(
        parent_id=dossier.authority_id, kind=Organisation.Kind.DELEGATION, departement=dossier.departement
    )
    return list(rows.exclude(departement="").values_list("pk", flat=True))
