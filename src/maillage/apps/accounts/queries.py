"""Reads of people, organisations, roles and invitations, each within the right of who reads."""

import datetime
import hashlib
import uuid
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from maillage.apps.accounts.models import Invitation, Organisation, Role, User
from maillage.apps.accounts.permissions import Person, manager_roles, may_manage_people, signed_in
from maillage.core.kernel.french import fold

TERRITORIAL = (Organisation.Kind.ARS, Organisation.Kind.DELEGATION, Organisation.Kind.CPAM)


@dataclass(frozen=True)
class Context:
    """An organisation that a person acts for, with the roles they hold in it."""

    organisation: Organisation
    roles: tuple[Role, ...]

    @property
    def titles(self) -> str:
        """« porteur de projet, membre »."""
        return ", ".join(role.get_name_display() for role in self.roles)

    @property
    def is_structure(self) -> bool:
        """Whether it is a team, rather than who accompanies, decides or steers."""
        return self.organisation.kind == Organisation.Kind.STRUCTURE

    @property
    def follows_a_territory(self) -> bool:
        """Whether the projects of a region or of a département can be shared with it."""
        return self.organisation.kind in TERRITORIAL


def visible_organisations(person: Person) -> QuerySet[Organisation]:
    """The organisations where a person has a role; all of them for who administers the installation."""
    if not isinstance(person, User) or not signed_in(person):
        return Organisation.objects.none()
    if person.is_administrator:
        return Organisation.objects.all()
    return Organisation.objects.filter(roles__user=person, roles__until=None).distinct()


def visible_organisation(person: Person, identifier: uuid.UUID) -> Organisation | None:
    """An organisation, ``None`` when it does not exist or when this person may not see it."""
    return visible_organisations(person).filter(pk=identifier).select_related("parent").first()


def search_organisations(person: Person, *, text: str = "", kind: str = "", closed: bool = False) -> list[Organisation]:
    """Those that a person may see whose name holds each word of ``text``, whatever the accents; by name."""
    rows = visible_organisations(person).filter(closed_at__isnull=not closed)
    if kind:
        rows = rows.filter(kind=kind)
    words = fold(text).split()
    return [row for row in rows if all(word in fold(row.nom) for word in words)]


def contexts_of(person: Person) -> list[Context]:
    """For which organisations a person may act, by name; closed ones last."""
    if not isinstance(person, User) or not signed_in(person):
        return []
    rows = Role.objects.filter(user=person, until=None).select_related("organisation")
    held: dict[Organisation, list[Role]] = {}
    for role in rows:
        held.setdefault(role.organisation, []).append(role)
    found = [Context(organisation, tuple(roles)) for organisation, roles in held.items()]
    return sorted(found, key=lambda each: (each.organisation.closed_at is not None, fold(each.organisation.nom)))


def people_of(person: Person, organisation: Organisation) -> QuerySet[Role]:
    """The roles in force in an organisation, by person; nothing for a stranger to it."""
    if not visible_organisations(person).filter(pk=organisation.pk).exists():
        return Role.objects.none()
    rows = Role.objects.filter(organisation=organisation, until=None).select_related("user", "organisation")
    return rows.order_by("user__nom", "user__prenom", "user_id", "name")


def role_in(person: Person, organisation: Organisation, identifier: int) -> Role | None:
    """A role in force in an organisation that a person may see."""
    return people_of(person, organisation).filter(pk=identifier).first()


def invitations_of(person: Person, organisation: Organisation) -> QuerySet[Invitation]:
    """The invitations of an organisation that have not been accepted nor taken back, for who manages its people."""
    if not may_manage_people(person, organisation):
        return Invitation.objects.none()
    rows = Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)
    return rows.select_related("invited_by", "organisation")


def invitation_in(person: Person, organisation: Organisation, identifier: uuid.UUID) -> Invitation | None:
    """One of these invitations."""
    return invitations_of(person, organisation).filter(pk=identifier).first()


def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation of a link, whatever became of it."""
    found = Invitation.objects.filter(secret_hash=hashlib.sha256(secret.encode()).hexdigest())
    return found.select_related("organisation", "invited_by").first()


def received_invitations(person: Person, now: datetime.datetime) -> QuerySet[Invitation]:
    """The invitations that wait for this person's answer: sent to an address of theirs that was verified."""
    if not isinstance(person, User) or not signed_in(person):
        return Invitation.objects.none()
    rows = Invitation.objects.filter(
        email__in=verified_addresses_of(person), accepted_at=None, revoked_at=None, refused_at=None, expires_at__gt=now
    )
    return rows.select_related("organisation", "invited_by")


def addresses_of(user: User) -> set[str]:
    """The addresses of an account: the one it signs in with, and those verified."""
    return {user.email.lower(), *verified_addresses_of(user)}


def verified_addresses_of(user: User) -> set[str]:
    """The addresses of which this person proved that they read the mail."""
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {email.lower() for email in rows}


def roles_of(user: User) -> QuerySet[Role]:
    """Every role of a person, those that ended included, the newest first."""
    return Role.objects.filter(user=user).select_related("organisation").order_by("-since", "-pk")


def only_managed_by(user: User) -> list[Organisation]:
    """The open organisations that nobody else runs: this person cannot go without a successor."""
    held = Role.objects.filter(user=user, until=None, organisation__closed_at=None).select_related("organisation")
    mine = {role.organisation for role in held if role.name in manager_roles(role.organisation)}
    return sorted((each for each in mine if not _others_manage(each, user)), key=lambda each: fold(each.nom))


def _others_manage(organisation: Organisation, user: User) -> bool:
    rows = Role.objects.filter(organisation=organisation, until=None, name__in=manager_roles(organisation))
    return rows.filter(user__is_active=True).exclude(user=user).exists()


def is_last_administrator(user: User) -> bool:
    """Whether nobody else administers this installation."""
    return user.is_administrator and not (
        User.objects.filter(is_administrator=True, is_active=True).exclude(pk=user.pk).exists()
    )
