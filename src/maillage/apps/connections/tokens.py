"""Tokens of the API: a software acts for an organisation, by the account that made the token.

A token never allows more than a person: its rights are those that the account holds **now in this organisation**,
narrowed to the scopes of the token. The account leaves, loses the role or is closed: the token stops. Only the
SHA-256 of the secret is kept.
"""

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import MANAGERS, ROLES_OF_KIND, STRUCTURE_ROLES, may_manage_people, roles_in
from maillage.apps.accounts.services import locked
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.apps.connections.models import ApiToken
from maillage.core.kernel.french import day
from maillage.core.kernel.problems import BadInput, Problem

PREFIX = "mlg_"
HINT = 10
"""Letters of the secret that are kept in clear, so that people tell one token from another."""
LONGEST = datetime.timedelta(days=366)
MOST_IN_FORCE = 20
"""Tokens of one organisation in force at once."""
READ, REVIEW, ADVISE, FILE = "dossiers:lire", "dossiers:instruire", "dossiers:avis", "dossiers:deposer"
READ_STRUCTURE, WRITE_STRUCTURE = "structure:lire", "structure:ecrire"
_INSIDE = frozenset({Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR, Role.Name.PILOTE})
_GIVERS = frozenset({Role.Name.INSTRUCTEUR, Role.Name.DECIDEUR, Role.Name.COMMISSION, Role.Name.ADMINISTRATEUR})


@dataclass(frozen=True)
class Scope:
    """What a token may be made for: its words, and the roles that the account must hold in the organisation."""

    title: str
    help: str
    roles: frozenset[Role.Name]


SCOPES: dict[str, Scope] = {
    READ: Scope(
        "Lire les dossiers",
        "ceux que l'organisation dépose, ceux qui lui sont déposés, ceux sur lesquels son avis est demandé",
        STRUCTURE_ROLES | _GIVERS | _INSIDE,
    ),
    REVIEW: Scope(
        "Instruire",
        "attribuer, étiqueter, écrire, demander des pièces, déclarer complet, classer, proposer à la décision",
        frozenset({Role.Name.INSTRUCTEUR}),
    ),
    ADVISE: Scope("Rendre un avis", "répondre aux avis demandés à l'organisation", _GIVERS),
    FILE: Scope("Déposer", "déposer, corriger, compléter, retirer, écrire à qui instruit", MANAGERS),
    READ_STRUCTURE: Scope("Lire la structure", "son équipe, ses réunions, ses actions", STRUCTURE_ROLES),
    WRITE_STRUCTURE: Scope(
        "Écrire dans la structure",
        "ajouter une personne à l'équipe, une réunion avec ses présences, une action",
        MANAGERS | {Role.Name.TRESORIER},
    ),
}
"""Deciding is not one of them: a decision asks for a person and a second factor."""


def scopes_of(person: User, organisation: Organisation) -> dict[str, Scope]:
    """The scopes that a person may give to a token: those that their roles in the organisation allow now."""
    held = roles_in(person, organisation)
    return {code: scope for code, scope in SCOPES.items() if held & scope.roles & ROLES_OF_KIND[organisation.kind]}


def tokens_of(person: User, organisation: Organisation) -> list[ApiToken]:
    """The tokens of an organisation, those in force first; nothing for who does not manage its people."""
    if not may_manage_people(person, organisation):
        return []
    rows = ApiToken.objects.filter(organisation=organisation).select_related("created_by", "organisation")
    return sorted(rows, key=lambda each: (each.revoked_at is not None, each.name.casefold(), str(each.pk)))


@transaction.atomic
def create(
    organisation: Organisation,
    *,
    name: str,
    scopes: Collection[str],
    until: datetime.date,
    by: User,
    at: datetime.datetime,
) -> tuple[ApiToken, str]:
    """Make a token valid until the end of a day; its secret is given here once. Raises :class:`BadInput`."""
    row = locked(organisation)
    if not may_manage_people(by, row):
        raise NotAllowed("créer un jeton pour cette organisation")
    _check(row, name.strip(), scopes, until, by, at)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation=row,
        name=name.strip(),
        hint=secret[:HINT],
        secret_hash=hash_of(secret),
        scopes=[code for code in SCOPES if code in scopes],
        created_at=at,
        created_by=by,
        expires_at=_end_of(until),
    )
    after = {"portées": token.scopes, "jusqu_au": until.isoformat()}
    record(by=by, at=at, verb="créer", subject=token, after=after, scope=str(row.pk))
    return token, secret


@transaction.atomic
def revoke(token: ApiToken, *, by: User, at: datetime.datetime) -> None:
    """End a token at once; one that is already revoked stays as it is."""
    row = ApiToken.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=token.pk)
    if not may_manage_people(by, row.organisation):
        raise NotAllowed("révoquer ce jeton")
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        record(by=by, at=at, verb="révoquer", subject=row, scope=str(row.organisation_id))


def recognised(secret: str) -> ApiToken | None:
    """The token of a secret, whatever became of it: it is found by its hash, then compared in constant time."""
    wanted = hash_of(secret)
    rows = ApiToken.objects.filter(secret_hash=wanted).select_related("organisation", "created_by")
    found = rows.first()
    return found if found is not None and hmac.compare_digest(found.secret_hash, wanted) else None


def why_stopped(token: ApiToken, at: datetime.datetime) -> str:
    """Why a token no longer works; empty when it does."""
    if token.revoked_at is not None:
        return "révoqué"
    if token.expires_at is not None and token.last_day is not None and at >= token.expires_at:
        return f"expiré le {day(token.last_day)} au soir"
    if token.organisation.closed_at is not None:
        return "arrêté : l'organisation est fermée"
    if not roles_in(token.created_by, token.organisation):
        return "arrêté : le compte qui l'a créé n'a plus de rôle dans l'organisation"
    return ""


def allows(token: ApiToken, scope: str) -> bool:
    """Whether a token has a scope, and its account still the role that it asks for."""
    return scope in token.scopes and bool(roles_in(token.created_by, token.organisation) & SCOPES[scope].roles)


def lost_scopes(token: ApiToken) -> list[str]:
    """The scopes that a token was given and that its account no longer has the role for."""
    return [SCOPES[code].title for code in token.scopes if code in SCOPES and not allows(token, code)]


def person_of(token: ApiToken) -> User:
    """The account by which a token acts; the log names the token in its place."""
    token.created_by.by_token = token.pk
    return token.created_by


def used(token: ApiToken, at: datetime.datetime) -> None:
    """Keep the day of the last use: one write a day at most."""
    today = timezone.localtime(at).date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _check(
    organisation: Organisation,
    name: str,
    scopes: Collection[str],
    until: datetime.date,
    by: User,
    at: datetime.datetime,
) -> None:
    problems = []
    if not 1 <= len(name) <= 80:
        problems.append(Problem("nom", name or None, "un nom de 1 à 80 caractères, celui du logiciel par exemple"))
    offered = scopes_of(by, organisation)
    if not scopes or not set(scopes) <= set(offered):
        words = ", ".join(offered) or "aucune : vos rôles dans cette organisation n'en permettent aucune"
        problems.append(Problem("portees", ", ".join(sorted(scopes)) or None, f"au moins une portée parmi : {words}"))
    today = timezone.localtime(at).date()
    if not today <= until <= today + LONGEST:
        problems.append(Problem("fin", until.isoformat(), f"un jour d'ici au {day(today + LONGEST)}"))
    in_force = ApiToken.objects.filter(organisation=organisation, revoked_at=None, expires_at__gt=at).count()
    if in_force >= MOST_IN_FORCE:
        told = f"au plus {MOST_IN_FORCE} jetons en vigueur : révoquez ceux qui ne servent plus"
        problems.append(Problem("nom", name or None, told))
    if problems:
        raise BadInput(problems)
    screened({"nom": name}, kinds=OF_A_NAME)


def _end_of(last: datetime.date) -> datetime.datetime:
    after = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(after)
