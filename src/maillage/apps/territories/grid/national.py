"""The grid of a file, with the offer and the method of the communes: what the command and the benchmark run."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from maillage.apps.territories.accessibility import Accessibility
from maillage.apps.territories.accessibility.times import correction_at
from maillage.apps.territories.grid.question import prepare, work_folder
from maillage.apps.territories.grid.run import GridSum, Workers, access_by_row, run_grid
from maillage.apps.territories.grid.store import Store
from maillage.apps.territories.tables import Report, silent
from maillage.core.territory.grid.compute import Reach, Sites, nearest
from maillage.core.territory.grid.tiles import Tiles


@dataclass(frozen=True)
class GridAccess:
    """The accessibility of each tile, in the unit of the DREES and the order of the file, and what the run gave."""

    values: NDArray[np.float64]
    mean: float | None
    told: GridSum
    notes: tuple[str, ...]


def access_of_grid(
    model: Accessibility,
    tiles: Tiles,
    *,
    home: Path | None = None,
    workers: Workers | None = None,
    report: Report = silent,
) -> GridAccess:
    """The accessibility of each tile to the offer of ``model``.

    Minutes are always estimated here, corrected by density and région as between communes: a tile has the factor of
    the commune nearest to it. Work goes under ``home`` and is taken up by the next run of the same question.
    """
    sites, placed = sites_of(model)
    reach = Reach(model.method.decay, model.method.estimate)
    tiles = with_factors(model, tiles)
    store = Store(work_folder(home or settings.TERRITORIES_DIR, sites, tiles, reach))
    resumed = prepare(store, tiles, sites, reach)
    told = run_grid(store, sites, reach, workers=workers, resumed=resumed, report=report)
    values = model.method.published(access_by_row(store, told.tiles))
    mean = None if told.mean is None else float(model.method.published(told.mean))
    return GridAccess(values, mean, told, _notes(model, placed))


def sites_of(model: Accessibility) -> tuple[Sites, NDArray[np.bool_]]:
    """The communes that have some offer and a position, and which of all the places they are."""
    places, supply = model.places, model.offer.supply
    placed = (supply > 0) & np.isfinite(places.lon) & np.isfinite(places.lat)
    factors = correction_at(model.places, model.method.day)[placed]
    return Sites(places.lon[placed], places.lat[placed], supply[placed], factors), placed


def with_factors(model: Accessibility, tiles: Tiles) -> Tiles:
    """The tiles, each with what multiplies the minutes of its nearest commune."""
    known = np.flatnonzero(np.isfinite(model.places.lon) & np.isfinite(model.places.lat))
    if not known.size or not len(tiles):
        return tiles
    found = nearest(tiles, model.places.lon[known], model.places.lat[known])
    return replace(tiles, factor=correction_at(model.places, model.method.day)[known][found])


def _notes(model: Accessibility, placed: NDArray[np.bool_]) -> tuple[str, ...]:
    lost = float(model.offer.professionals[~placed].sum())
    notes = ["Les temps sont estimés à vol d'oiseau, depuis le centre de chaque carreau."]
    return tuple(notes + ([f"{lost:g} professionnels sans position connue ne sont pas comptés."] if lost else []))
