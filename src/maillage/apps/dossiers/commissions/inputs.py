"""What is given to run a commission: the same for the pages and any other caller."""

import datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from maillage.apps.activity.fields import Day, Hour, Line, MaybeDay, Minutes, Title

HUNDRED = Decimal(100)
TRUE, FALSE = "oui", "non"


def _share(value: Any) -> Decimal | None:
    """« 50 », « 50 % », « 1/2 » as a share; nothing when empty. Cut, not rounded: two thirds of three seats are two."""
    words = str(value if value is not None else "").replace("%", "").replace(",", ".").strip()
    if not words:
        return None
    above, _bar, below = words.partition("/")
    try:
        found = Decimal(above) / (Decimal(below) if below else HUNDRED)
    except (InvalidOperation, ZeroDivisionError):
        found = Decimal(-1)
    if not (found.is_finite() and 0 < found <= 1):
        raise ValueError("une part des sièges entre 1 et 100, par exemple « 50 » ou « 2/3 »")
    return max(found.quantize(Decimal("0.001"), ROUND_DOWN), Decimal("0.001"))


def _email(value: Any) -> str:
    address = str(value or "").strip().lower()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError("une adresse électronique, par exemple prenom.nom@exemple.fr") from None
    return address


def _days(value: Any) -> int | None:
    words = str(value if value is not None else "").strip()
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and int(words) <= 365):
        raise ValueError("un nombre de jours, de 0 à 365")
    return int(words)


def _known(value: Any) -> bool | None:
    return {TRUE: True, FALSE: False, True: True, False: False}.get(value)


Email = Annotated[str, BeforeValidator(_email), Field(max_length=254)]
Yes = Annotated[bool, BeforeValidator(lambda value: value in (True, TRUE))]


class Given(BaseModel):
    """What a form gives: an unknown key is refused, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleFields(Given):
    """The rules of a commission, as the text that who runs it relies on says them; empty: not known."""

    nom: Title
    quorum_share: Annotated[Decimal | None, BeforeValidator(_share)] = None
    conflicts_leave_quorum: Annotated[bool | None, BeforeValidator(_known)] = None
    quorum_once: Yes = False
    votes: Yes = False
    notice_days: Annotated[int | None, BeforeValidator(_days)] = None
    rules_source: Annotated[Line, Field(max_length=250)] = ""


class SeatFields(Given):
    """A seat. A person is named, and reached by e-mail; an account is found or invited by that address."""

    college: Annotated[Line, Field(min_length=1, max_length=120)]
    represents: Annotated[Line, Field(min_length=1, max_length=200)]
    titulaire_nom: Annotated[Line, Field(max_length=200)] = ""
    titulaire_email: Email = ""
    suppleant_nom: Annotated[Line, Field(max_length=200)] = ""
    suppleant_email: Email = ""
    votes: Yes = True
    since: Day
    until: MaybeDay = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "SeatFields":
        if self.until is not None and self.until < self.since:
            raise ValueError("un mandat qui ne finit pas avant d'avoir commencé")
        return self


class SessionFields(Given):
    """A session; its day and hour are those of the place where the commission is run."""

    day: Day
    hour: Hour
    minutes: Minutes
    place: Line = ""


def moment(fields: SessionFields, zone: datetime.tzinfo) -> datetime.datetime:
    """When a session starts, as an aware moment."""
    return datetime.datetime.combine(fields.day, fields.hour, tzinfo=zone)
