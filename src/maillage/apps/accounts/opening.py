"""Accounts opened, closed and given the keys of the installation by who runs its machine."""

import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.core.kernel.problems import BadInput, Problem, nearest

HIDDEN = "•••"
STRONG = "douze caractères au moins, pas seulement des chiffres, ni un mot de passe courant, ni votre nom ou adresse"


@transaction.atomic
def open_account(
    *,
    email: str,
    prenom: str,
    nom: str,
    password: str | None,
    is_administrator: bool,
    by: str,
    at: datetime.datetime,
) -> User:
    """Open an account whose address is held as confirmed; without a password, a link will let its owner choose one.

    Raises :class:`BadInput` for a wrong address, an account that exists, a weak password.
    """
    email = email.strip().lower()
    _check_address(email)
    if password is not None:
        _check_password(password, User(email=email, prenom=prenom, nom=nom))
    user = User.objects.create_user(
        email, password, prenom=prenom.strip(), nom=nom.strip(), is_administrator=is_administrator, created_at=at
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record(by=by, at=at, verb="ouvrir un compte", subject=user, after={"administre": is_administrator})
    return user


@transaction.atomic
def set_administrator(*, user: User, administers: bool, by: str, at: datetime.datetime) -> None:
    """Give or take the administration of the installation."""
    before, user.is_administrator = user.is_administrator, administers
    user.save(update_fields=["is_administrator"])
    told = ({"administre": before}, {"administre": administers})
    record(by=by, at=at, verb="changer l'administration", subject=user, before=told[0], after=told[1])


@transaction.atomic
def set_open(*, user: User, is_open: bool, by: str, at: datetime.datetime) -> None:
    """Close an account, whose sessions stop at once, or open it again; :class:`BadInput` when it was forgotten."""
    if is_open and user.forgotten_at is not None:
        raise BadInput([Problem("adresse", user.email, "un compte qui n'a pas été oublié : il ne se rouvre plus")])
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    record(by=by, at=at, verb="rouvrir un compte" if is_open else "fermer un compte", subject=user)


@transaction.atomic
def forget_second_factors(*, user: User, by: str, at: datetime.datetime) -> int:
    """Remove the second factors of who lost them all; how many there were."""
    removed = Authenticator.objects.filter(user=user)
    count = len(removed)
    removed.delete()
    record(by=by, at=at, verb="retirer les seconds facteurs", subject=user, before={"nombre": count})
    return count


def account_of(email: str) -> User:
    """The account of an address. Raises :class:`BadInput`, with the nearest address."""
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        known = list(User.objects.filter(forgotten_at=None).values_list("email", flat=True))
        near = nearest(email, known)
        hint = f" ; la plus proche est {near}" if near else ""
        raise BadInput([Problem("adresse", email, f"l'adresse d'un compte de cette installation{hint}")])
    return found


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput([Problem("adresse", email, "une adresse électronique")]) from None
    if User.objects.filter(email=email).exists():
        raise BadInput([Problem("adresse", email, "une adresse sans compte : celle-ci en a déjà un")])


def _check_password(password: str, user: User) -> None:
    """The problem never repeats the password."""
    try:
        validate_password(password, user)
    except ValidationError:
        raise BadInput([Problem("mot de passe", HIDDEN, STRONG)]) from None
