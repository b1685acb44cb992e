"""What both demonstrations share: who acts, when, and the meetings of a year."""

import datetime
import random
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import AttendanceFields, MeetingFields, MeetingKind
from maillage.apps.activity.meeting_inputs import ConcertationFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.services.around import count_files, expect
from maillage.apps.activity.services.meetings import close_meeting, note_attendance, plan_meeting
from maillage.apps.projets.models import Projet
from maillage.apps.projets.services import NewProjet, create_projet
from maillage.apps.structures.models import Member, Structure
from maillage.apps.territories.models import Commune
from maillage.core.kernel.problems import BadInput, Problem

MARK = "(démonstration)"
"""What ends the name of a structure that is not a real one."""
YEAR = datetime.timedelta(days=365)
ZONE = zoneinfo.ZoneInfo("Europe/Paris")
Told = Callable[[str], None]


@dataclass(frozen=True)
class Scene:
    """Who builds, the moment of today, what tells how far it is, and a source of chance that is always the same."""

    by: User
    now: datetime.datetime
    tell: Told
    chance: random.Random

    @property
    def today(self) -> datetime.date:
        """The day of today."""
        return self.now.astimezone(ZONE).date()

    @property
    def start(self) -> datetime.datetime:
        """When everything began: a year and a month ago."""
        return self.now - YEAR - datetime.timedelta(days=30)

    @property
    def first_day(self) -> datetime.date:
        """The day of that, where the teams are."""
        return self.start.astimezone(ZONE).date()

    @property
    def then(self) -> dict[str, Any]:
        """Who acts and when, at the beginning."""
        return {"by": self.by, "at": self.start}


Way = Literal["present", "distance", "excuse"]
WAYS: tuple[Way, ...] = ("present", "present", "present", "present", "distance", "excuse")
"""How people come to a meeting: most are there."""


@dataclass(frozen=True)
class Kind:
    """A kind of meeting of the year: how often, how long, who is expected."""

    code: MeetingKind
    title: str
    weeks: int
    minutes: int
    hour: str
    circle: Sequence[Member]
    themes: tuple[str, ...] = ()


def communes_there(codes: Sequence[str]) -> list[str]:
    """These communes. Raises :class:`BadInput` when the communes of France are not loaded."""
    known = set(Commune.objects.filter(code__in=codes).values_list("code", flat=True))
    if missing := [code for code in codes if code not in known]:
        raise BadInput([Problem("communes", missing[0], "les communes de France : maillage donnees preparer")])
    return list(codes)


def found(scene: Scene, kind: str, nom: str, communes: Sequence[str]) -> Projet:
    """Create a structure and its project a year ago. Raises :class:`BadInput` when this account has it already."""
    name = f"{nom} {MARK}"
    if Structure.objects.filter(nom=name, organisation__roles__user=scene.by).exists():
        raise BadInput([Problem("structure", name, "une démonstration qui n'est pas déjà construite pour ce compte")])
    new = NewProjet(kind=kind, nom=name, communes=communes_there(communes))
    return create_projet(new, by=scene.by, at=scene.start, today=scene.first_day)


def hold_year(scene: Scene, structure: Structure, kinds: Sequence[Kind], most: int | None = None) -> int:
    """Hold the meetings of a year and plan those of the month to come; how many. ``most`` bounds them."""
    days = sorted(_days(scene, kinds), key=lambda each: each[0])
    held = days if most is None else [*days[: most - 1], days[-1]][:most]
    for rank, (day, kind) in enumerate(held, start=1):
        _hold(scene, structure, kind, day)
        if rank % 50 == 0:
            scene.tell(f"{rank} réunions sur {len(held)}")
    return len(held)


def _days(scene: Scene, kinds: Sequence[Kind]) -> list[tuple[datetime.date, Kind]]:
    """Each kind on its own day of the week, from Monday to Friday, a year back and a month ahead."""
    first = scene.today - YEAR
    monday, last = first - datetime.timedelta(days=first.weekday()), scene.today + datetime.timedelta(days=30)
    found = []
    for rank, kind in enumerate(kinds):
        day = monday + datetime.timedelta(days=rank % 5)
        while day <= last:
            found.append((day, kind))
            day += datetime.timedelta(weeks=kind.weeks)
    return found


def _hold(scene: Scene, structure: Structure, kind: Kind, day: datetime.date) -> None:
    fields = MeetingFields(
        title=f"{kind.title} du {day.day}/{day.month}",
        kind=kind.code,
        day=day,
        hour=kind.hour,
        minutes=kind.minutes,
        place="Salle de réunion",
    )
    at = datetime.datetime.combine(day, datetime.time(20), ZONE)
    moment = min(at, scene.now)
    meeting = plan_meeting(structure, fields, zone=ZONE, by=scene.by, at=moment)
    expect(meeting, [each.pk for each in kind.circle], by=scene.by, at=moment)
    if meeting.starts_at < scene.now:
        _close(scene, meeting, kind, moment)


def _close(scene: Scene, meeting: Meeting, kind: Kind, at: datetime.datetime) -> None:
    chosen = [(each, scene.chance.choice(WAYS)) for each in kind.circle]
    came = [AttendanceFields(member=each.pk, presence=way) for each, way in chosen[1:]]
    first = AttendanceFields(member=kind.circle[0].pk, presence="present")
    note_attendance(meeting, [first, *came], by=scene.by, at=at)
    if kind.themes:
        files = scene.chance.randint(3, 8)
        counts = ConcertationFields(files=files, eligible=scene.chance.randint(0, files), themes=kind.themes)
        count_files(meeting, counts, by=scene.by, at=at)
    close_meeting(meeting, absent=True, by=scene.by, at=at)
