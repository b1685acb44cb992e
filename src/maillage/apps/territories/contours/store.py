"""What is prepared for maps, in one folder: the shapes by code, and the tiles once they are made.

``formes.npz`` holds for each level the codes (growing), and the polygons in well-known binary put end to end.
``tuiles/<zoom>/<x>-<y>.mvt.gz`` are the tiles; a zoom is there whole or not at all.
"""

import gzip
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHAPES, TILES = "formes.npz", "tuiles"
LEVELS = ("commune", "arrondissement", "epci", "departement", "region")
COMPRESSION = 6


@dataclass(frozen=True)
class Shapes:
    """The polygons of one level: their codes, where each starts and ends, and the bytes of all of them."""

    codes: NDArray[np.str_]
    offsets: NDArray[np.int64]
    wkb: NDArray[np.uint8]

    def find(self, codes: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The polygons of the codes that are known here."""
        if not self.codes.size or not codes:
            return
        ranks = np.searchsorted(self.codes, codes).clip(max=self.codes.size - 1)
        for code, rank in zip(codes, ranks.tolist(), strict=True):
            if self.codes[rank] == code:
                yield code, self.wkb[self.offsets[rank] : self.offsets[rank + 1]].tobytes()

    def all(self) -> NDArray[np.object_]:
        """Every polygon, in the order of the codes."""
        import shapely

        ends = zip(self.offsets[:-1].tolist(), self.offsets[1:].tolist(), strict=True)
        whole = self.wkb.tobytes()
        return np.array(shapely.from_wkb([whole[start:end] for start, end in ends]), dtype=object)


def packed(shapes: Mapping[str, Any]) -> Shapes:
    """Polygons by code, made ready to be written."""
    import shapely

    codes = sorted(shapes)
    bodies = [shapely.to_wkb(shapes[code]) for code in codes]
    offsets = np.cumsum([0, *map(len, bodies)])
    return Shapes(np.array(codes, dtype=np.str_), offsets, np.frombuffer(b"".join(bodies), dtype=np.uint8))


def write_shapes(folder: Path, levels: Mapping[str, Shapes], country: Mapping[str, Any]) -> None:
    """Write the shapes of each level, and what the tiles need besides (names, larger places of each commune)."""
    folder.mkdir(parents=True)
    arrays = {
        f"{level}_{part}": getattr(shapes, part)
        for level, shapes in levels.items()
        for part in ("codes", "offsets", "wkb")
    }
    np.savez(folder / SHAPES, **arrays)
    (folder / "pays.json").write_text(json.dumps(country, ensure_ascii=False), encoding="utf-8")


def read_shapes(folder: Path, level: str) -> Shapes:
    """The shapes of a level. Raises ``OSError`` when they were never prepared."""
    with np.load(folder / SHAPES) as arrays:
        return Shapes(*(arrays[f"{level}_{part}"] for part in ("codes", "offsets", "wkb")))


def read_country(folder: Path) -> dict[str, Any]:
    """Names of the communes and their larger places, as :func:`write_shapes` wrote them."""
    known: dict[str, Any] = json.loads((folder / "pays.json").read_text(encoding="utf-8"))
    return known


def write_zoom(folder: Path, zoom: int, tiles: Iterable[tuple[int, int, bytes]]) -> int:
    """Write the tiles of a zoom, which shows only once it is whole; returns how many."""
    target = folder / TILES / str(zoom)
    draft = folder / TILES / f"{zoom}-{secrets.token_hex(4)}"
    draft.mkdir(parents=True)
    count = 0
    for x, y, content in tiles:
        (draft / f"{x}-{y}.mvt.gz").write_bytes(gzip.compress(content, COMPRESSION, mtime=0))
        count += 1
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return count


def zooms_ready(folder: Path) -> set[int]:
    """The zooms whose tiles are there."""
    made = folder / TILES
    return {int(each.name) for each in made.iterdir() if each.name.isdigit()} if made.is_dir() else set()


def tile(folder: Path, zoom: int, x: int, y: int) -> bytes | None:
    """The tile, compressed by gzip; ``None`` when nothing is drawn there."""
    try:
        return (folder / TILES / str(zoom) / f"{x}-{y}.mvt.gz").read_bytes()
    except FileNotFoundError:
        return None
