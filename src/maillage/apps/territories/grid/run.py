"""The accessibility of a whole grid, by partitions, in this process or on a Dask cluster.

The numbers do not depend on who computes: partitions are always the same and are added up in the order of their names.
"""

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories.grid.store import Store
from maillage.apps.territories.tables import Report, silent
from maillage.core.territory.grid.compute import Reach, Sites, access_of_tiles, demand_of_sites, ratios_of

MOST_TILES = 50_000
"""Tiles of a partition: what bounds the memory of a worker."""
DEMAND, ACCESS = "demande", "acces"


class Workers(Protocol):
    """Who computes: calls ``task(name, *shared)`` for each name, in any order, and yields as each one ends."""

    def run(self, task: Callable[..., None], names: Sequence[str], *shared: Any) -> Generator[None, None, None]: ...


class ThisProcess:
    """One after the other, here."""

    def run(self, task: Callable[..., None], names: Sequence[str], *shared: Any) -> Generator[None, None, None]:
        """Call ``task`` for each name."""
        for name in names:
            task(name, *shared)
            yield


@dataclass(frozen=True)
class GridSum:
    """What a run gave: tiles, standardised inhabitants, supply, supply reached, mean access weighted by demand."""

    tiles: int
    demand: float
    supply: float
    reached: float
    mean: float | None
    resumed: bool


def run_grid(
    store: Store, sites: Sites, reach: Reach, *, workers: Workers | None = None, resumed: bool, report: Report = silent
) -> GridSum:
    """Both steps over every partition of ``store``, those already done left out."""
    team = workers or ThisProcess()
    names = store.partitions()
    _step(team, store, DEMAND, report, "demande par site", add_demand, str(store.folder), sites, reach)
    demand = np.zeros(len(sites))
    for name in names:
        demand += store.read(name, DEMAND)
    ratios = ratios_of(sites, demand)
    _step(team, store, ACCESS, report, "accès des carreaux", give_access, str(store.folder), sites, reach, ratios)
    return _sum(store, names, sites, demand, resumed)


def add_demand(name: str, folder: str, sites: Sites, reach: Reach) -> None:
    """Step 1 of one partition, on the machine of a worker that sees ``folder``."""
    store = Store(Path(folder))
    store.write(name, DEMAND, demand_of_sites(store.tiles(name), sites, reach))


def give_access(name: str, folder: str, sites: Sites, reach: Reach, ratios: NDArray[np.float64]) -> None:
    """Step 2 of one partition, likewise."""
    store = Store(Path(folder))
    store.write(name, ACCESS, access_of_tiles(store.tiles(name), sites, reach, ratios))


def access_by_row(store: Store, count: int) -> NDArray[np.float64]:
    """The access of every tile, in the order of the file given. Shape (count,)."""
    access = np.full(count, np.nan)
    for name in store.partitions():
        access[store.rows(name)] = store.read(name, ACCESS)
    return access


def _step(
    team: Workers, store: Store, step: str, report: Report, label: str, task: Callable[..., None], *shared: Any
) -> None:
    left, total = store.missing(step), len(store.partitions())
    done = total - len(left)
    report(label, done, total)
    with contextlib.closing(team.run(task, left, *shared)) as ended:
        for _one in ended:
            done += 1
            report(label, done, total)


def _sum(store: Store, names: Sequence[str], sites: Sites, demand: NDArray[np.float64], resumed: bool) -> GridSum:
    tiles, people, weighted = 0, 0.0, 0.0
    for name in names:
        part = store.tiles(name)
        tiles, people = tiles + len(part), people + float(part.demand.sum())
        weighted += float(part.demand @ store.read(name, ACCESS))
    reached = float(sites.supply[demand > 0].sum())
    return GridSum(
        tiles, people, float(sites.supply.sum()), reached, weighted / people if people else None, resumed=resumed
    )
