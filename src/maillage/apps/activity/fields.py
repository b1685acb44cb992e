"""How the forms of the activity read what a person types: texts, days, hours, durations, amounts."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/((?:20)?\d{2}|\d{4})", re.ASCII)
HOUR = re.compile(r"(\d{1,2})\s?(?:[:hH.]\s?(\d{1,2})?)?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
"""A duration as a spreadsheet shows it."""
DURATION = re.compile(r"(?:(\d{1,2})\s*[hH])?\s*(?:(\d{1,4})\s*(?:min|mn|m)?)?", re.ASCII)
AMOUNT = re.compile(r"\d{1,10}(?:[.,]\d{1,2})?", re.ASCII)
DAY_MINUTES = 24 * 60


def _line(value: Any) -> str:
    return " ".join(str(value or "").replace("\0", "").split())


def _text(value: Any) -> str:
    lines = str(value or "").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _required(value: Any) -> str:
    if not (line := _line(value)):
        raise ValueError("quelques mots : ce champ est obligatoire")
    return line


def read_day(value: Any) -> datetime.date | None:
    """A day typed (« 22/11/2026 », « 22/11/26 », « 2026-11-22 »); nothing when empty. Raises ``ValueError``."""
    words = _line(value)
    if found := FRENCH_DAY.fullmatch(words):
        year = f"20{found[3]}" if len(found[3]) == len("26") else found[3]
        words = f"{year}-{int(found[2]):02}-{int(found[1]):02}"
    if not words:
        return None
    try:
        day = datetime.date.fromisoformat(words)
    except ValueError:
        day = datetime.date.min
    if not 2000 <= day.year <= 2100:
        raise ValueError("une date (par exemple 22/11/2026)")
    return day


def _required_day(value: Any) -> datetime.date:
    day = read_day(value)
    if day is None:
        raise ValueError("une date (par exemple 22/11/2026)")
    return day


def read_hour(value: Any) -> datetime.time:
    """An hour typed (« 18:30 », « 18h30 », « 18 h 30 », « 18.30 », « 18h »). Raises ``ValueError`` in French."""
    found = HOUR.fullmatch(_line(value))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ValueError("une heure (par exemple 18:30)")
    return datetime.time(int(found[1]), int(found[2] or 0))


def _maybe_hour(value: Any) -> datetime.time | None:
    return value if value is None or isinstance(value, datetime.time) else read_hour(value) if _line(value) else None


def read_minutes(value: Any) -> int:
    """A duration typed (« 90 », « 1h30 », « 1:30 », « 45 min »), in minutes; 0 when empty. Raises ``ValueError``.

    >>> read_minutes("1 h 30"), read_minutes("1:30"), read_minutes("90"), read_minutes("2h"), read_minutes("")
    (90, 90, 90, 120, 0)
    """
    words = _line(value)
    found = CLOCK.fullmatch(words) or DURATION.fullmatch(words)
    total = int(found[1] or 0) * 60 + int(found[2] or 0) if found else -1
    if not 0 <= total <= DAY_MINUTES:
        raise ValueError("une durée de 24 heures au plus (par exemple 90, ou 1 h 30)")
    return total


def _lasting(value: Any) -> int:
    minutes = read_minutes(value)
    if not minutes:
        raise ValueError("une durée (par exemple 90, ou 1 h 30)")
    return minutes


def read_amount(value: Any) -> Decimal | None:
    """An amount typed (« 12 500,50 », « 12500.5 € »); ``None`` when empty or « à confirmer ». Raises ``ValueError``.

    >>> read_amount("12 500,50"), read_amount(""), read_amount("à confirmer")
    (Decimal('12500.50'), None, None)
    """
    words = _line(value).removesuffix("€").strip()
    if words.lower() in ("", "à confirmer"):
        return None
    bare = "".join(words.split())
    if not AMOUNT.fullmatch(bare):
        raise ValueError("un montant en euros, sans signe (par exemple 12 500,50), ou rien s'il est à confirmer")
    try:
        return Decimal(bare.replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError("un montant en euros (par exemple 12 500,50)") from None


Title = Annotated[str, BeforeValidator(_required), Field(max_length=200)]
Line = Annotated[str, BeforeValidator(_line), Field(max_length=200)]
Words = Annotated[str, BeforeValidator(_text), Field(max_length=10_000)]
Day = Annotated[datetime.date, BeforeValidator(_required_day)]
MaybeDay = Annotated[datetime.date | None, BeforeValidator(read_day)]
Hour = Annotated[datetime.time, BeforeValidator(read_hour)]
MaybeHour = Annotated[datetime.time | None, BeforeValidator(_maybe_hour)]
Minutes = Annotated[int, BeforeValidator(_lasting)]
Amount = Annotated[Decimal | None, BeforeValidator(read_amount)]
