"""Invitations: a role offered by e-mail, answered from the link that the e-mail holds or from the dashboard.

Only the hash of the secret is kept. The e-mail leaves once the act is written; ``sent_at`` stays empty when it could
not leave, so that the page says so and offers to send it again.
"""

import datetime
import hashlib
import secrets
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from maillage.apps.accounts.models import Invitation, Organisation, Role, User
from maillage.apps.accounts.permissions import may_invite, may_manage_people
from maillage.apps.accounts.queries import addresses_of
from maillage.apps.accounts.services import check_role, hold, locked
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.core.kernel.french import day
from maillage.core.kernel.problems import BadInput, Problem

LIFETIME = datetime.timedelta(days=14)
"""How long an invitation can be accepted."""
SUBJECT = "Une invitation vous attend sur Maillage"
Link = Callable[[str], str]
"""From the secret of an invitation to the address of its page."""
SEATED: list[Callable[[Invitation], str]] = []
"""What says the name of the commission where an invitation gives a seat, empty when it gives none."""
invitation_accepted = Signal()
"""Sent in the transaction of the acceptance with ``invitation``, ``user`` and ``at``: the team links its member."""


def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    writes: bool = False,
    link: Link,
    by: User,
    at: datetime.datetime,
) -> Invitation:
    """Offer a role by e-mail. Raises :class:`BadInput` or :class:`NotAllowed`; an e-mail that fails raises nothing."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = locked(organisation)
        if not may_invite(by, row, name):
            raise NotAllowed("inviter quelqu'un dans cette organisation")
        offered = _offered(row, _address(email), name)
        mail_quota.reserve(1, by=str(by.pk), scope=str(row.pk), at=at)
        invitation = Invitation.objects.create(
            email=_address(email),
            organisation=row,
            name=offered,
            writes=writes,
            secret_hash=hash_of(secret),
            invited_by=by,
            created_at=at,
            expires_at=at + LIFETIME,
        )
        record(by=by, at=at, verb="inviter", subject=invitation, after=_told(invitation), scope=str(row.pk))
        transaction.on_commit(partial(_send, invitation, link(secret), at))
    invitation.refresh_from_db()
    return invitation


def resend(*, invitation: Invitation, link: Link, by: User, at: datetime.datetime) -> Invitation:
    """Send an unanswered invitation again, with another secret: the former link no longer opens."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = _pending(invitation, by, "renvoyer cette invitation")
        mail_quota.reserve(1, by=str(by.pk), scope=str(row.organisation_id), at=at)
        row.secret_hash, row.expires_at, row.sent_at = hash_of(secret), at + LIFETIME, None
        row.save(update_fields=["secret_hash", "expires_at", "sent_at"])
        record(by=by, at=at, verb="renvoyer", subject=row, after=_told(row), scope=str(row.organisation_id))
        transaction.on_commit(partial(_send, row, link(secret), at))
    row.refresh_from_db()
    return row


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime.datetime) -> Invitation:
    """Take an unanswered invitation back: its link no longer opens."""
    row = _pending(invitation, by, "retirer cette invitation")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record(by=by, at=at, verb="retirer", subject=row, before=_told(row), scope=str(row.organisation_id))
    return row


@transaction.atomic
def accept(*, invitation: Invitation, by: User, at: datetime.datetime) -> Role:
    """Take the role that is offered. Raises :class:`BadInput` when it no longer is, or is to another address."""
    row = _answerable(invitation, by, at)
    row.accepted_at, row.accepted_by = at, by
    row.save(update_fields=["accepted_at", "accepted_by"])
    role = hold(by, row.organisation, Role.Name(row.name), writes=row.writes, at=at)
    record(by=by, at=at, verb="accepter", subject=row, after=_told(row), scope=str(row.organisation_id))
    invitation_accepted.send(sender=Invitation, invitation=row, user=by, at=at)
    return role


@transaction.atomic
def refuse(*, invitation: Invitation, by: User, at: datetime.datetime) -> Invitation:
    """Say no to what is offered; who invited sees it."""
    row = _answerable(invitation, by, at)
    row.refused_at = at
    row.save(update_fields=["refused_at"])
    record(by=by, at=at, verb="refuser", subject=row, before=_told(row), scope=str(row.organisation_id))
    return row


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def why_closed(invitation: Invitation, now: datetime.datetime) -> str:
    """Why it can no longer be answered, and what to do; empty when it can be."""
    reasons = (
        (invitation.accepted_at, "Cette invitation a déjà été acceptée. Connectez-vous pour retrouver votre équipe."),
        (invitation.refused_at, "Cette invitation a été refusée. Demandez-en une autre si vous avez changé d'avis."),
        (invitation.revoked_at, "Cette invitation a été retirée. Demandez à la personne qui vous a écrit."),
        (
            now >= invitation.expires_at,
            f"Cette invitation n'est plus valable depuis le {day(_local_day(invitation.expires_at))}. "
            "Demandez à la personne qui vous a écrit de la renvoyer.",
        ),
    )
    return next((words for closed, words in reasons if closed), "")


def seat_of(invitation: Invitation) -> str:
    """The name of the commission where an invitation gives a seat; empty when it is to join an organisation."""
    return next((name for each in SEATED if (name := each(invitation))), "")


def is_for(user: User, invitation: Invitation) -> bool:
    """Whether it was sent to an address of this account."""
    return invitation.email in addresses_of(user)


def _pending(invitation: Invitation, by: User, act: str) -> Invitation:
    """The row, held, when this person may act on it and nobody answered it yet."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    if not may_manage_people(by, row.organisation):
        raise NotAllowed(act)
    if not row.is_pending:
        raise BadInput([Problem("invitation", row.email, "une invitation sans réponse")])
    return row


def _answerable(invitation: Invitation, by: User, at: datetime.datetime) -> Invitation:
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    if not is_for(by, row):
        raise NotAllowed("répondre à une invitation envoyée à une autre adresse")
    if told := why_closed(row, at):
        raise BadInput([Problem("invitation", row.get_name_display(), f"une invitation ouverte. {told}")])
    return row


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput(
            [Problem("email", email or None, "une adresse électronique, par exemple prenom.nom@exemple.fr")]
        ) from None
    return address


def _offered(organisation: Organisation, email: str, name: str) -> Role.Name:
    """The role to offer. Raises :class:`BadInput` when it is offered already, or held."""
    role = check_role(organisation, name)
    if organisation.closed_at is not None:
        raise BadInput([Problem("organisation", organisation.nom, "une organisation ouverte")])
    same = Invitation.objects.filter(email=email, organisation=organisation, name=role)
    if same.filter(accepted_at=None, revoked_at=None, refused_at=None).exists():
        raise BadInput([Problem("email", email, "une personne pas encore invitée à ce rôle ; renvoyez l'invitation")])
    if Role.objects.filter(user__email=email, organisation=organisation, name=role, until=None).exists():
        raise BadInput([Problem("email", email, "une personne qui n'a pas déjà ce rôle")])
    return role


def _send(invitation: Invitation, address: str, at: datetime.datetime) -> None:
    """Send the e-mail, and write that it left."""
    if not deliver([Mail(invitation.email, SUBJECT, _text(invitation, address))]):
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=at)


def _text(invitation: Invitation, address: str) -> str:
    commission, body = seat_of(invitation), invitation.organisation.nom
    what = f"siéger à « {commission} » ({body})" if commission else f"rejoindre « {body} »"
    return (
        "Bonjour,\n\n"
        f"{invitation.invited_by.full_name} vous invite à {what} sur Maillage, "
        f"avec le rôle : {invitation.get_name_display()}.\n\n"
        f"Pour répondre, ouvrez cette page :\n{address}\n\n"
        f"Elle est valable jusqu'au {day(_local_day(invitation.expires_at))}. "
        "Si vous n'attendiez pas cette invitation, ne faites rien.\n"
    )


def _local_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


def _told(invitation: Invitation) -> dict[str, object]:
    """What the log keeps: never the address."""
    return {"role": invitation.name, "ecriture": invitation.writes}
