"""What is given of a tool or of a month: the same for the pages and any other caller."""

import datetime
import re
import uuid
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from maillage.apps.activity.fields import Line, MaybeDay, Title, Words
from maillage.apps.activity.inputs import Given
from maillage.core.kernel.french import MONTHS, fold

MOST = 1_000_000
BY_NUMBER = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?|(?:\d{1,2}/)?(\d{1,2})/(\d{4})", re.ASCII)
BY_NAME = re.compile(r"([a-z]+)[ .]+(\d{4})", re.ASCII)
FOLDED = [fold(each) for each in MONTHS]


def read_count(value: Any) -> int | None:
    """A count typed (« 1 250 »); ``None`` when empty or « à confirmer ». Raises ``ValueError`` in French.

    >>> read_count("1 250"), read_count("0"), read_count("")
    (1250, 0, None)
    """
    bare = "".join(str(value if value is not None else "").split()).removesuffix(",0").removesuffix(".0")
    if bare.lower() in ("", "àconfirmer"):
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 7 and int(bare) <= MOST):
        raise ValueError("un nombre entier, sans nom ni date de naissance (par exemple 42), ou rien s'il est inconnu")
    return int(bare)


def read_month(value: Any) -> datetime.date:
    """A month typed (« 2026-03 », « 03/2026 », « mars 2026 »), as its first day. Raises ``ValueError`` in French.

    >>> [read_month(each).isoformat() for each in ("2026-03", "03/2026", "mars 2026", "2026-03-31")]
    ['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01']
    """
    words = " ".join(str(value or "").split())
    year, month = 0, 0
    if found := BY_NUMBER.fullmatch(words):
        year, month = int(found[1] or found[4]), int(found[2] or found[3])
    elif (found := BY_NAME.fullmatch(fold(words))) and found[1] in FOLDED:
        year, month = int(found[2]), FOLDED.index(found[1]) + 1
    if not (2000 <= year <= 2100 and 1 <= month <= 12):
        raise ValueError("un mois (par exemple 03/2026)")
    return datetime.date(year, month, 1)


def _nothing(value: Any) -> Any:
    return None if value in ("", None) else value


def _link(value: Any) -> str:
    words = "".join(str(value or "").replace("\0", "").split())
    if words.startswith("www."):  # as one copies it: the browser adds the rest
        words = f"https://{words}"
    if words and not re.fullmatch(r"https://[^\s/?#@]+\.[^\s@]+", words):
        raise ValueError("une adresse qui commence par https://, sans identifiant ni mot de passe")
    return words


Counted = Annotated[int | None, BeforeValidator(read_count)]


class ToolFields(Given):
    """A tool; ``users`` are members."""

    use: Literal[
        "dossier", "messagerie", "agenda", "teleconsultation", "teleexpertise", "coordination", "organisation", "autre"
    ]
    product: Annotated[Title, Field(max_length=120)]
    vendor: Annotated[Line, Field(max_length=120)] = ""
    entity: Annotated[int | None, BeforeValidator(_nothing)] = None
    label: Literal["", "standard", "avance", "aucun"] = ""
    label_on: MaybeDay = None
    label_proof: Words = ""
    acquired_on: MaybeDay = None
    renews_on: MaybeDay = None
    ended_on: MaybeDay = None
    licences: Counted = None
    link: Annotated[str, BeforeValidator(_link), Field(max_length=300)] = ""
    users: tuple[uuid.UUID, ...] = ()

    @field_validator("ended_on")
    @classmethod
    def after_it_was_acquired(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """One does not leave a tool before having it."""
        start = info.data.get("acquired_on")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas celle de l'acquisition")
        return day


class MonthFields(Given):
    """The counts of a month; ``None`` is unknown."""

    month: Annotated[datetime.date, BeforeValidator(read_month)]
    snp: Counted = None
    teleconsultation: Counted = None
    demandee: Counted = None
    rendue: Counted = None
