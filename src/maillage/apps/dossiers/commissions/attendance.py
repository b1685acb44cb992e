"""Who is there: seat by seat for the session, and the suppléant who sits for one item."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.commissions.base import State, check_runs, held, item_of, tell
from maillage.apps.dossiers.commissions.holding import HELD, SUPPLEANT, TITULAIRE, people_of, seats_of, sittings
from maillage.apps.dossiers.commissions.rights import may_conduct
from maillage.apps.dossiers.models import Presence, Seat, Session, Vote
from maillage.apps.dossiers.refusals import refused
from maillage.core.kernel.problems import BadInput

NOTED = (State.OUVERTE, State.TENUE)


@transaction.atomic
def note(session: Session, given: Mapping[uuid.UUID, str], *, by: User, at: datetime.datetime) -> None:
    """Note who holds these seats; an empty word forgets what was noted. Raises :class:`BadInput`."""
    row = held(session.pk, *NOTED)
    check_runs(by, row.commission, "noter les présences")
    seats = {seat.pk: seat for seat in seats_of(row)}
    wrong = [each for key, holder in given.items() if (each := _refusal(seats.get(key), holder)) is not None]
    if wrong:
        raise BadInput(problem for each in wrong for problem in each.problems)
    before = {each.seat_id: each.holder for each in row.presences.filter(item=None)}
    changed = {key: holder for key, holder in given.items() if before.get(key, "") != holder}
    for key, holder in changed.items():
        if holder:
            Presence.objects.update_or_create(session=row, seat_id=key, item=None, defaults={"holder": holder})
        else:
            row.presences.filter(seat=key, item=None).delete()
        Vote.objects.filter(item__session=row, item__sense="", seat=key).delete()
    if changed:
        told = {str(seats[key]): holder or "non noté" for key, holder in changed.items()}
        tell(row.commission, "noter les présences", row, by=by, at=at, after=told)


@transaction.atomic
def replace(
    session: Session, item: uuid.UUID, seat: uuid.UUID, replaced: bool, *, by: User, at: datetime.datetime
) -> None:
    """Let the suppléant sit for one item in the place of a titulaire who is there, or stop it."""
    row = held(session.pk, State.OUVERTE)
    found = item_of(row, item)
    found.session = row
    if not may_conduct(by, found):
        raise NotAllowed("conduire ce point")
    sitting = next((each for each in sittings(found) if each.seat.pk == seat), None)
    if sitting is None or found.sense:
        raise refused("", "Ce siège ne se remplace pas sur ce point.")
    if replaced and sitting.spare is None:
        raise refused("", "Ce siège n'a pas de suppléant qui puisse siéger sur ce point.")
    found.presences.filter(seat=seat).delete()
    if replaced:
        Presence.objects.create(session=row, item=found, seat_id=seat, holder=SUPPLEANT)
    Vote.objects.filter(item=found, seat=seat).delete()
    told = {"point": found.position, "siege": str(sitting.seat), "siege_tenu_par": SUPPLEANT if replaced else TITULAIRE}
    tell(row.commission, "remplacer un titulaire", row, by=by, at=at, after=told)


def _refusal(seat: Seat | None, holder: str) -> BadInput | None:
    if seat is None or holder not in ("", *Presence.Holder.values):
        return refused("", "Choisissez un siège et une présence de la liste.")
    if holder in HELD and holder not in {each.holder for each in people_of(seat)}:
        return refused(f"siege-{seat.pk}", f"Personne n'est nommé : {seat}. Complétez d'abord le siège.")
    return None
