"""Words shared by the documents: amounts that may be unknown, validity, confidence, addresses that can break."""

import re
from collections.abc import Mapping
from typing import Any

from maillage.core.kernel import french

UNKNOWN = french.UNKNOWN
# A zero-width space after each of these lets a long address go to the next line.
BREAKS = re.compile(r"([/?&=_.,@-])(?=[^/])")
OPENED = ("https://", "http://")


def amount(value: str | float | None) -> str:
    """An amount in euros, or « à confirmer » when it is not established."""
    return UNKNOWN if value is None else french.euros(value)


def interval(low: str | None, high: str | None) -> str:
    """What is known of an amount between two bounds in euros.

    >>> interval("50000.00", "100000.00"), interval(None, "50000"), interval(None, None)
    ('50\\u202f000\\xa0€ à 100\\u202f000\\xa0€', "jusqu'à 50\\u202f000\\xa0€", 'à confirmer')
    """
    if low is not None and high is not None:
        return amount(low) if float(low) == float(high) else f"{amount(low)} à {amount(high)}"
    if high is not None:
        return f"jusqu'à {amount(high)}"
    return UNKNOWN if low is None else f"au moins {amount(low)}"


def validity(since: str | None, until: str | None) -> str:
    """When a value holds, from ISO days; "" when neither is known."""
    start = _day(since)
    if start and until:
        return f"du {start} au {_day(until)}"
    return f"depuis le {start}" if start else f"jusqu'au {_day(until)}" if until else ""


def _day(text: str | None) -> str:
    return french.iso_day(text) if text else ""


def source(text: Mapping[str, Any] | None) -> dict[str, Any]:
    """A text as a document shows it: ``titre``, ``url`` (to open, or ""), ``precision`` (since when, confidence)."""
    if text is None:
        return {"titre": "aucun texte trouvé", "url": "", "precision": ""}
    since = _day(text.get("depuis"))
    confidence = text.get("confiance")
    facts = [f"depuis le {since}" if since else "", reliability(confidence) if confidence else ""]
    title = text.get("titre") or f"texte {UNKNOWN}"
    return {"titre": title, "url": link(text.get("url")), "precision": " ; ".join(fact for fact in facts if fact)}


def reliability(confidence: str) -> str:
    """A mark of confidence (A, B or C); the document explains the three marks once."""
    return f"confiance {confidence}, {UNKNOWN}" if confidence == "C" else f"confiance {confidence}"


def link(url: str | None) -> str:
    """The address when a reader may open it (http or https), else ""."""
    return url if url and url.startswith(OPENED) else ""


def printed(address: str) -> dict[str, str] | None:
    """An address as a document prints it: ``url`` to open, ``texte`` that can break, ``court`` without its query."""
    if not address:
        return None
    bare = re.sub(r"^https?://", "", address)
    return {"url": link(address), "texte": breakable(bare), "court": bare.partition("?")[0]}


def breakable(address: str) -> str:
    """A web or e-mail address that can go on to the next line after a sign."""
    return BREAKS.sub("\\1\u200b", address)


def icon_state(state: str) -> str:
    """The tone of a state word, for its colour and icon: ``ok``, ``bientot``, ``non`` or ``inconnu``."""
    return TONES.get(state, "inconnu")


TONES = {
    "possible": "ok",
    "pas_encore": "bientot",
    "impossible": "non",
    "remplie": "ok",
    "manquante": "non",
    "faite": "ok",
    "en_cours": "bientot",
    "a_venir": "avenir",
}
