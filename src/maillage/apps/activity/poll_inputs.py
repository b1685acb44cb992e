"""What is given to find a date, to propose a subject, to note what a meeting leaves to do."""

import datetime
import re
import uuid
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from maillage.apps.activity.fields import Day, Hour, Line, MaybeDay, Minutes, Title, Words
from maillage.apps.activity.inputs import Given, MeetingKind, MemberKey

MOST_DATES, MOST_PEOPLE, MOST_GUESTS = 20, 1000, 50
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
SOMEONE = re.compile(r"(.*?[^\s,;<])\s*[,;<\t]\s*([^\s,;<>]+)\s*>?\s*")
GUEST = "une personne par ligne : son nom, une virgule, son adresse (Jeanne Martin, jeanne@exemple.fr)"


class DateFields(Given):
    """A moment that is proposed: its day and hour are those of the place where the team is."""

    day: Day
    hour: Hour

    @property
    def moment(self) -> datetime.datetime:
        """Both, without a time zone."""
        return datetime.datetime.combine(self.day, self.hour)


def _guests(value: Any) -> tuple[tuple[str, str], ...]:
    """The people of a text, one a line: « nom, adresse », « nom; adresse » or « nom <adresse> ».

    Raises ``ValueError`` in French, which says the line.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(str(value or "").splitlines(), start=1):
        if not line.strip():
            continue
        parts = SOMEONE.fullmatch(line.strip())
        name, address = parts.groups() if parts else ("", "")
        if not name or len(name) > 120 or len(address) > 254 or not ADDRESS.fullmatch(address):
            raise ValueError(f"{GUEST}. Ligne {number} : à corriger")
        found[address.lower()] = name
    return tuple((name, address) for address, name in found.items())


def _said(value: Any) -> str:
    if not (words := " ".join(str(value or "").replace("\0", "").split())):
        raise ValueError("quelques mots : ce champ est obligatoire")
    return words


class PollFields(Given):
    """A poll of dates. ``members``: who is asked, all the team when empty; ``guests``: (name, address) of others."""

    title: Title
    kind: MeetingKind = "groupe"
    minutes: Minutes
    place: Line = ""
    words: Words = ""
    answer_by: MaybeDay = None
    dates: Annotated[tuple[DateFields, ...], Field(max_length=MOST_DATES)]
    members: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_PEOPLE)] = ()
    guests: Annotated[tuple[tuple[str, str], ...], BeforeValidator(_guests), Field(max_length=MOST_GUESTS)] = ()

    @field_validator("dates")
    @classmethod
    def several(cls, dates: tuple[DateFields, ...]) -> tuple[DateFields, ...]:
        """At least two moments, each once."""
        kept = tuple({each.moment: each for each in dates}.values())
        if len(kept) < 2:
            raise ValueError("au moins deux dates différentes, chacune avec son heure")
        return kept


class TopicFields(Given):
    """A subject to talk about."""

    title: Title
    words: Words = ""


class FollowUpFields(Given):
    """A decision or a task, who takes charge of it, before when."""

    kind: Literal["decision", "tache"] = "tache"
    what: Annotated[str, BeforeValidator(_said), Field(max_length=300)]
    owner: MemberKey = None
    due_on: MaybeDay = None
