"""The places of the model: the communes of today, Paris, Lyon and Marseille by arrondissement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories.contours.folders import folder
from maillage.apps.territories.contours.store import read_shapes
from maillage.apps.territories.models import Commune

Floats = NDArray[np.float64]
NO_COMMUNES = "Aucune commune n'est chargée. Lancez d'abord : maillage donnees preparer"


@dataclass(frozen=True)
class Places:
    """Communes in the order of their codes; arrays of shape (n,), not a number where unknown, "" where none.

    ``whole`` are the places among which these were chosen.
    """

    codes: tuple[str, ...]
    lon: Floats
    lat: Floats
    population: Floats
    departements: NDArray[np.str_]
    regions: NDArray[np.str_]
    epci: NDArray[np.str_]
    whole: "Places | None" = None

    @cached_property
    def index(self) -> dict[str, int]:
        """The position of each code."""
        return {code: position for position, code in enumerate(self.codes)}

    def __len__(self) -> int:
        return len(self.codes)

    def spread(self, values: Mapping[str, float | None], empty: float = float("nan")) -> Floats:
        """Values by code as an array: ``empty`` for the places not named, not a number for those without a value."""
        found = (values.get(code, empty) for code in self.codes)
        return np.array([np.nan if value is None else value for value in found], float)

    def inside(self, code: str) -> NDArray[np.int64]:
        """Positions of a commune, an EPCI, a département or « FRANCE »; empty when there is none."""
        if code.upper() == "FRANCE":
            return np.arange(len(self))
        if code in self.index:
            return np.array([self.index[code]])
        return np.flatnonzero((self.epci == code) | (self.departements == code))

    def only(self, codes: Iterable[str]) -> "Places":
        """These places, in the order of their codes; one that is not known has a code and nothing else."""
        asked = tuple(sorted(set(codes)))
        at = np.array([self.index.get(code, len(self)) for code in asked], int)
        lon, lat, population = (np.append(array, np.nan)[at] for array in (self.lon, self.lat, self.population))
        departements, regions, epci = (
            np.append(array, "")[at] for array in (self.departements, self.regions, self.epci)
        )
        return Places(asked, lon, lat, population, departements, regions, epci, whole=self)


def all_places() -> Places:
    """Every commune that counts once. Empty when none is loaded."""
    columns = ("code", "longitude", "latitude", "population", "departement_id", "departement__region_id", "epci_id")
    rows = list(Commune.objects.filter(arrondissements=None).order_by("code").values_list(*columns))
    lon, lat, population = (np.array([row[place] for row in rows], float) for place in (1, 2, 3))
    departements, regions, epci = (np.array([row[place] or "" for row in rows], np.str_) for place in (4, 5, 6))
    codes = tuple(row[0] for row in rows)
    _place_the_others(codes, lon, lat)
    return Places(codes, lon, lat, population, departements, regions, epci)


def _place_the_others(codes: Sequence[str], lon: Floats, lat: Floats) -> None:
    """Where no mairie is known (arrondissements of Paris, former communes restored): a point inside the shape.

    In place. A commune without a shape stays without coordinates.
    """
    missing = [rank for rank, known in enumerate(np.isfinite(lon)) if not known]
    if not missing or (home := folder()) is None:
        return
    rank_of = {codes[rank]: rank for rank in missing}
    import shapely

    for level in ("commune", "arrondissement"):
        for code, shape in read_shapes(home, level).find(sorted(rank_of)):
            point = shapely.from_wkb(shape).representative_point()
            lon[rank_of[code]], lat[rank_of[code]] = point.x, point.y


_NOTHING, _NO_NAME = np.empty(0), np.empty(0, np.str_)
NOWHERE = Places((), _NOTHING, _NOTHING, _NOTHING, _NO_NAME, _NO_NAME, _NO_NAME)
"""No place at all."""
