"""The verbs of organisations and of the roles held in them. Each one: the right, the state, one event."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from maillage.apps.accounts.models import Invitation, Organisation, Role, User
from maillage.apps.accounts.permissions import (
    FOUNDER_ROLES,
    ROLES_OF_KIND,
    manager_roles,
    may_create_organisation,
    may_manage_people,
    may_reopen,
)
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.core.kernel.problems import BadInput, Problem

Kind = Organisation.Kind
NAME_LENGTH = Organisation._meta.get_field("nom").max_length or 0
PERSON_NAME_LENGTH = User._meta.get_field("nom").max_length or 0
NEEDS_REGION = frozenset({Kind.ARS, Kind.DELEGATION, Kind.CPAM, Kind.URPS})
NEEDS_DEPARTEMENT = frozenset({Kind.DELEGATION, Kind.CPAM})


@transaction.atomic
def create_organisation(
    *,
    kind: str,
    nom: str,
    region: str = "",
    departement: str = "",
    by: User,
    at: datetime.datetime,
) -> Organisation:
    """Add an organisation. Who creates a structure is its porteur; a cabinet, its administrateur; others are empty.

    ``region`` and ``departement`` are INSEE codes. A délégation stands under the ARS of its region when it is there.
    Raises :class:`BadInput`, or :class:`NotAllowed`.
    """
    if kind not in Kind.values:
        raise BadInput([Problem("nature", kind, f"l'un de : {', '.join(Kind.values)}")])
    if not may_create_organisation(by, Kind(kind)):
        raise NotAllowed("créer une organisation de cette nature")
    _check(Kind(kind), nom.strip(), region, departement)
    organisation = Organisation.objects.create(
        kind=kind,
        nom=nom.strip(),
        region=region,
        departement=departement,
        parent=_ars_of(region) if kind == Kind.DELEGATION else None,
        created_at=at,
    )
    after = {"nom": organisation.nom, "nature": kind, "region": region, "departement": departement}
    record(by=by, at=at, verb="créer", subject=organisation, after=after, scope=str(organisation.pk))
    if role := FOUNDER_ROLES.get(Kind(kind)):
        _open(by, organisation, role, writes=False, by=by, at=at)
    return organisation


def _check(kind: Kind, nom: str, region: str, departement: str) -> None:
    """Raise :class:`BadInput` for what an organisation of this kind lacks."""
    told = ((nom, "nom"), (region, "region"), (departement, "departement"))
    needed = {"nom": True, "region": kind in NEEDS_REGION, "departement": kind in NEEDS_DEPARTEMENT}
    words = {
        "nom": "le nom de l'organisation",
        "region": "la région de l'organisation",
        "departement": "le département de l'organisation",
    }
    if missing := [Problem(field, None, words[field]) for value, field in told if needed[field] and not value]:
        raise BadInput(missing)
    if len(nom) > NAME_LENGTH:
        raise BadInput([Problem("nom", nom, f"un nom d'au plus {NAME_LENGTH} caractères")])
    screened({"nom": nom})


def _ars_of(region: str) -> Organisation | None:
    return Organisation.objects.filter(kind=Kind.ARS, region=region, closed_at=None).first()


@transaction.atomic
def rename(*, organisation: Organisation, nom: str, by: User, at: datetime.datetime) -> Organisation:
    """Give another name to an organisation; that of a structure is changed with the structure."""
    row = locked(organisation)
    if row.kind == Kind.STRUCTURE or not may_manage_people(by, row):
        raise NotAllowed("renommer cette organisation")
    _check(Kind(row.kind), nom.strip(), row.region, row.departement)
    before, row.nom = row.nom, nom.strip()
    if row.nom != before:
        row.save(update_fields=["nom"])
        record(
            by=by,
            at=at,
            verb="renommer",
            subject=row,
            before={"nom": before},
            after={"nom": row.nom},
            scope=str(row.pk),
        )
    return row


@transaction.atomic
def close(*, organisation: Organisation, by: User, at: datetime.datetime) -> Organisation:
    """Close an organisation: its people still read, nobody writes nor invites; pending invitations are withdrawn."""
    row = locked(organisation)
    if not may_manage_people(by, row):
        raise NotAllowed("fermer cette organisation")
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    pending = Invitation.objects.filter(organisation=row, accepted_at=None, revoked_at=None, refused_at=None)
    withdrawn = pending.update(revoked_at=at)
    record(by=by, at=at, verb="fermer", subject=row, after={"invitations_retirees": withdrawn}, scope=str(row.pk))
    return row


@transaction.atomic
def reopen(*, organisation: Organisation, by: User, at: datetime.datetime) -> Organisation:
    """Open again an organisation that was closed; its roles are those it had."""
    row = locked(organisation)
    if not may_reopen(by, row):
        raise NotAllowed("rouvrir cette organisation")
    before, row.closed_at = row.closed_at, None
    row.save(update_fields=["closed_at"])
    record(by=by, at=at, verb="rouvrir", subject=row, before={"fermee_le": before}, scope=str(row.pk))
    return row


@transaction.atomic
def give_role(
    *, user: User, organisation: Organisation, name: str, writes: bool = False, by: User, at: datetime.datetime
) -> Role:
    """Give another role to someone who already has one in the organisation; others are invited, so that they agree."""
    row = locked(organisation)
    if not may_manage_people(by, row):
        raise NotAllowed("donner un rôle dans cette organisation")
    role = check_role(row, name)
    held = Role.objects.filter(user=user, organisation=row, until=None)
    if not held.exists():
        raise BadInput([Problem("personne", user.full_name, "une personne de l'organisation ; invitez-la d'abord")])
    if held.filter(name=role).exists():
        raise BadInput([Problem("role", role.label, "un rôle que cette personne n'a pas déjà")])
    return _open(user, row, role, writes=writes, by=by, at=at)


@transaction.atomic
def change_role(*, role: Role, name: str, writes: bool, by: User, at: datetime.datetime) -> Role:
    """End a role and give the other in its place: the log and the list of roles keep both."""
    row = locked(role.organisation)
    held = Role.objects.select_related("user").get(pk=role.pk)
    if not may_manage_people(by, row):
        raise NotAllowed("changer un rôle dans cette organisation")
    wanted = check_role(row, name)
    if held.until is not None:
        raise BadInput([Problem("role", held.get_name_display(), "un rôle encore en cours")])
    if wanted == held.name and writes == held.writes:
        return held
    others = Role.objects.filter(user=held.user, organisation=row, until=None).exclude(pk=held.pk)
    if others.filter(name=wanted).exists():
        raise BadInput([Problem("role", wanted.label, "un rôle que cette personne n'a pas déjà")])
    _end([held], at=at)
    changed = Role.objects.create(user=held.user, organisation=row, name=wanted, writes=writes, since=at)
    check_has_manager(row)
    before, after = _told(held), _told(changed)
    record(by=by, at=at, verb="changer un rôle", subject=changed, before=before, after=after, scope=str(row.pk))
    return changed


@transaction.atomic
def end_role(*, role: Role, by: User, at: datetime.datetime) -> Role:
    """End a role: its holder may, and who manages the people. The last manager of an organisation stays."""
    row = locked(role.organisation)
    held = Role.objects.select_related("user").get(pk=role.pk)
    if held.user_id != by.pk and not may_manage_people(by, row):
        raise NotAllowed("retirer un rôle dans cette organisation")
    if held.until is None:
        _end([held], at=at)
        check_has_manager(row)
        record(by=by, at=at, verb="retirer un rôle", subject=held, before=_told(held), scope=str(row.pk))
    return held


@transaction.atomic
def leave(*, organisation: Organisation, by: User, at: datetime.datetime) -> int:
    """End every role of a person in an organisation; how many they were."""
    row = locked(organisation)
    held = list(Role.objects.filter(user=by, organisation=row, until=None))
    if held:
        _end(held, at=at)
        check_has_manager(row)
        before = {"roles": [role.name for role in held]}
        record(by=by, at=at, verb="quitter", subject=row, before=before, scope=str(row.pk))
    return len(held)


def locked(organisation: Organisation) -> Organisation:
    """The row, held until the end of the transaction: two people cannot both be the last to leave."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def check_role(organisation: Organisation, name: str) -> Role.Name:
    """The role of this name, when an organisation of this kind has it. Raises :class:`BadInput`."""
    accepted = sorted(ROLES_OF_KIND[organisation.kind])
    if name not in accepted:
        raise BadInput([Problem("role", name or None, f"l'un de : {', '.join(role.label for role in accepted)}")])
    return Role.Name(name)


def check_has_manager(organisation: Organisation) -> None:
    """Raise :class:`BadInput` when nobody would run an open organisation any more."""
    if organisation.closed_at is not None:
        return
    names = manager_roles(organisation)
    held = Role.objects.filter(organisation=organisation, until=None, name__in=names, user__is_active=True)
    if not held.exists():
        words = " ou ".join(sorted(name.label for name in names))
        told = f"une autre personne d'abord nommée {words} de « {organisation.nom} », ou l'organisation fermée"
        raise BadInput([Problem("role", "le départ de la dernière personne responsable", told)])


def hold(user: User, organisation: Organisation, name: Role.Name, *, writes: bool, at: datetime.datetime) -> Role:
    """The role in force, given now when it is not held yet; the pen is added to a role that had none."""
    role, created = Role.objects.get_or_create(
        user=user, organisation=organisation, name=name, until=None, defaults={"writes": writes, "since": at}
    )
    if not created and writes and not role.writes:
        _end([role], at=at)
        role = Role.objects.create(user=user, organisation=organisation, name=name, writes=True, since=at)
    return role


def _open(
    user: User, organisation: Organisation, name: Role.Name, *, writes: bool, by: User, at: datetime.datetime
) -> Role:
    role = Role.objects.create(user=user, organisation=organisation, name=name, writes=writes, since=at)
    record(by=by, at=at, verb="donner un rôle", subject=role, after=_told(role), scope=str(organisation.pk))
    return role


def _end(roles: Iterable[Role], *, at: datetime.datetime) -> None:
    for role in roles:
        role.until = at
        role.save(update_fields=["until"])


def _told(role: Role) -> dict[str, object]:
    return {"personne": role.user.event_actor, "role": role.name, "ecriture": role.writes}


@transaction.atomic
def change_name(*, nom: str, prenom: str, by: User, at: datetime.datetime) -> User:
    """Say one's own name; the log tells that it changed, never what it was. Raises :class:`BadInput`."""
    told = {"nom": nom.strip(), "prenom": prenom.strip()}
    if not told["nom"]:
        raise BadInput([Problem("nom", None, "votre nom")])
    if long := [field for field, value in told.items() if len(value) > PERSON_NAME_LENGTH]:
        raise BadInput([Problem(field, told[field], f"au plus {PERSON_NAME_LENGTH} caractères") for field in long])
    screened(told, kinds=OF_A_NAME)
    changed = [field for field, value in told.items() if getattr(by, field) != value]
    if changed:
        by.nom, by.prenom = told["nom"], told["prenom"]
        by.save(update_fields=["nom", "prenom"])
        record(by=by, at=at, verb="modifier", subject=by, after={"change": changed})
    return by
