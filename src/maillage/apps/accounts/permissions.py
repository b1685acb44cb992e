"""Who is what: predicates on the roles in force. Every other permission stands on these."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from maillage.apps.accounts.models import Organisation, Role, User

Person = User | AnonymousUser

STRUCTURE_ROLES = frozenset(
    {
        Role.Name.PORTEUR,
        Role.Name.MEMBRE,
        Role.Name.SIGNATAIRE,
        Role.Name.COORDINATEUR,
        Role.Name.TRESORIER,
        Role.Name.GERANT,
        Role.Name.ACCOMPAGNATEUR,
    }
)
MANAGERS = frozenset({Role.Name.PORTEUR, Role.Name.COORDINATEUR, Role.Name.GERANT})
"""Who runs a structure: invites, shares, asks for signatures."""
AUTHORITY_ROLES = frozenset(
    {
        Role.Name.INSTRUCTEUR,
        Role.Name.DECIDEUR,
        Role.Name.PILOTE,
        Role.Name.COMMISSION,
        Role.Name.ADMINISTRATEUR,
    }
)
_SUPPORT_ROLES = frozenset({Role.Name.ACCOMPAGNATEUR, Role.Name.ADMINISTRATEUR})
Kind = Organisation.Kind
ROLES_OF_KIND: dict[str, frozenset[Role.Name]] = {
    Kind.STRUCTURE: STRUCTURE_ROLES,
    Kind.ARS: AUTHORITY_ROLES,
    Kind.DELEGATION: AUTHORITY_ROLES,
    Kind.CPAM: AUTHORITY_ROLES - {Role.Name.PILOTE},
    Kind.URPS: _SUPPORT_ROLES | {Role.Name.COMMISSION},
    Kind.FEDERATION: _SUPPORT_ROLES | {Role.Name.COMMISSION},
    Kind.COLLECTIVITE: _SUPPORT_ROLES
    | {Role.Name.PORTEUR, Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR, Role.Name.COMMISSION},
    Kind.CABINET: _SUPPORT_ROLES,
}
"""The roles that exist in each kind of organisation."""
FOUNDER_ROLES: dict[str, Role.Name] = {Kind.STRUCTURE: Role.Name.PORTEUR, Kind.CABINET: Role.Name.ADMINISTRATEUR}
"""What who creates an organisation becomes in it; the others are given their first administrateur by invitation."""
SECOND_FACTOR_KINDS = frozenset({Kind.ARS, Kind.DELEGATION, Kind.CPAM})


def signed_in(person: Person) -> bool:
    """Whether this is someone with an open account."""
    return bool(person.is_authenticated and person.is_active)


def roles_in(person: Person, organisation: Organisation) -> frozenset[Role.Name]:
    """The roles in force of a person in an organisation."""
    if not isinstance(person, User) or not signed_in(person):
        return frozenset()
    rows = Role.objects.filter(user=person, organisation=organisation, until=None)
    return frozenset(Role.Name(name) for name in rows.values_list("name", flat=True))


def has_role(person: Person, organisation: Organisation, names: Iterable[Role.Name]) -> bool:
    """Whether a person holds one of these roles in an organisation."""
    return bool(roles_in(person, organisation) & frozenset(names))


def may_write_in(person: Person, organisation: Organisation) -> bool:
    """Whether a person may write what belongs to a structure: who runs it, its trésorier, and who was given the pen."""
    if not isinstance(person, User) or not signed_in(person) or organisation.closed_at is not None:
        return False
    rows = Role.objects.filter(user=person, organisation=organisation, until=None)
    return rows.filter(name__in=[*MANAGERS, Role.Name.TRESORIER]).exists() or rows.filter(writes=True).exists()


def may_manage_people(person: Person, organisation: Organisation) -> bool:
    """Whether a person may invite to an open organisation and end roles in it."""
    if organisation.closed_at is not None:
        return False
    if isinstance(person, User) and signed_in(person) and person.is_administrator:
        return True
    return has_role(person, organisation, manager_roles(organisation))


def may_invite(person: Person, organisation: Organisation, name: str) -> bool:
    """Whether a person may invite to this role: who manages people; for a member of commission, who reviews too."""
    if may_manage_people(person, organisation):
        return True
    is_open = organisation.closed_at is None and name == Role.Name.COMMISSION
    return is_open and has_role(person, organisation, {Role.Name.INSTRUCTEUR})


def manager_roles(organisation: Organisation) -> frozenset[Role.Name]:
    """The roles that run an organisation: one person at least holds one of them as long as it is open."""
    return MANAGERS if organisation.kind == Kind.STRUCTURE else frozenset({Role.Name.ADMINISTRATEUR})


def may_create_organisation(person: Person, kind: Organisation.Kind) -> bool:
    """Whether a person may create such an organisation: anyone, a structure or a cabinet; an authority, no.

    An ARS or a CPAM sees projects: only who answers for the installation says that a body is one (ADR 0012).
    """
    if not isinstance(person, User) or not signed_in(person):
        return False
    return person.is_administrator or kind in FOUNDER_ROLES


def may_reopen(person: Person, organisation: Organisation) -> bool:
    """Whether a person may open again an organisation that was closed."""
    return organisation.closed_at is not None and (
        isinstance(person, User) and signed_in(person) and person.is_administrator
    )


def needs_second_factor(person: Person) -> bool:
    """Whether the account must have a second factor: ARS, CPAM, and every administrator."""
    if not isinstance(person, User) or not signed_in(person):
        return False
    held = Role.objects.filter(user=person, until=None)
    return (
        person.is_administrator
        or held.filter(organisation__kind__in=SECOND_FACTOR_KINDS).exists()
        or held.filter(name=Role.Name.ADMINISTRATEUR).exists()
    )
