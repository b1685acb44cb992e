"""What awaits a person: the deadlines of the dossiers that they follow, their avis, sessions and visits."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES
from maillage.apps.dossiers.commissions.rights import visible_sessions
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.deadlines import Deadline, awaited
from maillage.apps.dossiers.models import Dossier, Session, Visit
from maillage.apps.dossiers.queries import avis_asked_of, to_review, visible
from maillage.apps.dossiers.telling import named_as
from maillage.core.dossiers.calendar import NAMES_OF_REGIONS, next_working_day, public_holidays, zone_of

NATURES = {
    "delai": "délai légal",
    "pieces": "pièces demandées",
    "avis": "avis attendu",
    "condition": "condition",
    "seance": "séance",
    "visite": "visite ou réunion",
}
Place = tuple[str, str]
"""Region and département (INSEE codes): where a day is off."""


@dataclass(frozen=True)
class Asked:
    """What one looks for: of one nature, of the dossiers that one holds. Sessions and visits between two days."""

    since: datetime.date
    until: datetime.date
    nature: str = ""
    only_held: bool = False


@dataclass(frozen=True)
class Entry:
    """Something that awaits a person on a day of its place; ``starts_at`` (at the time of the place) when it has an
    hour. ``working``: the next working day, when that one is off."""

    key: str
    nature: str
    day: datetime.date
    title: str
    about: str
    address: str
    place: Place
    starts_at: datetime.datetime | None = None
    minutes: int = 0
    is_late: bool = False
    working: datetime.date | None = None

    @property
    def hour(self) -> str:
        """« 14 h 30 », and where it is so when that is not the time of Paris; empty without an hour."""
        if self.starts_at is None:
            return ""
        where = NAMES_OF_REGIONS.get(self.place[0])
        return f"{self.starts_at:%H} h {self.starts_at:%M}" + (f" (heure locale : {where})" if where else "")

    @property
    def nature_told(self) -> str:
        """The nature, in words."""
        return NATURES[self.nature]


def agenda_of(user: User, asked: Asked, *, at: datetime.datetime) -> list[Entry]:
    """What awaits a person, the nearest first: every deadline until the last day, past or not, then the sessions and
    visits between the two days."""
    reviewed, own = to_review(user), _own(user)
    if asked.only_held:
        reviewed, own = reviewed.filter(holder=user), own.none()
    found = [*_deadlines(user, reviewed, own, asked, at)]
    found += _visits(user, reviewed, own, asked)
    if not asked.only_held:
        found += _sessions(user, asked)
    wanted = [each for each in found if asked.nature in ("", each.nature)]
    return sorted(wanted, key=lambda each: (each.day, each.starts_at is not None, str(each.starts_at), each.key))


def days_off(places: Iterable[Place], year: int) -> dict[datetime.date, dict[Place, str]]:
    """The public holidays of a year: by day, in which of these places and under which name."""
    found: dict[datetime.date, dict[Place, str]] = {}
    for place in places:
        for day, name in public_holidays(year, *place).items():
            found.setdefault(day, {})[place] = name
    return found


def _own(user: User) -> QuerySet[Dossier]:
    """The dossiers of one's structures, and those filed by one's organisation."""
    bodies = Role.objects.filter(user=user, until=None, name__in=STRUCTURE_ROLES).values("organisation")
    return visible(user).filter(Q(structure__organisation__in=bodies) | Q(filer__in=bodies))


def _deadlines(
    user: User, reviewed: QuerySet[Dossier], own: QuerySet[Dossier], asked: Asked, at: datetime.datetime
) -> Iterator[Entry]:
    """Those of the dossiers reviewed; of one's own, all but the avis; and the avis that one is to give."""
    seen: set[str] = set()
    for each in awaited(reviewed, until=asked.until):
        seen.add(each.subject)
        yield _deadline(each, at)
    for each in awaited(own, until=asked.until):
        if each.nature != "avis":
            yield _deadline(each, at)
    if asked.only_held:
        return
    mine = avis_asked_of(user)
    given = {f"avis:{pk}" for pk in mine.values_list("pk", flat=True)}
    for each in awaited(Dossier.objects.filter(pk__in=mine.values("consultation__dossier")), until=asked.until):
        if each.subject in given and each.subject not in seen:
            yield _deadline(each, at, to_give=True)


def _deadline(found: Deadline, at: datetime.datetime, *, to_give: bool = False) -> Entry:
    dossier, last = found.dossier, found.last_day
    working = next_working_day(last, dossier.region, dossier.departement)
    address = f"/avis/{found.row.pk}/" if to_give else found.address
    return Entry(
        f"{dossier.pk}:{found.subject}", found.nature, last, "Votre avis" if to_give else found.what,
        named_as(dossier), address, _place(dossier), is_late=last < day_of(dossier, at),
        working=None if working == last else working,
    )  # fmt: skip


def _visits(user: User, reviewed: QuerySet[Dossier], own: QuerySet[Dossier], asked: Asked) -> Iterator[Entry]:
    invited = Q(guests=user) & (
        Q(dossier__in=to_review(user).values("pk")) | Q(is_internal=False, dossier__in=visible(user).values("pk"))
    )
    told = Q(dossier__in=reviewed.values("pk")) | invited | Q(dossier__in=own.values("pk"), is_internal=False)
    rows = Visit.objects.filter(told, cancelled_at=None, at__range=_around(asked)).distinct()
    for each in rows.select_related("dossier__structure__organisation"):
        starts = each.at.astimezone(zone_of(each.dossier.region))
        where = f", {each.place}" if each.place else ""
        yield Entry(
            f"visite:{each.pk}", "visite", starts.date(), f"{each.get_kind_display().capitalize()}{where}",
            named_as(each.dossier), f"/dossiers/{each.dossier_id}/echanges/", _place(each.dossier), starts,
            each.minutes_long,
        )  # fmt: skip


def _sessions(user: User, asked: Asked) -> Iterator[Entry]:
    rows = visible_sessions(user).filter(starts_at__range=_around(asked)).exclude(state=Session.State.ANNULEE)
    for each in rows:
        body = each.commission.organisation
        starts = each.starts_at.astimezone(zone_of(body.region))
        where = f", {each.place}" if each.place else ""
        yield Entry(
            f"seance:{each.pk}", "seance", starts.date(), f"Séance {each.get_state_display()}{where}",
            each.commission.nom, f"/commissions/seances/{each.pk}/", (body.region, body.departement), starts,
            each.minutes_long,
        )  # fmt: skip


def _place(dossier: Dossier) -> Place:
    return dossier.region, dossier.departement


def _around(asked: Asked) -> tuple[datetime.datetime, datetime.datetime]:
    """The moments of these days, wherever they are in the world."""
    day = datetime.timedelta(days=1)
    since, until = (
        datetime.datetime.combine(each, datetime.time(), datetime.UTC) for each in (asked.since, asked.until)
    )
    return since - day, until + 2 * day
