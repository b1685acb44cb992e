"""What the page of the calls, its feeds and the result of an orientation show of each call."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from maillage.core.kernel import french
from maillage.core.kernel.problems import Problem, shorten
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.packs.call_search import FIELDS, Wanted
from maillage.core.rules.packs.calls import CALL_STATES, STATE_WORDS, Call, CallState
from maillage.core.rules.regions import NATIONAL, pack_codes

LOOKS: dict[CallState, tuple[str, str]] = {
    "ouvert": ("ok", "remplie"),
    "a_venir": ("warn", "a_venir"),
    "a_confirmer": ("todo", "inconnue"),
    "clos": ("no", "manquante"),
}
"""Colour and icon of each state; the word beside them says the same."""


@dataclass(frozen=True)
class Card:
    """A call as it is shown."""

    call: Call
    tag: str
    icon: str

    @property
    def when(self) -> str:
        """Its days in words; empty when nothing is known of them."""
        opens, closes, last = self.call.data.ouvert_le, self.call.data.ferme_le, self.call.data.derniere_annee
        if opens or closes:
            return f"du {_day(opens)} au {_day(closes)}"
        return f"dernière année connue : {last}" if last else ""


def cards(calls: Iterable[Call]) -> list[Card]:
    """The calls, in their order."""
    return [Card(call, *LOOKS[call.state]) for call in calls]


def choices() -> dict[str, list[tuple[str, str]]]:
    """What each filter offers."""
    return {
        "regions": [*((code, packs.pack(code).nom) for code in pack_codes()), (NATIONAL, "Autres régions")],
        "structures": [(code, packs.nation().noms[code]) for code in STRUCTURE_CODES],
        "etats": [(code, STATE_WORDS[code].capitalize()) for code in CALL_STATES],
    }


def refusals(problems: Iterable[Problem]) -> dict[str, str]:
    """What to say beside each field that is wrong."""
    return {each.field: f"« {shorten(each.value)} » n'est pas accepté. Attendu : {each.expected}." for each in problems}


def query_of(wanted: Wanted, *, day: datetime.date | None = None) -> str:
    """What is asked, as an address carries it: « ?region=… », or nothing."""
    given = dict(zip(FIELDS, (wanted.region, wanted.structure, wanted.state, day and day.isoformat()), strict=True))
    query = urlencode({name: value for name, value in given.items() if value})
    return f"?{query}" if query else ""


def of_region(region: str, day: datetime.date) -> dict[str, Any]:
    """What an orientation shows: the open calls of a region (INSEE code), how many others are to come or to confirm."""
    known = packs.calls_of_region(region, day)
    return {
        "ouverts": cards(call for call in known if call.state == "ouvert"),
        "autres": sum(call.state in ("a_venir", "a_confirmer") for call in known),
        "region": packs.pack_of_region(region) or NATIONAL,
    }


def _day(day: datetime.date | None) -> str:
    return french.day(day) if day else "(à confirmer)"
