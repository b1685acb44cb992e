"""When a person accepts an invitation or closes their account: what becomes of their line in the team."""

import datetime
from typing import Any

from django.db.models import PROTECT, Q
from django.dispatch import receiver
from django.utils import timezone

from maillage.apps.accounts.forgetting import person_forgotten
from maillage.apps.accounts.invitations import invitation_accepted
from maillage.apps.accounts.models import Invitation, User
from maillage.apps.common.services import record
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import DirectoryChoice, Member, Structure

FORGOTTEN = "Une personne dont le compte est fermé"


@receiver(invitation_accepted)
def link_member(*, invitation: Invitation, user: User, at: datetime.datetime, **_rest: Any) -> None:
    """Give the account to the member of the team who has the address that was invited, unless they have one already."""
    team = Member.objects.filter(structure__organisation=invitation.organisation, left_on=None)
    for structure in Structure.objects.filter(organisation=invitation.organisation):
        held(structure)
    if team.filter(user=user).exists():
        return
    member = team.filter(user=None, email__iexact=invitation.email).first()
    if member is None:
        return
    member.user = user
    member.save(update_fields=["user"])
    scope = str(invitation.organisation_id)
    record(by=user, at=at, verb="relier", subject=member, after={"personne": user.event_actor}, scope=scope)


@receiver(person_forgotten)
def empty_member(*, user: User, addresses: set[str], at: datetime.datetime, **_rest: Any) -> None:
    """End what a person who closes their account is in the teams; the name stays beside a proof (PROTECT) only."""
    for member in Member.objects.filter(Q(user=user) | Q(user=None, email__in=addresses)):
        if not _is_in_a_proof(member):
            member.nom, member.prenom, member.rpps, member.fonction = FORGOTTEN, "", "", ""
            member.rpps_checked_at, member.numero_am = None, ""
        DirectoryChoice.objects.filter(member=member).delete()
        member.user, member.email = None, ""
        member.left_on = member.left_on or max(member.joined_on, timezone.localdate(at))
        member.save()
        scope = str(member.structure.organisation_id)
        record(by=user, at=at, verb="oublier", subject=member, after={"sorti_le": member.left_on}, scope=scope)


def _is_in_a_proof(member: Member) -> bool:
    """Whether a signature, a sheet of attendance or another row forbids to remove this member."""
    return any(
        link.on_delete is PROTECT and link.related_model._base_manager.filter(**{link.field.name: member.pk}).exists()
        for link in Member._meta.related_objects
    )
