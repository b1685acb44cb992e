"""The letter of the week: one e-mail a person, every Monday from 8 h, with the week of each of their structures.

Who runs a structure reads all its days and what is late; the others, its meetings and what awaits them. A letter is
claimed before it is sent: two runs at once send it once, and one that did not leave is tried again.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import MANAGERS, STRUCTURE_ROLES
from maillage.apps.activity.sealing import clock
from maillage.apps.calendar.awaiting import to_do
from maillage.apps.calendar.gathering import Entry, gathered, late
from maillage.apps.calendar.models import WeeklyLetter
from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.notifications.models import Preference
from maillage.apps.structures.models import Structure
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel import french

KIND = "semaine_structure"
HOUR, LAST_WEEKDAY = 8, 1
"""From Monday at this hour to the end of Tuesday: a letter that is later than that says nothing new."""
SIX_DAYS = datetime.timedelta(days=6)
AGAIN = datetime.timedelta(minutes=15)
MOST_MAILS = 100
"""In one run: the next ones leave a minute later."""
MOST_LINES = 12
RUNS = (*MANAGERS, Role.Name.TRESORIER)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SUBJECT = "Votre semaine"
TEXT = """Bonjour,

Semaine du {monday} au {sunday}.

{parts}

Vous choisissez de recevoir cette lettre ou non : {site}/mon-compte/notifications/
"""


@dataclass(frozen=True)
class Sent:
    """What a run did: letters that left, and those to try again."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Reader:
    """A person who is to have the letter of a week, and the structures that it tells."""

    user: uuid.UUID
    week: datetime.date
    structures: tuple[Structure, ...]


class Weeks:
    """The days of the structures in a week, each looked for once."""

    def __init__(self, at: datetime.datetime) -> None:
        self._at = at
        self._found: dict[tuple[uuid.UUID, datetime.date], tuple[list[Entry], list[Entry]]] = {}

    def of(self, structure: Structure, week: datetime.date) -> tuple[list[Entry], list[Entry]]:
        """What the week holds, and what was late when it began."""
        key = (structure.pk, week)
        if key not in self._found:
            today = self._at.astimezone(zone_of(structure.region)).date()
            days = gathered(structure, since=week, until=week + SIX_DAYS, today=today)
            self._found[key] = (days, late(structure, today=week))
        return self._found[key]


def send_letters(*, at: datetime.datetime) -> Sent:
    """Send the letters that are due. Call it outside of any transaction."""
    claimed: dict[Mail, list[int]] = {}
    weeks = Weeks(at)
    for reader in readers(at=at)[:MOST_MAILS]:
        if found := _claim(reader, weeks, at):
            claimed[found[0]] = found[1]
    failed = set(deliver(claimed))
    for mail, rows in claimed.items():
        if mail not in failed:
            WeeklyLetter.objects.filter(pk__in=rows).update(sent_at=at)
    return Sent(len(claimed) - len(failed), len(failed))


def readers(*, at: datetime.datetime) -> list[Reader]:
    """Who is to have a letter now: it is their morning of Monday, they want it, they have not had it."""
    if at.astimezone(datetime.UTC).weekday() not in (6, 0, 1, 2):  # somewhere it may be Monday or Tuesday
        return []
    rows = Role.objects.filter(
        until=None,
        name__in=STRUCTURE_ROLES,
        organisation__kind=Organisation.Kind.STRUCTURE,
        organisation__closed_at=None,
        user__is_active=True,
        user__forgotten_at=None,
    )
    never = Preference.objects.filter(kind=KIND, rhythm=Preference.Rhythm.JAMAIS).values("user")
    pairs = rows.exclude(user__in=never).order_by("user").values_list("user", "organisation").distinct()
    bodies = Structure.objects.filter(organisation__in={body for _user, body in pairs}).select_related("organisation")
    due = {each.organisation_id: (each, week) for each in bodies if (week := _week(each, at)) is not None}
    had = _had({week for _structure, week in due.values()}, at)
    found: dict[tuple[uuid.UUID, datetime.date], list[Structure]] = defaultdict(list)
    for user, body in pairs:
        structure, week = due.get(body, (None, None))
        if structure is not None and week is not None and (user, structure.pk, week) not in had:
            found[user, week].append(structure)
    return [Reader(user, week, tuple(structures)) for (user, week), structures in found.items()]


def _week(structure: Structure, at: datetime.datetime) -> datetime.date | None:
    """The Monday whose letter is due, at the time of the structure."""
    local = at.astimezone(zone_of(structure.region))
    if local.weekday() > LAST_WEEKDAY or (local.weekday() == 0 and local.hour < HOUR):
        return None
    return local.date() - datetime.timedelta(days=local.weekday())


def _had(weeks: set[datetime.date], at: datetime.datetime) -> set[tuple[uuid.UUID, uuid.UUID, datetime.date]]:
    """The letters that are not to be written again: sent, empty, or under way in another run."""
    rows = WeeklyLetter.objects.filter(week__in=weeks)
    again = rows.filter(sent_at=None, lines__gt=0, claimed_at__lte=at - AGAIN)
    return set(rows.exclude(pk__in=again.values("pk")).values_list("user", "structure", "week"))


@transaction.atomic
def _claim(reader: Reader, weeks: Weeks, at: datetime.datetime) -> tuple[Mail, list[int]] | None:
    """The letter of a person and its rows; ``None`` when it has nothing to tell, or when another run has just taken it.

    A day that allows no more mail leaves the letter for later.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=reader.user)
    had = _had({reader.week}, at)
    wanted = [each for each in reader.structures if (user.pk, each.pk, reader.week) not in had]
    parts = {each: "\n".join(_part(user, each, weeks.of(each, reader.week), at)) for each in wanted}
    rows = []
    for structure, part in parts.items():
        told = {"lines": len(part.splitlines()), "claimed_at": at}
        row, _new = WeeklyLetter.objects.update_or_create(
            structure=structure, user=user, week=reader.week, defaults=told
        )
        rows.append(row.pk)
    written = [part for part in parts.values() if part]
    if not written:
        return None
    try:
        mail_quota.reserve(1, by=f"lettre-{user.pk}", scope=f"lettre-{user.pk}", at=at)
    except mail_quota.TooMuchMail:
        return None
    return Mail(user.email, SUBJECT, _text(reader.week, written)), rows


def _part(
    user: User, structure: Structure, found: tuple[list[Entry], list[Entry]], at: datetime.datetime
) -> Iterator[str]:
    """The lines of a structure; none when nothing happens there."""
    days, overdue = found
    runs = Role.objects.filter(user=user, organisation=structure.organisation_id, until=None, name__in=RUNS).exists()
    shown = days if runs else [each for each in days if each.due.nature == "reunion"]
    own = [each.words for each in to_do(user, structure, at=at)]
    lines = [
        *_listed("Cette semaine :", [_told(each) for each in shown]),
        *_listed("En retard :", [_told(each) for each in overdue if runs]),
        *_listed("Ce qui vous attend :", own),
    ]
    if lines:
        yield from (
            structure.nom,
            *lines,
            f"Calendrier : {settings.SITE_ADDRESS}/structures/{structure.pk}/calendrier/",
        )


def _listed(title: str, rows: Sequence[str]) -> list[str]:
    if not rows:
        return []
    left = len(rows) - MOST_LINES
    more = [f"- et {french.number(left)} de plus"] if left > 0 else []
    return [title, *(f"- {row}" for row in rows[:MOST_LINES]), *more]


def _told(entry: Entry) -> str:
    start = entry.due.starts_at
    hour = f", {clock(timezone.localtime(start, zone_of(entry.structure.region)))}" if start else ""
    return f"{WEEKDAYS[entry.day.weekday()]} {french.day(entry.day)}{hour} : {entry.due.what}"


def _text(week: datetime.date, parts: Sequence[str]) -> str:
    sunday = week + SIX_DAYS
    told = {"monday": french.day(week), "sunday": french.day(sunday), "site": settings.SITE_ADDRESS}
    return TEXT.format(parts="\n\n".join(parts), **told)
