"""The legal clock at work: who is told of a deadline, and the silence kept once the delay is over.

It may run at any time, late, or twice at once: each thing is done under the lock of its dossier, and written so that
it is not done again.
"""

import datetime
import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from maillage.apps.accounts.models import Role, User
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.deadlines import Deadline, awaited, horizon
from maillage.apps.dossiers.deciding import keep_silence
from maillage.apps.dossiers.models import AvisRequest, DeadlineAlert, Dossier
from maillage.apps.dossiers.moving import locked, pending_decision
from maillage.apps.dossiers.permissions import GIVERS, may_give
from maillage.apps.dossiers.queries import definition_of, followed_by_a_definition
from maillage.apps.dossiers.telling import To, deciders_of, tell
from maillage.apps.notifications.kinds import Kind
from maillage.core.dossiers.alerts import LAST_DAY, PAST, to_tell
from maillage.core.dossiers.calendar import next_working_day
from maillage.core.kernel.french import day, quantity

Audience = tuple[To | None, Sequence[User], str, str]
"""Who is told, who else by name, in which words, where they are sent."""
logger = logging.getLogger(__name__)
SILENT = ("acceptation", "refus")
"""What a silence may be worth; otherwise it decides nothing."""
UNKNOWN = {
    "aucun": "aucun texte ne donne de sens à ce silence",
    "a_confirmer": "le sens de ce silence est à confirmer",
    "acceptation": "le silence n’a pas pu être constaté : regardez ce dossier",
    "refus": "le silence n’a pas pu être constaté : regardez ce dossier",
}

ASK = "demandez à l’autorité où en est votre dossier"
"""What who files is told, whatever the reason: a decision that is not notified is not guessed from it."""


@dataclass(frozen=True)
class Due:
    """A deadline to tell, at the stage that it has reached (days left, -1 once past)."""

    deadline: Deadline
    stage: int
    today: datetime.date

    @property
    def words(self) -> str:
        """What is told: the deadline, its last day, and the next working day when that one is off."""
        return f"{self.deadline.what} : {self._when()}{self._working()}"

    def _when(self) -> str:
        last = self.deadline.last_day
        if self.stage == PAST:
            return f"le délai est passé, le dernier jour était le {day(last)}"
        if self.stage == LAST_DAY:
            return f"dernier jour aujourd’hui, {day(last)}"
        return f"dernier jour le {day(last)}, dans {quantity((last - self.today).days, 'jours')}"

    def _working(self) -> str:
        dossier, last = self.deadline.dossier, self.deadline.last_day
        following = next_working_day(last, dossier.region, dossier.departement)
        if self.stage == PAST or following == last:
            return ""
        return f" (ce n’est pas un jour ouvré ; le suivant est le {day(following)})"


def to_alert(*, at: datetime.datetime, of: uuid.UUID | None = None) -> list[Due]:
    """The deadlines to tell now, of every dossier or of one."""
    dossiers = Dossier.objects.select_related("structure__organisation", "filer", "authority", "holder")
    if of is not None:
        dossiers = dossiers.filter(pk=of)
    near = awaited(followed_by_a_definition(dossiers), until=(at + horizon()).date())
    told = _told(near)
    found = []
    for each in near:
        today = day_of(each.dossier, at)
        stage = to_tell(each.last_day, each.before, told[each.dossier.pk, each.subject, each.last_day], today)
        if stage is not None:
            found.append(Due(each, stage, today))
    return found


def alert(*, at: datetime.datetime) -> list[Due]:
    """Tell every deadline that is to be told; return what was."""
    done: list[Due] = []
    for key in dict.fromkeys(each.deadline.dossier.pk for each in to_alert(at=at)):
        try:
            done += _alert_of(key, at)
        except DatabaseError:  # The others are told all the same; this one is tried again by the next run.
            logger.exception("the deadlines of a dossier could not be told")
    return done


def over(*, at: datetime.datetime) -> list[Dossier]:
    """The dossiers whose legal delay is over where they are, and whose silence is worth a decision."""
    late = followed_by_a_definition(Dossier.objects.all()).filter(due_on__lte=(at + datetime.timedelta(days=1)).date())
    late = late.exclude(phase__in=[Dossier.Phase.BROUILLON, Dossier.Phase.SUIVI, Dossier.Phase.CLOS])
    return [
        each
        for each in late.order_by("due_on", "number")
        if each.due_on is not None and each.due_on < day_of(each, at) and _sense(each) in SILENT
    ]


def keep_silences(*, at: datetime.datetime) -> list[Dossier]:
    """Decide by silence what a text decides so; return these dossiers."""
    return [each for each in over(at=at) if keep_silence(each, at=at) is not None]


@transaction.atomic
def _alert_of(key: uuid.UUID, at: datetime.datetime) -> list[Due]:
    """Tell the deadlines of one dossier, read again once nobody else can change it."""
    locked(key)
    found = to_alert(at=at, of=key)
    for each in found:
        deadline = each.deadline
        DeadlineAlert.objects.create(
            dossier=deadline.dossier, subject=deadline.subject, last_day=deadline.last_day, days_left=each.stage, at=at
        )
        _tell(each, at)
    return found


def _tell(due: Due, at: datetime.datetime) -> None:
    for to, people, words, address in _audiences(due):
        tell(due.deadline.dossier, _kind(due), by=None, at=at, to=to, people=people, title=words, address=address)


def _kind(due: Due) -> Kind:
    if due.deadline.nature == "condition":
        return "condition"
    return "echeance_passee" if due.stage == PAST else "echeance_proche"


def _audiences(due: Due) -> list[Audience]:
    """Who is told, and in which words: an avis is never told to who files; pieces are, until they are late."""
    past, row, page = due.stage == PAST, due.deadline.row, due.deadline.address
    if isinstance(row, AvisRequest):
        words = due.words.replace(due.deadline.what, "Votre avis", 1)
        inside: list[Audience] = [("instruction", (), due.words, page)] if past else []
        experts = experts_of(row)
        return [*inside, (None, experts, words, f"/avis/{row.pk}/")] if experts else inside
    if due.deadline.nature == "delai":
        return _of_the_delay(due)
    return [("deposant" if due.deadline.nature == "pieces" and not past else "tous", (), due.words, page)]


def _of_the_delay(due: Due) -> list[Audience]:
    dossier, page = due.deadline.dossier, due.deadline.address
    sense = _sense(dossier)
    words = f"{due.words} ; {_why(dossier, sense)}" if due.stage == PAST else due.words
    is_near = due.stage <= min(due.deadline.before, default=LAST_DAY)
    told: list[Audience] = [("instruction", deciders_of(dossier) if is_near else (), words, page)]
    if due.stage == PAST:
        told.append(("deposant", (), f"{due.words} ; {ASK}" if sense in SILENT else words, page))
    return told


def _why(dossier: Dossier, sense: str) -> str:
    """Why the silence decided nothing, for the authority: who filed is not told that a decision waits."""
    pending = pending_decision(dossier)
    return UNKNOWN[sense] if pending is None else f"la décision {pending.number} attend sa notification : notifiez-la"


def _sense(dossier: Dossier) -> str:
    delay = definition_of(dossier).delai
    return "aucun" if delay is None else delay.silence


def experts_of(asked: AvisRequest) -> list[User]:
    """Who may give an avis: the expert named, else who speaks for the organisation."""
    if asked.expert is not None:
        return [asked.expert] if may_give(asked.expert, asked) else []
    roles = Role.objects.filter(organisation=asked.organisation, until=None, name__in=GIVERS)
    people = User.objects.filter(roles__in=roles, is_active=True).distinct()
    return [each for each in people if may_give(each, asked)]


def _told(deadlines: Iterable[Deadline]) -> dict[tuple[uuid.UUID, str, datetime.date], list[int]]:
    """The stages already told, by dossier, subject and last day."""
    found: dict[tuple[uuid.UUID, str, datetime.date], list[int]] = defaultdict(list)
    rows = DeadlineAlert.objects.filter(dossier__in={each.dossier.pk for each in deadlines})
    for dossier, subject, last_day, stage in rows.values_list("dossier", "subject", "last_day", "days_left"):
        found[dossier, subject, last_day].append(stage)
    return found
