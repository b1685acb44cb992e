"""When a person accepts an invitation or closes their account: what becomes of their line in the team."""

import datetime
from typing import Any

from django.dispatch import receiver

from maillage.apps.accounts.invitations import invitation_accepted
from maillage.apps.accounts.models import Invitation, User
from maillage.apps.common.services import record
from maillage.apps.structures.models import Member


@receiver(invitation_accepted)
def link_member(*, invitation: Invitation, user: User, at: datetime.datetime, **_rest: Any) -> None:
    """Give the account to the member of the team who has the address that was invited, unless they have one already."""
    team = Member.objects.filter(structure__organisation=invitation.organisation, left_on=None)
    if team.filter(user=user).exists():
        return
    member = team.filter(user=None, email__iexact=invitation.email).first()
    if member is None:
        return
    member.user = user
    member.save(update_fields=["user"])
    scope = str(invitation.organisation_id)
    record(by=user, at=at, verb="relier", subject=member, after={"personne": user.event_actor}, scope=scope)
