"""The accessibility to a profession everywhere in France, from what is loaded; kept in memory until that changes.

The value published by the DREES stays the reference (APL-T8): the model serves to tell differences.
"""

import datetime
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from maillage.apps.territories.accessibility.demand import NO_AGES, Demand, demand_of
from maillage.apps.territories.accessibility.offer import NO_OFFER, Offer, offer_of
from maillage.apps.territories.accessibility.places import NO_COMMUNES, Places, all_places
from maillage.apps.territories.accessibility.times import Times, times_of
from maillage.apps.territories.models import Commune, DataSource, PopulationByAge, Practice, Series
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number, plural
from maillage.core.territory.catchment import Catchments, Weights
from maillage.core.territory.method import Method, method_of
from maillage.core.territory.pairs import Pairs

Floats = NDArray[np.float64]
Kept = TypeVar("Kept")
MOST_KEPT = 6
"""Professions kept in memory: their weights of travel are shared, each adds a few arrays."""


@dataclass(frozen=True)
class How:
    """In French: where demand, supply and times come from, with which error, and what is left out."""

    demand: str
    supply: str
    times: str
    error: str
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the API and the exports."""
        return {
            "demande": self.demand,
            "offre": self.supply,
            "temps": self.times,
            "erreur": self.error,
            "remarques": list(self.notes),
        }


@dataclass(frozen=True)
class Accessibility:
    """The accessibility of each place to a profession. ``demand`` is not a number where unknown.

    ``pairs`` are the minutes that the weights of ``catchments`` come from. ``loaded``: nothing comes from files given
    in place of what is loaded.
    """

    method: Method
    places: Places
    demand: Floats
    offer: Offer
    catchments: Catchments
    how: How
    pairs: Pairs
    loaded: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the places, sorted."""
        return self.places.codes

    @cached_property
    def apl(self) -> Floats:
        """In the unit of the DREES, shape (n,); not a number where the population is unknown."""
        return self.told(self.catchments.access(self.offer.supply))

    def told(self, access: Floats, rows: NDArray[np.int64] | slice = slice(None)) -> Floats:
        """The access of some rows in the unit of the DREES, not a number where the population is unknown."""
        return np.where(np.isnan(self.demand[rows]), np.nan, self.method.published(access))

    def value(self, rank: int) -> float | None:
        """The value of the place at this position, ``None`` when it is unknown."""
        value = float(self.apl[rank])
        return None if np.isnan(value) else value

    def as_dict(self) -> dict[str, float | None]:
        """The value of each place by code, ``None`` when it is unknown."""
        return {code: self.value(rank) for rank, code in enumerate(self.codes)}


def build(
    method: Method, places: Places, demand: Demand, offer: Offer, times: Times, weights: Weights
) -> Accessibility:
    """Put together what is known. Places of unknown demand count for nobody in the catchments, and have no value."""
    catchments = Catchments.over(weights, np.nan_to_num(demand.values))
    notes = (*offer.notes, *_notes(places, demand, offer, catchments, times))
    return Accessibility(
        method,
        places,
        demand.values,
        offer,
        catchments,
        How(demand.told, offer.told, times.told, times.error(method), notes),
        times.pairs,
    )


def _notes(places: Places, demand: Demand, offer: Offer, catchments: Catchments, times: Times) -> list[str]:
    alone = int(np.isnan(places.lon).sum()) if times.estimated else 0
    told = (
        (int(np.isnan(demand.values).sum()), "de population inconnue : à confirmer, jamais 0"),
        (alone, "sans coordonnées : seule leur propre offre leur est comptée"),
    )
    notes = [f"{number(count)} {plural(count, 'commune')} {why}." for count, why in told if count]
    lost = float(offer.professionals[catchments.catchment_demand <= 0].sum())
    who = plural(lost, "professionnel")
    return notes + ([f"{number(lost, 1)} {who} dans des bassins sans aucun habitant compté."] if lost else [])


def accessibility(profession: str, day: datetime.date) -> Accessibility:
    """The accessibility to one of the professions of the DREES, from the data loaded.

    Raises :class:`BadInput` on another profession, :class:`LoadError` naming what to import when data are missing.
    """
    method = method_of(profession, day)
    state = fingerprint()
    return _kept((profession, day, state), lambda: _from_loaded_data(method, state))


def _from_loaded_data(method: Method, state: str) -> Accessibility:
    places = _kept(("places", state), all_places)
    if not places.codes:
        raise LoadError(NO_COMMUNES)
    demand, offer = demand_of(method, places), offer_of(method, places)
    missing = [told for told, found in ((NO_AGES, demand), (NO_OFFER, offer)) if found is None]
    if demand is None or offer is None:
        raise LoadError(" ".join(missing))
    times, weights = _kept(("travel", state, method.decay, method.estimate), lambda: _travel(method, places))
    return replace(build(method, places, demand, offer, times, weights), loaded=True)


def _travel(method: Method, places: Places) -> tuple[Times, Weights]:
    times = times_of(method, places)
    return times, Weights.of(times.pairs, method.decay).ready()


def fingerprint() -> str:
    """What the model was made from: it changes when any source is loaded or forgotten. A few quick queries."""
    sources = list(DataSource.objects.loaded().order_by("key").values_list("key", "checksum", "loaded_at"))
    counts = (
        Commune.objects.count(),
        PopulationByAge.objects.count(),
        Series.objects.aggregate(Count("pk"), Max("pk")),
        Practice.objects.aggregate(Max("pk")),
    )
    return hashlib.sha256(repr((sources, counts)).encode()).hexdigest()


_memory: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.RLock()


def _kept(key: Hashable, make: Callable[[], Kept]) -> Kept:
    """What was made before for this key, else made now; one thread makes it, the others wait."""
    with _lock:
        if key not in _memory:
            made = make()
            _memory[key] = made
        _memory.move_to_end(key)
        while len(_memory) > 2 * MOST_KEPT:
            _memory.popitem(last=False)
        found: Kept = _memory[key]
        return found


def forget() -> None:
    """Empty the memory."""
    with _lock:
        _memory.clear()
