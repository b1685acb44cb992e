"""What is said of who belongs to what, as a form or a line of a file gives it: texts, read and checked."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from maillage.apps.structures.fields import day_of, email_of, text_of
from maillage.apps.structures.models import Belonging, DuesPayment
from maillage.core.kernel.french import fold

DAY_EXPECTED = "une date (par exemple 22/11/2026)"
AMOUNT = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)
WEB = re.compile(r"https?://[^\s]+\.[^\s]+")
LONGEST_COUNT = 9
MOST_HALF_DAYS = 14
QUALITIES = {fold(word): each.value for each in Belonging.Quality for word in (each.value, each.label)} | {
    "adherente": "adherent", "associee": "associe", "salariee": "salarie", "collaboratrice": "collaborateur",
    "membre": "adherent", "vacation": "vacataire",
}  # fmt: skip
"""The qualities as people write them."""


def day_required(value: Any) -> Any:
    """A day that must be said."""
    if (day := day_of(value)) is None:
        raise ValueError(DAY_EXPECTED)
    return day


def quality_of(value: Any) -> Any:
    """A quality, in any spelling."""
    words = fold(str(value or ""))
    if words not in QUALITIES:
        raise ValueError(f"l'une de : {', '.join(each.label for each in Belonging.Quality)}")
    return QUALITIES[words]


def amount_of(value: Any) -> Any:
    """An amount in euros, ``None`` when nothing is said."""
    bare = "".join(str("" if value is None else value).split()).replace(",", ".").removesuffix("€")
    if not bare:
        return None
    if not AMOUNT.fullmatch(bare):
        raise ValueError("un montant en euros (par exemple 50 ou 12,50)")
    return Decimal(bare)


def web_of(value: Any) -> str:
    """The address of a site; one that begins by « www. » is completed, as a browser does."""
    words = str(text_of(value))
    if words.startswith("www."):
        words = f"https://{words}"
    if words and not WEB.fullmatch(words):
        raise ValueError("l'adresse d'un site (par exemple https://www.exemple.fr)")
    return words


def count_of(value: Any) -> Any:
    """A number of shares, ``None`` when nothing is said."""
    bare = "".join(str("" if value is None else value).split())
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_COUNT and int(bare)):
        raise ValueError("un nombre de parts : 1 ou plus")
    return int(bare)


def half_days_of(value: Any) -> Any:
    """Half-days of presence by week, ``None`` when nothing is said."""
    bare = "".join(str("" if value is None else value).split()).replace(",", ".")
    if not bare:
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and 0 < number <= MOST_HALF_DAYS):
        raise ValueError(f"un nombre de demi-journées par semaine, jusqu'à {MOST_HALF_DAYS} (par exemple 0,5)")
    return number.quantize(Decimal("0.01"))


def count_required(value: Any) -> Any:
    """A number of shares that must be said."""
    if (count := count_of(value)) is None:
        raise ValueError("un nombre de parts : 1 ou plus")
    return count


Day = Annotated[datetime.date | None, BeforeValidator(day_of)]
FROZEN = ConfigDict(extra="forbid", frozen=True)


class BelongingFields(BaseModel):
    """Who belongs to a legal person: ``entity`` is its key. Half-days are those of a vacataire."""

    model_config = FROZEN

    entity: int
    quality: Annotated[Belonging.Quality, BeforeValidator(quality_of), Field(validate_default=True)] = (
        Belonging.Quality.ADHERENT
    )
    since: Annotated[datetime.date, BeforeValidator(day_required)]
    until: Day = None
    half_days: Annotated[Decimal | None, BeforeValidator(half_days_of)] = None


class MovementFields(BaseModel):
    """Shares that move. A side is « a:… » (an associé), « m:… » or « p:… » (a member, an organisation to be one)."""

    model_config = FROZEN

    giver: str = ""
    taker: str = ""
    shares: Annotated[int, BeforeValidator(count_required)]
    day: Annotated[datetime.date, BeforeValidator(day_required)]
    reference: Annotated[str, BeforeValidator(text_of), Field(max_length=200)] = ""
    ends: bool = True


class PaymentFields(BaseModel):
    """What is paid; without an amount, all that remains."""

    model_config = FROZEN

    amount: Annotated[Decimal | None, BeforeValidator(amount_of)] = None
    day: Day = None
    means: DuesPayment.Means = DuesPayment.Means.INCONNU


class DuesFields(BaseModel):
    """The fees of a year: what each quality owes; a quality without an amount owes nothing."""

    model_config = FROZEN

    due_on: Day = None
    amounts: dict[Belonging.Quality, Annotated[Decimal | None, BeforeValidator(amount_of)]] = {}


class PartnerFields(BaseModel):
    """A partner organisation."""

    model_config = FROZEN

    nom: Annotated[str, BeforeValidator(text_of), Field(min_length=1, max_length=200)] = ""
    nature: Annotated[str, BeforeValidator(text_of), Field(max_length=120)] = ""
    email: Annotated[str, BeforeValidator(email_of), Field(max_length=254)] = ""
    web: Annotated[str, BeforeValidator(web_of), Field(max_length=200)] = ""
    since: Annotated[datetime.date, BeforeValidator(day_required)]
    until: Day = None
