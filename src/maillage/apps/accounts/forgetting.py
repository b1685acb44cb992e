"""Closing an account: what is removed, what is emptied of the person, what stays and why.

Removed: addresses, second factors, sessions, identities (whatever dies with the account). Emptied: the account itself,
the invitations, the line in the team. Kept: the log (it names a key), the texts of the team, and the name beside what
is a proof (signature, attendance).
"""

import datetime

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.dispatch import Signal

from maillage.apps.accounts.models import Invitation, Role, User
from maillage.apps.accounts.queries import addresses_of, is_last_administrator, only_managed_by
from maillage.apps.common.services import record
from maillage.core.kernel.problems import BadInput, Problem

NOWHERE = "oublie.invalid"
"""A domain that no mail reaches (RFC 2606)."""
person_forgotten = Signal()
"""Sent in the transaction with ``user``, ``addresses`` (a set) and ``at``, before anything is emptied."""


def obstacles(user: User) -> list[Problem]:
    """What stands in the way of closing this account, with what to do."""
    found = [
        Problem(
            "organisation",
            each.nom,
            f"une autre personne pour gérer « {each.nom} », ou cette organisation fermée",
        )
        for each in only_managed_by(user)
    ]
    if is_last_administrator(user):
        found.append(Problem("installation", "ce site", "une autre personne pour administrer ce site"))
    return found


@transaction.atomic
def forget(*, by: User, at: datetime.datetime) -> User:
    """Close one's own account and forget the person. Raises :class:`BadInput` while they are needed somewhere."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if found := obstacles(user):
        raise BadInput(found)
    addresses = addresses_of(user)
    person_forgotten.send(sender=User, user=user, addresses=addresses, at=at)
    Role.objects.filter(user=user, until=None).update(until=at)
    _empty_invitations(user, addresses, at)
    _remove_what_dies_with(user)
    _empty(user, at)
    record(by=user, at=at, verb="fermer son compte", subject=user)
    return user


def _empty_invitations(user: User, addresses: set[str], at: datetime.datetime) -> None:
    rows = Invitation.objects.filter(models.Q(email__in=addresses) | models.Q(accepted_by=user))
    rows.filter(accepted_at=None, revoked_at=None, refused_at=None).update(revoked_at=at)
    rows.update(email=f"{user.pk}@{NOWHERE}")


def _remove_what_dies_with(user: User) -> None:
    """Every row that would be removed with the account: what other apps declare to be the person's own."""
    for link in User._meta.get_fields(include_hidden=True):
        if isinstance(link, models.ManyToOneRel) and link.on_delete is models.CASCADE:
            rows = link.related_model._base_manager.filter(**{link.field.name: user.pk})
            if link.related_model._meta.label == "usersessions.UserSession":
                keys = list(rows.values_list("session_key", flat=True))
                Session.objects.filter(session_key__in=keys).delete()
            rows.delete()


def _empty(user: User, at: datetime.datetime) -> None:
    user.email, user.nom, user.prenom = f"{user.pk}@{NOWHERE}", "", ""
    user.is_active, user.is_administrator, user.last_login, user.forgotten_at = False, False, None, at
    user.set_unusable_password()
    user.save()
