"""Who may sit: the people of each seat, those who are kept away from a dossier, who sits for an item."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES
from maillage.apps.dossiers.models import AgendaItem, ConflictOfInterest, Dossier, Presence, Seat, Session
from maillage.core.dossiers.calendar import day_in
from maillage.core.dossiers.quorum import Quorum, quorum, settled

TITULAIRE, SUPPLEANT = "titulaire", "suppleant"
HELD = (Presence.Holder.TITULAIRE, Presence.Holder.SUPPLEANT)
Part = tuple[UUID, str]
"""A seat, and which of its two people."""


@dataclass(frozen=True)
class Person:
    """A person of a seat: with an account, or by name and address."""

    seat: Seat
    holder: str
    name: str
    email: str
    user: User | None

    @property
    def part(self) -> Part:
        """Which seat, and which of its people."""
        return self.seat.pk, self.holder

    @property
    def word(self) -> str:
        """« titulaire » or « suppléant »."""
        return "titulaire" if self.holder == TITULAIRE else "suppléant"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Sitting:
    """A seat on an item: who holds it (``None``: nobody), why when it is for a conflict of interest."""

    seat: Seat
    holder: Person | None
    came: str
    away: tuple[Person, ...]
    spare: Person | None

    @property
    def left(self) -> bool:
        """Whether the seat is empty on this item because who could hold it has an interest."""
        return self.holder is None and bool(self.away)


def day_of_session(session: Session) -> datetime.date:
    """The day of a session where the commission is run."""
    return day_in(session.commission.organisation.region, session.starts_at)


def seats_of(session: Session) -> list[Seat]:
    """The seats in force on the day of a session, in order."""
    day = day_of_session(session)
    rows = session.commission.seats.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    return list(rows.select_related("titulaire", "suppleant"))


def people_of(seat: Seat) -> Iterator[Person]:
    """The titulaire then the suppléant of a seat, those that are named."""
    for holder, user, name, email in (
        (TITULAIRE, seat.titulaire, seat.titulaire_nom, seat.titulaire_email),
        (SUPPLEANT, seat.suppleant, seat.suppleant_nom, seat.suppleant_email),
    ):
        reached = email or (user.email if user is not None and user.is_active else "")
        if name or user is not None:
            yield Person(seat, holder, name or (user.full_name if user else ""), reached, user)


def away_from(dossier: Dossier, seats: Collection[Seat]) -> set[Part]:
    """Who, among these seats, is kept away from a dossier: an interest declared, or their own team files it."""
    declared = ConflictOfInterest.objects.filter(dossier=dossier)
    parts = {(each.seat_id, each.holder) for each in declared}
    bodies = [dossier.structure.organisation_id, dossier.filer_id]
    team = Role.objects.filter(organisation__in=bodies, until=None, name__in=STRUCTURE_ROLES)
    users = {each.of_user_id for each in declared if each.of_user_id} | set(team.values_list("user", flat=True))
    for seat in seats:
        parts |= {each.part for each in people_of(seat) if each.user is not None and each.user.pk in users}
    return parts


def sittings(item: AgendaItem) -> list[Sitting]:
    """Each seat of the session on an item: an item may have its own presence, that of the suppléant who replaces."""
    seats = seats_of(item.session)
    away = away_from(item.dossier, seats)
    came = {row.seat_id: row.holder for row in item.session.presences.filter(item=None)}
    came |= {row.seat_id: row.holder for row in item.presences.all()}
    return [_sitting(seat, came.get(seat.pk, ""), away) for seat in seats]


def _sitting(seat: Seat, came: str, away: set[Part]) -> Sitting:
    people = {each.holder: each for each in people_of(seat)}
    kept = tuple(each for each in people.values() if each.part in away)
    holder = people.get(came)
    spare = people.get(SUPPLEANT)
    if spare is not None and (spare.part in away or came not in HELD or came == SUPPLEANT):
        spare = None
    return Sitting(seat, None if holder is None or holder in kept else holder, came, kept, spare)


def quorum_of(session: Session) -> Quorum:
    """The quorum of a session, whatever the items."""
    seats = [each for each in seats_of(session) if each.votes]
    here = set(session.presences.filter(item=None, holder__in=HELD).values_list("seat", flat=True))
    return quorum(len(seats), sum(each.pk in here for each in seats), share_of(session))


@dataclass(frozen=True)
class ItemQuorum:
    """The quorum of an item: with the seats emptied by a conflict of interest, and without them."""

    counted: Quorum
    left_out: Quorum
    reached: bool | None

    @property
    def differs(self) -> bool:
        """Whether the two counts say something else."""
        return self.counted != self.left_out


def quorum_of_item(item: AgendaItem, found: Collection[Sitting] | None = None) -> ItemQuorum:
    """The quorum of an item, counted both ways; ``reached`` is what the text of the commission makes of them."""
    rows = [each for each in (sittings(item) if found is None else found) if each.seat.votes]
    share, left = share_of(item.session), sum(each.left for each in rows)
    here = sum(each.came in HELD for each in rows)
    sitting = sum(each.holder is not None for each in rows)
    counted, left_out = quorum(len(rows), here, share), quorum(len(rows) - left, sitting, share)
    return ItemQuorum(counted, left_out, settled(counted, left_out, item.session.commission.conflicts_leave_quorum))


def share_of(session: Session) -> Decimal | None:
    """The share of the seats that the text asks for at this session; ``None`` when none is asked or known."""
    rules = session.commission
    return None if session.follows_id and rules.quorum_once else rules.quorum_share
