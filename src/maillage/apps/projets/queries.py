"""Reads of projects, each within the right of who reads: what a person may not see does not exist for them."""

import uuid

from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import Person, signed_in
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure

OVERSEERS = (Role.Name.INSTRUCTEUR, Role.Name.PILOTE)


def visible(person: Person) -> QuerySet[Projet]:
    """The projects that a person may see: those of their structures, and those shared with the authority they serve.

    An ARS sees its region; a délégation or a CPAM, the structures that have a commune in its département.
    """
    if not isinstance(person, User) or not signed_in(person):
        return Projet.objects.none()
    held = Role.objects.filter(user=person, until=None)
    own = Q(structure__organisation__in=held.filter(organisation__kind="structure").values("organisation"))
    rows = Projet.objects.filter(own | (Q(state=Projet.State.PARTAGE) & _overseen(person))).distinct()
    return rows.select_related("structure__organisation", "diagnosis")


def visible_projet(person: Person, identifier: uuid.UUID) -> Projet | None:
    """A project, ``None`` when it does not exist or when this person may not see it."""
    return visible(person).filter(pk=identifier).first()


def visible_structures(person: Person) -> QuerySet[Structure]:
    """The structures that a person may see: their own, and those that share a project with the authority they serve."""
    if not isinstance(person, User) or not signed_in(person):
        return Structure.objects.none()
    held = Role.objects.filter(user=person, until=None, organisation__kind=Organisation.Kind.STRUCTURE)
    shared = visible(person).filter(state=Projet.State.PARTAGE).order_by().values("structure")
    rows = Structure.objects.filter(Q(organisation__in=held.values("organisation")) | Q(pk__in=shared))
    return rows.select_related("organisation")


def visible_structure(person: Person, identifier: uuid.UUID) -> Structure | None:
    """A structure, ``None`` when it does not exist or when this person may not see it."""
    return visible_structures(person).filter(pk=identifier).first()


def overseen(person: Person, organisation: Organisation) -> QuerySet[Projet]:
    """The projects that are shared with one of the authorities that a person serves."""
    if not isinstance(person, User) or not signed_in(person):
        return Projet.objects.none()
    rows = Projet.objects.filter(_followed(_served(person).filter(pk=organisation.pk)), state=Projet.State.PARTAGE)
    return rows.select_related("structure__organisation")


def _overseen(person: User) -> Q:
    """Which structures the authorities of a person follow."""
    return _followed(_served(person))


def _served(person: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        roles__user=person, roles__until=None, roles__name__in=OVERSEERS, closed_at=None
    ).distinct()


def _followed(served: QuerySet[Organisation]) -> Q:
    whole = [each.region for each in served if each.kind == Organisation.Kind.ARS]
    parts = [each.departement for each in served if each.kind in (Organisation.Kind.DELEGATION, Organisation.Kind.CPAM)]
    found = Q(structure__region__in=whole)
    for departement in parts:
        found |= Q(structure__organisation__departement=departement)
    return found
