"""Conflicts of interest: declared by the person or by who runs the commission, before or during the session."""

import datetime
import uuid

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.commissions.base import State, held, tell
from maillage.apps.dossiers.commissions.holding import Person, people_of, seats_of
from maillage.apps.dossiers.commissions.rights import runs
from maillage.apps.dossiers.models import AgendaItem, ConflictOfInterest, Dossier, Session, Vote
from maillage.apps.dossiers.refusals import refused

OPEN = (State.PREPAREE, State.CONVOQUEE, State.OUVERTE, State.TENUE)


@transaction.atomic
def declare(
    session: Session, item: uuid.UUID, part: str, reason: str, *, by: User, at: datetime.datetime
) -> ConflictOfInterest:
    """Say that a person of a seat (« <seat>:titulaire ») has an interest in the dossier of an item.

    They no longer see anything of it, here and elsewhere, and the voice that they may have given is taken back. Raises
    :class:`NotAllowed` when this is neither the person nor who runs the commission.
    """
    row = held(session.pk, *OPEN)
    found = AgendaItem.objects.select_related("dossier__structure", "dossier__filer").get(pk=item, session=row)
    person = _person(row, part)
    if not (runs(by, row.commission) or (person.user is not None and person.user.pk == by.pk)):
        raise NotAllowed("déclarer le conflit d'intérêts d'une autre personne")
    reason = " ".join(reason.replace("\0", "").split())[:250]
    screened({"reason": reason})
    same = ConflictOfInterest.objects.filter(seat=person.seat, dossier=found.dossier, holder=person.holder)
    if existing := same.first():
        return existing
    conflict = ConflictOfInterest.objects.create(
        seat=person.seat, dossier=found.dossier, holder=person.holder, reason=reason, declared_at=at, declared_by=by,
        of_user=person.user,
    )  # fmt: skip
    _take_voice_back(row, person, found.dossier)
    told = {"siege": str(person.seat), "qui": person.holder, "point": found.position}
    tell(row.commission, "déclarer un conflit d'intérêts", row, by=by, at=at, after=told)
    return conflict


@transaction.atomic
def withdraw(session: Session, conflict: int, why: str, *, by: User, at: datetime.datetime) -> None:
    """Take back a declaration made by mistake, with the reason: never by the person whom it keeps away."""
    row = held(session.pk, *OPEN)
    items = row.items.filter(sense="").values("dossier")
    found = ConflictOfInterest.objects.select_related("seat").get(
        pk=conflict, seat__commission=row.commission, dossier__in=items
    )
    if not runs(by, row.commission) or found.of_user_id == by.pk:
        raise NotAllowed("retirer un conflit d'intérêts")
    why = " ".join(why.replace("\0", "").split())[:250]
    if not why:
        raise refused("why", "Dites pourquoi cette déclaration est retirée.")
    screened({"why": why})
    told = {"siege": str(found.seat), "qui": found.holder}
    tell(row.commission, "retirer un conflit d'intérêts", row, by=by, at=at, before=told, after={"raison": why})
    found.delete()


def _person(session: Session, part: str) -> Person:
    for seat in seats_of(session):
        for each in people_of(seat):
            if part == f"{seat.pk}:{each.holder}":
                return each
    raise refused("part", "Choisissez une personne qui siège à cette séance.")


def _take_voice_back(session: Session, person: Person, dossier: Dossier) -> None:
    """The voice given on an item still open by who held the seat then."""
    for item in AgendaItem.objects.filter(dossier=dossier, sense="", session__commission=session.commission):
        own = item.presences.filter(seat=person.seat).first()
        own = own or item.session.presences.filter(seat=person.seat, item=None).first()
        if own is not None and own.holder == person.holder:
            Vote.objects.filter(item=item, seat=person.seat).delete()
