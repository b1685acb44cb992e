"""French typography of numbers, amounts and dates, for pages, documents and explanations.

Every function returns text whose parts never break across lines (no-break spaces only).
"""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

from maillage.core.kernel.money import round_cents
from maillage.core.kernel.spelling import spelled

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
UNKNOWN = "à confirmer"
# The noun that agrees with a number stands before the first of these words.
LINK_WORD = re.compile(r"( (?:par|pour|avec|avant|dans|de|en) )")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def number(value: float | int | Decimal, decimals: int = 2) -> str:
    """A number with French spacing and at most ``decimals`` decimals, without useless zeros.

    >>> number(4187.5), number(12000), number(-3.14159)
    ('4\\u202f187,5', '12\\u202f000', '−3,14')
    """
    text = f"{Decimal(str(value)):z,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _signs(text)


def euros(amount: float | int | str | Decimal, cents: bool | None = None) -> str:
    """An amount in euros; cents are shown when ``cents`` is true, or (``None``) when they matter.

    >>> euros(40250), euros("12922.5"), euros(-60)
    ('40\\u202f250\\xa0€', '12\\u202f922,50\\xa0€', '−60\\xa0€')
    """
    rounded = round_cents(amount)
    with_cents = cents if cents is not None else rounded != rounded.to_integral_value()
    text = f"{rounded:z,.{2 if with_cents else 0}f}"
    return _signs(text) + NO_BREAK_SPACE + "€"


def difference(amount: float | int | str | Decimal) -> str:
    """A difference in euros, with its sign even when it is a gain.

    >>> difference(1400), difference("-38850"), difference(0)
    ('+1\\u202f400\\xa0€', '−38\\u202f850\\xa0€', '0\\xa0€')
    """
    return ("+" if round_cents(amount) > 0 else "") + euros(amount)


def _signs(text: str) -> str:
    """A number as Python writes it (« -1,234.5 ») with the signs of French."""
    return text.replace(",", NARROW_SPACE).replace(".", ",").replace("-", MINUS)


def percent(rate: float | Decimal, decimals: int = 2) -> str:
    """A rate (0.051) as a percentage (« 5,1 % »).

    >>> percent(0.051)
    '5,1\\xa0%'
    """
    return number(Decimal(str(rate)) * 100, decimals) + NO_BREAK_SPACE + "%"


def day(date: datetime.date) -> str:
    """A date in full (« 1er janvier 2022 »).

    >>> day(datetime.date(2022, 1, 1)), day(datetime.date(2026, 7, 8))
    ('1er\\xa0janvier\\xa02022', '8\\xa0juillet\\xa02026')
    """
    first = "1er" if date.day == 1 else str(date.day)
    return NO_BREAK_SPACE.join((first, MONTHS[date.month - 1], str(date.year)))


def dated(date: datetime.date) -> str:
    """A day with its name, as a message to plan one's week says it.

    >>> dated(datetime.date(2026, 12, 1))
    'mardi 1er\\xa0décembre\\xa02026'
    """
    return f"{WEEKDAYS[date.weekday()]} {day(date)}"


def iso_day(text: str) -> str:
    """An ISO day (« 2026-07-08 ») in full.

    >>> iso_day("2026-07-08")
    '8\\xa0juillet\\xa02026'
    """
    return day(datetime.date.fromisoformat(text))


def plural(count: float, singular: str, many: str | None = None) -> str:
    """The noun that agrees with ``count``: French is singular below 2.

    >>> plural(1, "patient"), plural(2, "patient"), plural(3, "médecin généraliste", "médecins généralistes")
    ('patient', 'patients', 'médecins généralistes')
    """
    return singular if abs(count) < 2 else (many or singular + "s")


def quantity(value: Any, unit: str = "") -> str:
    """A value of a parameter or of a situation, with its unit, in French; « à confirmer » when it is not established.

    >>> quantity(7, "euros par point"), quantity(True), quantity(["sisa", "gcs"]), quantity(None)
    ('7\\xa0euros par point', 'oui', 'SISA, GCS', 'à confirmer')
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(quantity(item) for item in value)
    if not isinstance(value, int | float | Decimal):
        return spelled(str(value))
    if unit.startswith("part"):
        return percent(value)
    return f"{number(value, 4)}{NO_BREAK_SPACE}{_agreed(value, unit)}".strip()


def _agreed(count: float | Decimal, unit: str) -> str:
    """The unit (given in the plural) that agrees with ``count``: « 1 semaine », « 0 point par mission »."""
    head, separator, rest = LINK_WORD.split(unit, maxsplit=1) if LINK_WORD.search(unit) else (unit, "", "")
    if -2 < count < 2:
        head = " ".join(_singular(word) for word in head.split(" "))
    return head + separator + rest


def _singular(word: str) -> str:
    if word.endswith("aux"):
        return word.removesuffix("aux") + "al"
    return word if word in ("mois", "temps") else word.removesuffix("s")


def fold(text: str) -> str:
    """Lower case, without accents, ligatures, apostrophes or hyphens: what two spellings of a name share.

    >>> fold("L'Haÿ-les-Roses"), fold("Œuilly"), fold("  St  MALO ")
    ('l hay les roses', 'oeuilly', 'st malo')
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    bare = bare.replace("œ", "oe").replace("æ", "ae")
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())
