"""What is given to follow an action and to note a trainee: the same for the pages and any other caller."""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from maillage.apps.activity.fields import Day, Line, MaybeDay, Title, read_amount
from maillage.apps.activity.inputs import Given, MemberKey

MOST = Decimal("99999999999.99")


def _figure(value: Any) -> Decimal:
    try:
        figure = read_amount(value)
    except ValueError:
        figure = None
    if figure is None or figure > MOST:
        raise ValueError("un nombre, sans signe (par exemple 32, ou 12,5)")
    return figure


Name = Annotated[Title, Field(max_length=80)]


class StepFields(Given):
    """A step of an action."""

    title: Title
    owner: MemberKey = None
    due_on: MaybeDay = None


class NoteFields(Given):
    """What is noted of an action on a day; ``indicator`` is a name among those of the sheet, for a value."""

    kind: Literal["public", "valeur", "depense"]
    day: Day
    amount: Annotated[Decimal, BeforeValidator(_figure)]
    indicator: Line = ""
    label: Line = ""

    @field_validator("amount")
    @classmethod
    def whole_people(cls, figure: Decimal, info: Any) -> Decimal:
        """People are counted one by one."""
        if info.data.get("kind") == "public" and figure != figure.to_integral_value():
            raise ValueError("un nombre entier de personnes")
        return figure


class TraineeshipFields(Given):
    """A trainee; ``metier`` is the slug of what they learn."""

    nom: Name
    prenom: Name
    kind: Literal["stage", "preparateur"] = "stage"
    metier: Annotated[Title, Field(max_length=40)]
    school: Line = ""
    supervisor: MemberKey = None
    starts_on: Day
    ends_on: Day

    @field_validator("ends_on")
    @classmethod
    def ends_after_it_starts(cls, day: datetime.date, info: Any) -> datetime.date:
        """A traineeship does not end before it starts."""
        start = info.data.get("starts_on")
        if start is not None and day < start:
            raise ValueError("une date qui ne précède pas le début")
        return day
