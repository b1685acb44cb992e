"""Files of the API Melodi of the INSEE: one line per place and measure.

The place is written « 2025-COM-44109 » by the API; in the files to download, « 44109 » beside GEO_OBJECT « COM ».
"""

import re
from dataclasses import dataclass

from maillage.apps.territories.models import Series

GEO = re.compile(r"(?:\d{4}-)?(?P<kind>[A-Z]+)-(?P<code>[0-9AB]+)")
LEVELS = {
    "COM": Series.Level.COMMUNE,
    "ARM": Series.Level.COMMUNE,
    "EPCI": Series.Level.EPCI,
    "DEP": Series.Level.DEPARTEMENT,
    "REG": Series.Level.REGION,
}


@dataclass(frozen=True)
class Place:
    """A place of a Melodi file: level and code."""

    level: str
    code: str


def place_of(written: str, kind: str = "") -> Place | None:
    """The place, ``kind`` being its GEO_OBJECT; ``None`` when its level is not kept (canton, bassin, country)."""
    match = GEO.fullmatch(written)
    kind, code = (match["kind"], match["code"]) if match else (kind, written)
    return Place(LEVELS[kind], code) if kind in LEVELS else None
