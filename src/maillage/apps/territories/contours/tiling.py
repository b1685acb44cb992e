"""Makes the tiles of a folder whose shapes are ready: ``python -m maillage.apps.territories.contours.tiling FOLDER``.

Started by the site the first time that a map is asked for. Reads and writes that folder only: no database.
"""

import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from maillage.apps.territories.contours import store
from maillage.core.maps.pyramid import Country, pyramid
from maillage.core.maps.zooms import ZOOMS

Progress = Callable[[str, int, int], None]
LAYERS = {"epci": "epci", "departement": "departements", "region": "regions"}
"""The levels made of communes, and the name of their layer in the tiles."""


def build_tiles(folder: Path, report: Progress = lambda _label, _done, _total: None) -> int:
    """Make the tiles of a folder whose shapes are ready; returns how many. Needs no database."""
    count = 0
    by_zoom = groupby(pyramid(_country(folder)), key=lambda made: made[0].zoom)
    for done, (zoom, tiles) in enumerate(by_zoom, start=1):
        count += store.write_zoom(folder, zoom, ((tile.x, tile.y, content) for tile, content in tiles))
        report("fonds de carte", done, len(ZOOMS))
    return count


def _country(folder: Path) -> Country:
    communes, inside = store.read_shapes(folder, "commune"), store.read_shapes(folder, "arrondissement")
    known = store.read_country(folder)
    return Country(
        shapes=communes.all(),
        codes=communes.codes.tolist(),
        names=known["noms"],
        places={layer: known["lieux"][level] for level, layer in LAYERS.items()},
        inside=dict(zip(inside.codes.tolist(), inside.all(), strict=True)),
    )


if __name__ == "__main__":
    build_tiles(Path(sys.argv[1]))
