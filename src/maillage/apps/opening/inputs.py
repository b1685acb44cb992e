"""What is given to say when a place closes, what it does then, and what everyone may read of it."""

import datetime
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from maillage.apps.activity.fields import Day, Line, MaybeDay, Words

MOST_DAYS = 366
MOST_PLACES = 60
ANSWERS = {"oui": True, "non": False}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PHONE = re.compile(r"\+?[0-9][0-9 .]{3,18}")


def _answer(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word and word not in ANSWERS:
        raise ValueError("oui, non, ou rien si ce n'est pas encore établi")
    return ANSWERS.get(word)


def _phone(value: Any) -> str:
    words = " ".join(str(value or "").split())
    if words and not PHONE.fullmatch(words):
        raise ValueError("un numéro de téléphone (par exemple 02 99 00 00 00)")
    return words


def _link(value: Any) -> str:
    words = str(value or "").strip()
    parts = urlsplit(words)
    if words and not (parts.scheme == "https" and parts.netloc and not any(each.isspace() for each in words)):
        raise ValueError("une adresse qui commence par https://")
    return words


def _slug(value: Any) -> str:
    words = str(value or "").strip().lower()
    if not SLUG.fullmatch(words):
        raise ValueError("des lettres sans accent, des chiffres et des tirets (par exemple msp-de-redon)")
    return words


Answer = Annotated[bool | None, BeforeValidator(_answer)]


class Given(BaseModel):
    """What a form gives: an unknown key is refused, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClosureFields(Given):
    """Days when some places are closed; ``sites`` are their keys. Without a last day, one day only."""

    sites: Annotated[tuple[int, ...], Field(max_length=MOST_PLACES)] = ()
    kind: Literal["conges", "travaux", "autre"] = "conges"
    since: Day
    until: MaybeDay = None
    note: Line = ""

    @field_validator("sites")
    @classmethod
    def at_least_one(cls, sites: tuple[int, ...]) -> tuple[int, ...]:
        """Something closes."""
        if not sites:
            raise ValueError("au moins un lieu")
        return tuple(dict.fromkeys(sites))

    @field_validator("until")
    @classmethod
    def after_the_first_day(cls, until: datetime.date | None, info: Any) -> datetime.date | None:
        """A closure ends on its first day or later, within a year."""
        since = info.data.get("since")
        if until is not None and since is not None and not 0 <= (until - since).days < MOST_DAYS:
            raise ValueError("un dernier jour qui ne précède pas le premier, un an plus tard au plus")
        return until

    @property
    def last(self) -> datetime.date:
        """The last day closed."""
        return self.until or self.since


class ContinuityFields(Given):
    """What a place does without an appointment and when it is closed; ``None`` is what is not told."""

    unscheduled: Answer = None
    unscheduled_by: Annotated[Words, Field(max_length=2000)] = ""
    derogation: Answer = None
    derogation_until: MaybeDay = None
    on_holidays: Literal["", "ferme", "ouvert"] = ""
    when_closed: Annotated[Words, Field(max_length=2000)] = ""
    phone: Annotated[str, BeforeValidator(_phone)] = ""
    how_to_come: Annotated[Words, Field(max_length=2000)] = ""
    accessibility: Annotated[Words, Field(max_length=2000)] = ""
    link: Annotated[str, BeforeValidator(_link), Field(max_length=250)] = ""

    @field_validator("derogation_until")
    @classmethod
    def of_a_derogation(cls, until: datetime.date | None, info: Any) -> datetime.date | None:
        """Only a derogation ends."""
        if until is not None and not info.data.get("derogation"):
            raise ValueError("rien, tant qu'aucune dérogation n'est accordée")
        return until


class PublicPageFields(Given):
    """What the public page says of the structure as a whole; ``slug`` ends its address."""

    slug: Annotated[str, BeforeValidator(_slug), Field(max_length=60)]
    intro: Annotated[Words, Field(max_length=2000)] = ""
    when_closed: Annotated[Words, Field(max_length=2000)] = ""
