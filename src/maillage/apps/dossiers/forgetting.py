"""When a person closes their account: what they held is free again, what they were asked can be asked of another.

What they wrote and gave stays, under a key; the name beside a seat stays only where someone was counted present.
"""

import datetime
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from maillage.apps.accounts.forgetting import person_forgotten
from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.apps.dossiers.models import AgendaItem, AvisRequest, Dossier, Presence, Seat
from maillage.apps.dossiers.models.commissions import HOLDERS
from maillage.apps.dossiers.moving import locked, write_event


@receiver(person_forgotten)
def free_dossiers(*, user: User, at: datetime.datetime, **_rest: Any) -> None:
    """Nobody holds the dossiers that this person held: whoever reviews sees them as such."""
    for key in Dossier.objects.filter(holder=user).order_by("pk").values_list("pk", flat=True):
        dossier = locked(key)
        dossier.holder = None
        dossier.save(update_fields=["holder"])
        told = {"responsable": user.event_actor}
        write_event(
            dossier, "attribuer", by=user, at=at, before=told, after={"responsable": None}, internal=True
        )  # fmt: skip


@receiver(person_forgotten)
def withdraw_requests(*, user: User, at: datetime.datetime, **_rest: Any) -> None:
    """The avis that this person had not given are no longer awaited."""
    rows = AvisRequest.objects.filter(expert=user, given_at=None, withdrawn_at=None)
    for row in rows.select_related("consultation").order_by("consultation__dossier", "pk"):
        dossier = locked(row.consultation.dossier_id)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        write_event(
            dossier, "retirer une demande d'avis", by=user, at=at, after={"avis": str(row.pk)}, internal=True
        )  # fmt: skip


@receiver(person_forgotten)
def empty_seats(*, user: User, addresses: set[str], at: datetime.datetime, **_rest: Any) -> None:
    """Take this person out of the seats of commissions, and out of the items that they were to report."""
    AgendaItem.objects.filter(rapporteur=user.full_name, given_at=None).update(rapporteur="")
    of_person = Q(titulaire=user) | Q(suppleant=user)
    for address in addresses:
        of_person |= Q(titulaire_email__iexact=address) | Q(suppleant_email__iexact=address)
    for seat in Seat.objects.select_for_update(of=("self",)).filter(of_person).select_related("commission"):
        for holder, _said in HOLDERS:
            _leave(seat, holder, user, addresses)
        seat.save()
        record(by=user, at=at, verb="oublier", subject=seat, scope=str(seat.commission.organisation_id))


def _leave(seat: Seat, holder: str, user: User, addresses: set[str]) -> None:
    """Empty one of the two places of a seat when it is of this person."""
    if getattr(seat, holder) != user and getattr(seat, f"{holder}_email").lower() not in addresses:
        return
    setattr(seat, holder, None)
    setattr(seat, f"{holder}_email", "")
    if not Presence.objects.filter(seat=seat, holder=holder).exists():
        setattr(seat, f"{holder}_nom", "")
