"""From a file of tiles to a work folder ready to compute: cut once, trusted while the question is the same."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from maillage.apps.territories.grid.run import MOST_TILES
from maillage.apps.territories.grid.store import Store
from maillage.core.territory.grid.compute import Reach, Sites
from maillage.core.territory.grid.tiles import Tiles, partitions

FORMAT = 1
"""To be raised when what is kept changes: former work is then not trusted."""


def prepare(store: Store, tiles: Tiles, sites: Sites, reach: Reach, most: int = MOST_TILES) -> bool:
    """Cut the tiles by région in the work folder; returns whether work of a former run is taken up.

    Same tiles, sites, decay and travel estimate: what was computed stands. Otherwise the folder is emptied first.
    """
    question = question_of(tiles, sites, reach, most)
    if store.open(question):
        return True
    for name, rows in partitions(tiles.region, most):
        store.write_tiles(name, rows, tiles.take(rows))
    store.sign(question)
    return False


def question_of(tiles: Tiles, sites: Sites, reach: Reach, most: int) -> dict[str, Any]:
    """What the numbers depend on, as JSON values."""
    digest = hashlib.sha256()
    places = (tiles.lon, tiles.lat, tiles.demand, tiles.factor, sites.lon, sites.lat, sites.supply, sites.factor)
    for array in places:
        digest.update(array.astype(float).tobytes())
    digest.update("\n".join(tiles.region.tolist()).encode())
    rules = {"decroissance": asdict(reach.decay), "temps": asdict(reach.estimate)}
    as_json = {name: {key: _plain(value) for key, value in told.items()} for name, told in rules.items()}
    return {"format": FORMAT, "carreaux": len(tiles), "partition": most, "donnees": digest.hexdigest(), **as_json}


def work_folder(home: Path, sites: Sites, tiles: Tiles, reach: Reach) -> Path:
    """A folder of ``home`` that belongs to this question."""
    question = question_of(tiles, sites, reach, MOST_TILES)
    return home / "grilles" / hashlib.sha256(repr(sorted(question.items())).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
