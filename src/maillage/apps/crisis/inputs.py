"""What is given to write a crisis plan, its lists, its exercises and events."""

import datetime
import uuid
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from maillage.apps.activity.fields import Day, Line, MaybeDay, Title, Words
from maillage.apps.activity.inputs import Given, MemberKey
from maillage.core.activity.risks import risks
from maillage.core.kernel.french import number
from maillage.core.kernel.problems import EMAIL

MOST_PEOPLE = 10_000
PEOPLE = f"un nombre de personnes, de 0 à {number(MOST_PEOPLE)}, ou rien si personne ne l'a compté"


def _risk(value: Any) -> str:
    code = str(value or "").strip()
    if code and code not in risks():
        raise ValueError("un risque de la liste")
    return code


def _people(value: Any) -> int | None:
    text = "".join(str(value if value is not None else "").split())
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > MOST_PEOPLE:
        raise ValueError(PEOPLE)
    return int(text)


Risk = Annotated[str, BeforeValidator(_risk)]
Name = Annotated[Title, Field(max_length=120)]


class PlanFields(Given):
    """The texts of the plan, and the day when the team reads it again."""

    alert: Words = ""
    cell: Words = ""
    coordination: Words = ""
    information: Words = ""
    recovery: Words = ""
    review_on: MaybeDay = None


class RoleFields(Given):
    """A seat of the cell."""

    function: Name
    member: MemberKey = None
    deputy: MemberKey = None
    tasks: Annotated[Line, Field(max_length=300)] = ""

    @model_validator(mode="after")
    def replaced_by_another(self) -> "RoleFields":
        """Nobody replaces themself."""
        if self.member is not None and self.member == self.deputy:
            raise ValueError("une autre personne pour la remplacer")
        return self


class MobilisableFields(Given):
    """A member who may be called."""

    member: uuid.UUID
    skills: Line = ""
    availability: Line = ""
    reach: Line = ""
    agreed_on: MaybeDay = None


class ContactFields(Given):
    """A body to call."""

    organisation: Title
    purpose: Line = ""
    phone: Annotated[Line, Field(max_length=40)] = ""
    email: Annotated[Line, Field(pattern=EMAIL, validate_default=True)] = ""

    @field_validator("email")
    @classmethod
    def may_be_reached(cls, address: str, info: Any) -> str:
        """A contact is reached one way or another."""
        if not address and not info.data.get("phone"):
            raise ValueError("un téléphone ou une adresse électronique")
        return address


class ProcedureFields(Given):
    """What is done for a kind of risk."""

    risk: Risk = ""
    title: Title
    steps: Words = ""


class EventFields(Given):
    """An exercise or a real event."""

    kind: Literal["exercice", "reel"] = "exercice"
    state: Literal["prevu", "fait"] = "prevu"
    risk: Risk = ""
    title: Title
    starts_on: Day
    ends_on: MaybeDay = None
    declared_by: Line = ""
    people: Annotated[int | None, BeforeValidator(_people)] = None
    done: Words = ""
    worked: Words = ""
    to_improve: Words = ""
    next_steps: Words = ""

    @field_validator("ends_on")
    @classmethod
    def ends_after_it_starts(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """It does not end before it starts."""
        start = info.data.get("starts_on")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas le début")
        return day

    @field_validator("declared_by")
    @classmethod
    def declared_when_real(cls, words: str, info: Any) -> str:
        """An authority declares real crises only."""
        if words and info.data.get("kind") != "reel":
            raise ValueError("rien pour un exercice : seul un événement réel est déclaré par une autorité")
        return words
