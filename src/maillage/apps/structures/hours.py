"""Opening hours as a person writes them (« 8h30-12h30, 14h-19h »), and what they add up to. Pure values."""

import datetime
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WORKED = range(5)
"""Monday to Friday."""
MOST_SPANS = 4
SPAN = re.compile(
    r"\s*(?P<h1>\d{1,2})\s*(?:[h:]\s*(?P<m1>\d{2})?)?\s*(?:-|–|—|à)\s*(?P<h2>\d{1,2})\s*(?:[h:]\s*(?P<m2>\d{2})?)?\s*"
)
EXPECTED = "des heures comme « 8h30-12h30, 14h-19h »"


class Span(NamedTuple):
    """From an hour to another of the same day."""

    opens: datetime.time
    closes: datetime.time

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return _minutes(self.closes) - _minutes(self.opens)


def read_day(text: str) -> tuple[Span, ...]:
    """The spans of a day, in order; empty when it is closed. Raises ``ValueError`` with what is expected, in French.

    >>> [write(span) for span in read_day("14h-19h ; 8h30 à 12:30")]
    ['8h30-12h30', '14h-19h']
    """
    words = text.strip().lower()
    if words in ("", "fermé", "ferme"):
        return ()
    spans = sorted(_span(part) for part in re.split(r"[,;/]|\bet\b", words) if part.strip())
    if len(spans) > MOST_SPANS:
        raise ValueError(f"au plus {MOST_SPANS} plages dans une journée")
    for before, after in itertools.pairwise(spans):
        if after.opens < before.closes:
            raise ValueError(f"des plages qui ne se recouvrent pas ({write(before)} et {write(after)})")
    return tuple(spans)


def write_day(spans: Iterable[Span]) -> str:
    """The spans as :func:`read_day` reads them."""
    return ", ".join(write(span) for span in spans)


def write(span: Span) -> str:
    """« 8h30-12h30 »."""
    return f"{_hour(span.opens)}-{_hour(span.closes)}"


def duration(minutes: int) -> str:
    """A number of minutes as a reader says it (« 52 h 30 »)."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def amplitude(spans: Sequence[Span]) -> tuple[datetime.time, datetime.time] | None:
    """The first opening and the last closing, ``None`` for a day closed."""
    return (min(span.opens for span in spans), max(span.closes for span in spans)) if spans else None


def _span(part: str) -> Span:
    found = SPAN.fullmatch(part)
    if not found:
        raise ValueError(EXPECTED)
    opens, closes = _time(found["h1"], found["m1"]), _time(found["h2"], found["m2"])
    if closes <= opens:
        raise ValueError(f"une fermeture après l'ouverture ({part.strip()})")
    return Span(opens, closes)


def _time(hours: str, minutes: str | None) -> datetime.time:
    try:
        return datetime.time(int(hours), int(minutes or 0))
    except ValueError:
        raise ValueError("des heures de 0h à 23h59") from None


def _minutes(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def _hour(time: datetime.time) -> str:
    return f"{time.hour}h{time.minute:02}" if time.minute else f"{time.hour}h"
