"""What is given to write a legal person, a contract, a fund or a document: the same for the pages and other callers."""

import datetime
import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from maillage.apps.activity.fields import Amount, Day, Line, MaybeDay, Title, Words, read_amount
from maillage.apps.activity.inputs import Given, MemberKey

MOST_MONTHS = 240
MOST_ENVELOPES = 60


def _nothing(value: Any) -> Any:
    return None if value in ("", None) else value


def _months(value: Any) -> Any:
    words = str(value or "").strip().lower().removesuffix("mois").strip()
    if words in ("", "à confirmer"):
        return None
    if not (words.isascii() and words.isdigit() and int(words[:5]) <= MOST_MONTHS):
        raise ValueError(f"un nombre de mois, {MOST_MONTHS} au plus, ou rien s'il est à confirmer")
    return int(words)


def _days(value: Any) -> Any:
    words = str(value if value is not None else "").strip().lower().removesuffix("jours").strip()
    if not (words.isascii() and words.isdigit() and int(words[:5]) <= 730):
        raise ValueError("un nombre de jours, de 0 à 730 (par exemple 60)")
    return int(words)


def _paid(value: Any) -> Decimal:
    amount = read_amount(value)
    if not amount:
        raise ValueError("un montant au-dessus de 0 € (par exemple 1 250,50)")
    return amount


Months = Annotated[int | None, BeforeValidator(_months)]
Paid = Annotated[Decimal, BeforeValidator(_paid)]
Year = Annotated[int, Field(ge=2000, le=2100)]
EntityKey = Annotated[int | None, BeforeValidator(_nothing)]


class SheetFields(Given):
    """What a legal person is for; ``sites`` are keys, ``communes`` are codes."""

    is_manager: bool = False
    purpose: Words = ""
    address: Annotated[Line, Field(max_length=250)] = ""
    sites: tuple[int, ...] = ()
    communes: tuple[str, ...] = ()


class ContractFields(Given):
    """What a contract is, whatever its terms."""

    kind: Literal["aci_msp", "aci_cpts", "accord_national", "fir", "aide", "partenariat", "autre"]
    title: Title
    entity: EntityKey = None
    reference: Annotated[Line, Field(max_length=80)] = ""
    parties: Words = ""
    dossier: Annotated[uuid.UUID | None, BeforeValidator(_nothing)] = None


class Envelope(Given):
    """What is agreed for a year; ``montant`` is ``None`` until it is known."""

    annee: Annotated[Year | None, BeforeValidator(_nothing)] = None
    objet: Line = ""
    montant: Amount = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return self.annee is None and not self.objet and self.montant is None

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "annee": self.annee,
            "objet": self.objet,
            "montant": None if self.montant is None else f"{self.montant}",
        }


class TermsFields(Given):
    """The terms of a contract from ``effective_on`` on. ``None`` is « à confirmer »."""

    effective_on: MaybeDay = None
    signed_on: MaybeDay = None
    ends_on: MaybeDay = None
    renewal: Literal["", "tacite", "expres", "aucun"] = ""
    renewal_months: Months = None
    notice_months: Months = None
    changes: Words = ""
    envelopes: Annotated[tuple[Envelope, ...], Field(max_length=MOST_ENVELOPES)] = ()

    @field_validator("envelopes")
    @classmethod
    def dated(cls, rows: tuple[Envelope, ...]) -> tuple[Envelope, ...]:
        """The rows that are filled; each has its year."""
        kept = tuple(row for row in rows if not row.is_empty)
        if any(row.annee is None for row in kept):
            raise ValueError("une année pour chaque enveloppe")
        return kept

    @field_validator("ends_on")
    @classmethod
    def ends_after_it_starts(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """A contract does not end before it takes effect."""
        start = info.data.get("effective_on")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas la prise d'effet")
        return day


class AmendmentFields(TermsFields):
    """The terms that an amendment leaves, and what it is."""

    nature: Literal["avenant", "dialogue", "renouvellement", "rectification"] = "avenant"

    @field_validator("effective_on")
    @classmethod
    def from_a_day(cls, day: datetime.date | None) -> datetime.date:
        """What changes, changes from a day on."""
        if day is None:
            raise ValueError("le jour à partir duquel ce texte s'applique")
        return day


class EndFields(Given):
    """The day when a contract stops before its term, and why."""

    day: Day
    reason: Annotated[Title, Field(max_length=300)]


class FundFields(Given):
    """Money received for one purpose."""

    title: Title
    entity: EntityKey
    contract: Annotated[uuid.UUID | None, BeforeValidator(_nothing)] = None
    purpose: Words = ""
    use_before: MaybeDay = None


class MovementFields(Given):
    """Money that enters a fund or leaves it. ``paid_by``: the legal person that paid, when it is known."""

    kind: Literal["recu", "emploi", "rendu"]
    day: Day
    amount: Paid
    label: Title
    paid_by: EntityKey = None


class DocumentFields(Given):
    """What a document is, whatever its file."""

    title: Title
    category: Literal[
        "statuts",
        "gouvernance",
        "contrat",
        "assurance",
        "locaux",
        "personnel",
        "finances",
        "informatique",
        "qualite",
        "autre",
    ] = "autre"
    entity: EntityKey = None
    owner: MemberKey = None
    warn_days: Annotated[int, BeforeValidator(_days)] = 60


class FileFields(Given):
    """The days of a file of a document."""

    dated_on: MaybeDay = None
    expires_on: MaybeDay = None
    note: Line = ""

    @field_validator("expires_on")
    @classmethod
    def after_its_day(cls, day: datetime.date | None, info: Any) -> datetime.date | None:
        """It does not expire before the day that it bears."""
        start = info.data.get("dated_on")
        if day is not None and start is not None and day < start:
            raise ValueError("une date qui ne précède pas celle du document")
        return day
