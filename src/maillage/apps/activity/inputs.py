"""What is given to write an action sheet, a protocol or a meeting: the same for the pages and any other caller."""

import datetime
import uuid
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from maillage.apps.activity.fields import Amount, Day, Hour, Line, MaybeDay, MaybeHour, Minutes, Title, Words

MOST_ROWS = 30


def _identifier(value: Any) -> Any:
    return value or None


MeetingKind = Literal[
    "staff", "concertation", "bureau", "assemblee", "groupe", "formation", "partenaires", "representation", "projet"
]
MemberKey = Annotated[uuid.UUID | None, BeforeValidator(_identifier)]


class Given(BaseModel):
    """What a form gives: an unknown key is refused, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IndicatorFields(Given):
    """An indicator of an action."""

    nom: Line = ""
    cible: Line = ""
    source: Line = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.nom or self.cible or self.source)


class ActionFields(Given):
    """An action sheet. ``besoin`` is the key of a figure of the diagnosis, ``missions`` are codes."""

    title: Title
    objective: Words = ""
    besoin: Line = ""
    need_text: Words = ""
    population: Words = ""
    partners: Words = ""
    pilot: MemberKey = None
    starts_on: MaybeDay = None
    ends_on: MaybeDay = None
    steps: Words = ""
    means: Words = ""
    budget: Amount = None
    funding: Words = ""
    indicators: Annotated[tuple[IndicatorFields, ...], Field(max_length=MOST_ROWS)] = ()
    evaluation: Words = ""
    missions: tuple[str, ...] = ()
    theme: Annotated[Line, Field(max_length=60)] = ""
    state: Literal["prevue", "en_cours", "finie", "abandonnee"] = "prevue"

    @field_validator("indicators")
    @classmethod
    def named(cls, rows: tuple[IndicatorFields, ...]) -> tuple[IndicatorFields, ...]:
        """The rows that are filled; each must have a name."""
        kept = tuple(row for row in rows if not row.is_empty)
        if any(not row.nom for row in kept):
            raise ValueError("un nom pour chaque indicateur")
        return kept

    @field_validator("ends_on")
    @classmethod
    def ends_after_it_starts(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """An action does not end before it starts."""
        start = info.data.get("starts_on")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas le début")
        return day


class ProtocolFields(Given):
    """A protocol; ``metiers`` are slugs, ``writers`` members. ``state`` tells where it starts, once: then it lives."""

    title: Title
    theme: Annotated[Line, Field(max_length=120)] = ""
    need: Words = ""
    content: Words = ""
    metiers: tuple[str, ...] = ()
    writers: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_ROWS)] = ()
    pilot: MemberKey = None
    planned_on: MaybeDay = None
    in_mission: bool = False
    state: Literal["prevu", "en_cours", "applique"] = "prevu"


class PublicationFields(Given):
    """What publishes a protocol. ``how``: how the team validated it, when not everyone answered."""

    applies_on: Day
    review_on: MaybeDay = None
    how: Annotated[Line, Field(max_length=300)] = ""

    @field_validator("review_on")
    @classmethod
    def reviewed_after(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """A protocol is reviewed after the day when it applies."""
        start = info.data.get("applies_on")
        if day is not None and start is not None and day <= start:
            raise ValueError("une date après celle où le protocole s'applique")
        return day


class CooperationFields(Given):
    """How a team applies a national protocol of cooperation."""

    starts_on: Day
    declared_on: MaybeDay = None
    ends_on: MaybeDay = None

    @field_validator("ends_on")
    @classmethod
    def stops_after_it_starts(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """A team does not stop before it starts."""
        start = info.data.get("starts_on")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas le début")
        return day


class JoiningFields(Given):
    """A member who joins a national protocol."""

    member: uuid.UUID
    part: Literal["delegant", "delegue"]
    joined_on: Day


class MeetingFields(Given):
    """A meeting: its day and hour are those of the place where the team is (Europe/Paris by default)."""

    title: Title
    kind: MeetingKind = "projet"
    day: Day
    hour: Hour
    minutes: Minutes
    place: Line = ""
    agenda: Words = ""


class AttendanceFields(Given):
    """How a member came. ``minutes``: ``None`` for the whole meeting, or what both hours leave of it."""

    member: uuid.UUID
    presence: Literal["present", "distance", "excuse", "absent"]
    minutes: int | None = Field(default=None, ge=0, le=24 * 60)
    preparation: int = Field(default=0, ge=0, le=24 * 60)
    mandated_by: Annotated[Line, Field(max_length=120)] = ""
    arrived_at: MaybeHour = None
    left_at: MaybeHour = None

    @model_validator(mode="after")
    def time_of_who_came(self) -> "AttendanceFields":
        """Who did not come spent no time there."""
        if self.presence in ("excuse", "absent") and self.minutes:
            raise ValueError("aucun temps pour qui n'est pas venu")
        return self
