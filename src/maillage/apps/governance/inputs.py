"""What is given to write about governance: the same for the pages and any other caller."""

import datetime
import re
import uuid
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from maillage.apps.activity.fields import Day, Hour, Line, MaybeDay, Minutes, Title, Words
from maillage.apps.activity.inputs import Given
from maillage.apps.governance.models import Body, Mandate, Resolution, VotingRules

FRACTION = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})", re.ASCII)
PERCENT = re.compile(r"(\d{1,3})\s*%", re.ASCII)
UNKNOWN = ("", "à confirmer")


def _words(value: Any) -> str:
    return " ".join(str("" if value is None else value).replace("\0", "").split()).lower()


def read_count(value: Any) -> int | None:
    """A whole number typed; ``None`` when empty or « à confirmer ». Raises ``ValueError`` in French.

    >>> read_count("15"), read_count(""), read_count("à confirmer")
    (15, None, None)
    """
    words = _words(value)
    if words in UNKNOWN:
        return None
    if not (words.isascii() and words.isdecimal() and len(words) <= 4):
        raise ValueError("un nombre entier, ou rien s'il est à confirmer")
    return int(words)


def read_share(value: Any) -> tuple[int, int] | None:
    """A share typed (« 1/2 », « 25 % », « aucun »), as two whole numbers; ``None`` when empty. Raises ``ValueError``.

    >>> read_share("2/3"), read_share("25 %"), read_share("aucun"), read_share("")
    ((2, 3), (1, 4), (0, 1), None)
    """
    words = _words(value)
    if words in UNKNOWN:
        return None
    if words in ("0", "aucun"):
        return (0, 1)
    found, percent = FRACTION.fullmatch(words), PERCENT.fullmatch(words)
    top, bottom = (int(found[1]), int(found[2])) if found else (int(percent[1]), 100) if percent else (1, 0)
    if not bottom or top > bottom:
        raise ValueError("une fraction (par exemple 1/2 ou 25 %), « aucun », ou rien si elle est à confirmer")
    share = Fraction(top, bottom)
    return (share.numerator, share.denominator)


def _counted(value: Any) -> int:
    count = read_count(value)
    if count is None:
        raise ValueError("un nombre de voix (0 quand il n'y en a pas)")
    return count


def _yes_or_no(value: Any) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    return {"oui": True, "non": False}.get(_words(value))


def _identifier(value: Any) -> Any:
    return value or None


Count = Annotated[int | None, BeforeValidator(read_count)]
Seats = Annotated[Annotated[int, Field(ge=1, le=1000)] | None, BeforeValidator(read_count)]
Share = Annotated[tuple[int, int] | None, BeforeValidator(read_share)]
Voices = Annotated[int, BeforeValidator(_counted)]
YesOrNo = Annotated[bool | None, BeforeValidator(_yes_or_no)]
Key = Annotated[uuid.UUID | None, BeforeValidator(_identifier)]
Short = Annotated[Title, Field(max_length=120)]


class BodyFields(Given):
    """A body. ``entity`` is the key of a legal person of the structure."""

    nom: Short
    kind: Body.Kind
    entity: Annotated[int | None, BeforeValidator(_identifier)] = None
    seats: Seats = None
    mandate_months: Annotated[Annotated[int, Field(ge=1, le=240)] | None, BeforeValidator(read_count)] = None


class CollegeFields(Given):
    """A collège of a body; ``metiers`` are slugs."""

    nom: Short
    seats: Seats = None
    weight: Seats = None
    metiers: tuple[str, ...] = ()


class MandateFields(Given):
    """A mandate. Without ``until``, it ends when the statutes say, if they were typed."""

    member: uuid.UUID
    college: Key = None
    function: Short
    since: Day
    until: MaybeDay = None

    @field_validator("until")
    @classmethod
    def ends_after_it_starts(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """A mandate does not end before it starts."""
        start = info.data.get("since")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas le début")
        return day


class EndFields(Given):
    """The end of a mandate."""

    ended_on: Day
    ended_why: Mandate.Why


class RulesFields(Given):
    """What the statutes say of the votes; what is empty is « à confirmer »."""

    nom: Short
    article: Line = ""
    notice_days: Count = None
    quorum: Share = None
    quorum_counts: Literal["", "presents", "representes"] = ""
    quorum_by_college: YesOrNo = None
    remote_counts: YesOrNo = None
    second_days: Count = None
    second: Share = None
    powers_most: Count = None
    majority: Share = None
    majority_of: Literal["", "exprimes", "presents", "membres"] = ""
    votes_by: Literal["", "ensemble", "chaque", "poids"] = ""

    @field_validator("majority")
    @classmethod
    def asks_someone(cls, share: tuple[int, int] | None) -> tuple[int, int] | None:
        """A majority of nobody is none."""
        if share is not None and not share[0]:
            raise ValueError("une fraction (par exemple 1/2 : plus de la moitié)")
        return share

    def columns(self) -> dict[str, Any]:
        """The same, as the table holds it."""
        told = self.model_dump(exclude={"quorum", "second", "majority"})
        for name in ("quorum", "second", "majority"):
            top, bottom = getattr(self, name) or (None, None)
            told |= {f"{name}_top": top, f"{name}_bottom": bottom}
        return told


class AssemblyFields(Given):
    """An assembly to call: its body, the rules of its vote, its day."""

    body: uuid.UUID
    rules: Key = None
    title: Title
    day: Day
    hour: Hour
    minutes: Minutes
    place: Line = ""
    agenda: Words = ""


class ResolutionFields(Given):
    """A text or an election to vote."""

    title: Title
    text: Words = ""
    way: Resolution.Way = Resolution.Way.MAIN_LEVEE
    elects: Key = None


class SittingFields(Given):
    """Who presides, who writes, what was said."""

    chair: Key = None
    secretary: Key = None
    report: Words = ""


class CandidateFields(Given):
    """Who stands in an election."""

    member: uuid.UUID
    function: Short


class VoicesFields(Given):
    """The voices counted, of a show of hands or of a secret vote."""

    pour: Voices
    contre: Voices
    abstention: Voices


def rules_typed(rules: VotingRules) -> dict[str, Any]:
    """The rules as a form shows them."""
    told = {name: getattr(rules, name) for name in RulesFields.model_fields if hasattr(rules, name)}
    for name in ("quorum", "second", "majority"):
        told[name] = share_words(getattr(rules, f"{name}_top"), getattr(rules, f"{name}_bottom"))
    yes = {True: "oui", False: "non", None: ""}
    return told | {name: yes[told[name]] for name in ("quorum_by_college", "remote_counts")}


def share_words(top: int | None, bottom: int | None) -> str:
    """A share as people type it: « 1/2 », « aucun », nothing when unknown."""
    if top is None or bottom is None:
        return ""
    return f"{top}/{bottom}" if top else "aucun"
