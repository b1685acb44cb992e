"""Calls for projects: who pays, for whom, from when to when."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from maillage.core.rules.base import StructureCode
from maillage.core.rules.packs.data import Confidence, Data

CallState = Literal["ouvert", "a_venir", "a_confirmer", "clos"]
CALL_STATES: tuple[CallState, ...] = get_args(CallState)
STATE_WORDS: dict[CallState, str] = {
    "ouvert": "ouvert",
    "a_venir": "à venir",
    "a_confirmer": "dates à confirmer",
    "clos": "clos",
}


class CallData(Data):
    """One call. Days that no text establishes are ``None``: the call is then never told open.

    ``public`` are the structures that may answer; ``territoires`` where, in words; ``regions`` the INSEE codes of the
    regions, for a call that no regional pack holds; ``derniere_annee`` the last year of the call when its days are
    not known.
    """

    id: str
    libelle: str
    objet: str
    payeur: str
    ouvert_le: datetime.date | None
    ferme_le: datetime.date | None
    derniere_annee: int | None = None
    public: tuple[StructureCode, ...]
    territoires: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    adresse: str | None = None
    source: str
    confiance: Confidence

    def state_on(self, day: datetime.date) -> CallState:
        """Open, to come, closed, or unknown for want of a day."""
        ended = self.ferme_le is not None and self.ferme_le < day
        if ended or (self.derniere_annee is not None and self.derniere_annee < day.year):
            return "clos"
        if self.ouvert_le is not None and self.ouvert_le > day:
            return "a_venir"
        return "ouvert" if self.ouvert_le and self.ferme_le else "a_confirmer"


@dataclass(frozen=True)
class Call:
    """A call on a day: ``region`` is the code of its pack (empty for the nation), ``place`` the region in words."""

    data: CallData
    region: str
    place: str
    state: CallState

    @property
    def key(self) -> str:
        """What tells it from every other call, in a feed and in an address."""
        return f"{self.region or 'national'}-{self.data.id}"

    @property
    def state_words(self) -> str:
        """Its state, in French."""
        return STATE_WORDS[self.state]

    def as_dict(self) -> dict[str, Any]:
        """JSON of a call."""
        call = self.data
        return {
            "id": self.key,
            "libelle": call.libelle,
            "objet": call.objet,
            "payeur": call.payeur,
            "region": self.region or None,
            "lieu": self.place,
            "etat": self.state,
            "ouvert_le": call.ouvert_le.isoformat() if call.ouvert_le else None,
            "ferme_le": call.ferme_le.isoformat() if call.ferme_le else None,
            "derniere_annee": call.derniere_annee,
            "structures": list(call.public),
            "territoires": list(call.territoires),
            "documents": list(call.documents),
            "adresse": call.adresse,
            "source": call.source,
            "confiance": call.confiance,
        }


def sorted_calls(calls: Iterable[Call]) -> list[Call]:
    """The open ones first, the first to close at the head; then those to come, unknown, closed."""
    return sorted(calls, key=_order)


def dated_events(calls: Iterable[Call]) -> Iterator[tuple[Call, str, datetime.date]]:
    """The days of each call, with what happens: « ouverture », « clôture ». A day that is not known gives nothing."""
    for call in calls:
        for word, day in (("ouverture", call.data.ouvert_le), ("clôture", call.data.ferme_le)):
            if day:
                yield call, word, day


def _order(call: Call) -> tuple[int, datetime.date, str, str]:
    first = call.data.ferme_le if call.state == "ouvert" else call.data.ouvert_le
    return CALL_STATES.index(call.state), first or datetime.date.max, call.place, call.data.libelle
