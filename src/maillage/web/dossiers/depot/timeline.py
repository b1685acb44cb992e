"""The way of a dossier in words: the states that it went through, the one of now, those to come when all goes well."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maillage.apps.common.models import Event
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.ahead import ahead
from maillage.core.dossiers.definition import Definition

STATES = {"done": "passé", "now": "en cours", "next": "à venir"}


@dataclass(frozen=True)
class Milestone:
    """A state on the way; ``day`` is when it was reached."""

    title: str
    state: Literal["done", "now", "next"]
    day: datetime.date | None = None

    @property
    def word(self) -> str:
        """Its state, in words."""
        return STATES[self.state]


def timeline(dossier: Dossier) -> tuple[Milestone, ...]:
    """What was, what is, what comes."""
    return tuple(_milestones(dossier, definition_of(dossier)))


def _milestones(dossier: Dossier, definition: Definition) -> Iterator[Milestone]:
    past = list(_past(dossier, definition))
    here = definition.state(dossier.state)
    if not past or past[-1][0] != here.code:
        past.append((here.code, None))
    for code, day in past[:-1]:
        yield Milestone(definition.state(code).titre, "done", day)
    yield Milestone(here.titre, "now", past[-1][1])
    for state in ahead(definition, dossier.state):
        yield Milestone(state.titre, "next")


def _past(dossier: Dossier, definition: Definition) -> Iterator[tuple[str, datetime.date | None]]:
    """Each state that the log tells, once when it follows itself."""
    known = {each.code for each in definition.etats}
    last = definition.first
    yield last, day_of(dossier, dossier.created_at)
    rows = Event.objects.filter(subject_type=dossier._meta.label_lower, subject_id=str(dossier.pk)).order_by("at", "pk")
    for event in rows:
        code = (event.after or {}).get("etat")
        if code in known and code != last:
            last = code
            yield code, day_of(dossier, event.at)
