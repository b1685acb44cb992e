"""What is given to write a survey and to tell what was done with users: the same for the pages and any caller."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from maillage.apps.activity.fields import Day, Line, Title, Words
from maillage.apps.activity.inputs import Given

MOST_CHOICES = 20
FEWEST_CHOICES = 2
OFFERING = ("choix", "multiple")


def _lines(value: Any) -> Any:
    """One choice a line; the same one twice is one."""
    if not isinstance(value, str):
        return value
    lines = (" ".join(line.split()) for line in value.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _count(value: Any) -> int | None:
    words = "".join(str(value if value is not None else "").split())
    if not words:
        return None
    if not words.isascii() or not words.isdigit() or int(words) > 1_000_000:
        raise ValueError("un nombre de personnes, ou rien s'il n'est pas connu")
    return int(words)


Choice = Annotated[str, Field(max_length=120)]


class SurveyFields(Given):
    """A survey; ``closes_on`` is its last day."""

    title: Title
    intro: Annotated[Words, Field(max_length=2000)] = ""
    closes_on: Day


class QuestionFields(Given):
    """A question; one that offers answers has two of them at least."""

    kind: Literal["note", "choix", "multiple", "texte"]
    title: Title
    choices: Annotated[tuple[Choice, ...], BeforeValidator(_lines), Field(max_length=MOST_CHOICES)] = ()
    is_required: bool = False

    @field_validator("is_required", mode="before")
    @classmethod
    def ticked(cls, value: Any) -> bool:
        """A box of a form."""
        return value is True or value == "oui"

    @model_validator(mode="after")
    def offers_enough(self) -> "QuestionFields":
        """A choice is between two answers at least."""
        if self.kind in OFFERING and len(self.choices) < FEWEST_CHOICES:
            raise ValueError("deux réponses proposées au moins, une par ligne")
        return self


class InvolvementFields(Given):
    """What was done with users."""

    day: Day
    kind: Literal["information", "sensibilisation", "consultation", "coconstruction", "partenariat", "codecision"]
    title: Title
    partners: Line = ""
    people: Annotated[int | None, BeforeValidator(_count)] = None
    outcome: Words = ""
