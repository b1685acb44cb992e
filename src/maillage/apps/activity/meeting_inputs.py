"""What is given beside a meeting: its repetition, its guests, the counts of a concertation."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from maillage.apps.activity.fields import Day, Line
from maillage.apps.activity.inputs import Given
from maillage.core.activity.recurrence import ONCE, RHYTHMS

Short = Annotated[Line, Field(max_length=120)]
Count = Annotated[int, Field(ge=0, le=500)]


class SeriesFields(Given):
    """How a meeting comes again, and until which day."""

    rhythm: str
    until: Day

    @field_validator("rhythm")
    @classmethod
    def known(cls, code: str) -> str:
        """A rhythm of the list that repeats."""
        if code == ONCE or code not in RHYTHMS:
            raise ValueError("un rythme de la liste")
        return code


class GuestFields(Given):
    """People from outside who came: how many, of which profession and organisation."""

    organisation: Short = ""
    profession: Short = ""
    count: Annotated[int, Field(ge=1, le=999)] = 1

    @model_validator(mode="after")
    def told(self) -> "GuestFields":
        """At least where they come from or what they do."""
        if not (self.organisation or self.profession):
            raise ValueError("une organisation ou une profession")
        return self


class ConcertationFields(Given):
    """What a concertation studied. ``eligible``: among the files, patients in ALD or of 75 and more."""

    files: Count
    eligible: Count | None = None
    themes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def among_the_files(self) -> "ConcertationFields":
        """A part of the files is not more than all of them."""
        if self.eligible is not None and self.eligible > self.files:
            raise ValueError("pas plus de patients en ALD ou de 75 ans et plus que de dossiers étudiés")
        return self


class BaseFields(Given):
    """How many patients the files of a year are compared with."""

    year: Annotated[int, Field(ge=2017, le=2100)]
    patients: Annotated[int, Field(ge=1, le=1_000_000)]
